package io.xtcmk.core.diagnosis;

import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Translator;
import io.xtcmk.core.errors.ErrorCatalogue;
import io.xtcmk.core.errors.ErrorCatalogue.Entry;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Evidence;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.Remedy;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A link while it is looked at: its evidence comes together, and at last a state. */
final class Draft {
    /** What is no word of the service about the link, though it has a status. */
    private static final Set<String> NOT_THE_SERVICE =
            Set.of(OwnCodes.INVALID_ANSWER, "UntrustedHost", "NoChallenge", OwnCodes.CLIENT);

    private final Kind kind;
    private final TenantId tenantId;
    private final boolean customers;
    private final String resource;
    private final List<Evidence> evidence = new ArrayList<>();

    private Draft(Kind kind, TenantId tenantId, boolean customers, String resource) {
        this.kind = kind;
        this.tenantId = tenantId;
        this.customers = customers;
        this.resource = resource;
    }

    static Draft providers(Kind kind, TenantId tenantId, String resource) {
        return new Draft(kind, tenantId, false, resource);
    }

    static Draft customers(Kind kind, TenantId tenantId, String resource) {
        return new Draft(kind, tenantId, true, resource);
    }

    Draft saw(Sight<?> sight, String says) {
        evidence.add(sight.evidence(says));
        return this;
    }

    Draft saw(List<Evidence> more) {
        evidence.addAll(more);
        return this;
    }

    DiagnosedLink holds() {
        return new DiagnosedLink(kind, State.HOLDS, tenantId, resource, evidence, null);
    }

    /** Does not hold, for the reason that the catalogue has under a code. */
    DiagnosedLink is(State state, String code) {
        Entry entry = ErrorCatalogue.find(code).orElseThrow(() -> new IllegalStateException(code));
        return is(state, new Remedy(entry.code(), entry.cause(), entry.who().in(customers), entry.fix()));
    }

    DiagnosedLink is(State state, Remedy remedy) {
        return new DiagnosedLink(kind, state, tenantId, resource, evidence, remedy);
    }

    DiagnosedLink notYet(String code, String what, Instant until) {
        return is(State.NOT_YET, new Remedy(code, what, Actor.WAIT, "Wait until " + until + ", and verify again."));
    }

    /** Cannot be seen before another link is mended. */
    DiagnosedLink restsOn(String other) {
        Actor actor = customers ? Actor.CUSTOMER : Actor.PROVIDER;
        return is(
                State.UNSEEN,
                new Remedy(null, "It rests on the " + other + ".", actor, "Mend the " + other + ", and verify again."));
    }

    /** Cannot be seen from this side. */
    DiagnosedLink unseen(String cause, Actor actor, String fix) {
        return is(State.UNSEEN, new Remedy(null, cause, actor, fix));
    }

    /** What the catalogue says of a refusal; it is the customer's to see to, or the provider's, wherever it came. */
    static Remedy remedy(AzureFailure failure) {
        Entry entry = Translator.entryOf(failure);
        return new Remedy(entry.code(), entry.cause(), entry.who().in(false), entry.fix());
    }

    /** Whether a failure is no word of the service's about the link: it may hold or not. */
    static boolean isNotTheServices(AzureFailure failure) {
        return failure.isTransient() || NOT_THE_SERVICE.contains(failure.code());
    }

    /** Reading it failed: there was no answer, or the caller may not read. Neither says anything of the link. */
    DiagnosedLink failed(AzureFailure failure, Optional<RequiredRole> reader) {
        // Of a vault that stumbles, it is no matter that it did not ask for a token either.
        Entry entry = failure.isTransient() && failure.hasCode("NoChallenge")
                ? ErrorCatalogue.of(failure.status(), "Http" + failure.status())
                : Translator.entryOf(failure);
        if (isNotTheServices(failure)) {
            return is(
                    State.UNREACHABLE,
                    new Remedy(entry.code(), entry.cause(), entry.who().in(customers), entry.fix()));
        }
        String role = reader.filter(r -> failure.status() == 403)
                .map(r -> "Have a role assigned that may read it, such as " + r + ", and verify again.")
                .orElse(entry.fix());
        Actor caller = ErrorCatalogue.Who.CALLER.in(customers);
        return is(State.UNSEEN, new Remedy(entry.code(), "It could not be read. " + entry.cause(), caller, role));
    }
}
