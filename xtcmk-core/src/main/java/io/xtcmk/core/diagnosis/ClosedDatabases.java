package io.xtcmk.core.diagnosis;

import io.xtcmk.core.errors.ErrorCatalogue;
import io.xtcmk.core.errors.ErrorCatalogue.Entry;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.Remedy;
import io.xtcmk.model.DiagnosedLink.State;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who must act about closed databases. SQL does not open them by itself once their key was away for more than half an hour,
 * so that they are closed does not say that the customer withholds the key: the other links do.
 */
final class ClosedDatabases {
    static final String CODE = "DatabasesInaccessible";

    private static final List<Kind> CHAIN = List.of(
            Kind.MANAGED_IDENTITY,
            Kind.FEDERATED_IDENTITY_CREDENTIAL,
            Kind.APPLICATION,
            Kind.SERVICE_PRINCIPAL,
            Kind.ROLE_ASSIGNMENT,
            Kind.KEY_VAULT,
            Kind.KEY);

    private ClosedDatabases() {}

    /** The resource's link with what the other links tell of it; empty where no database is closed. */
    static Optional<DiagnosedLink> judged(Map<Kind, DiagnosedLink> links) {
        return Optional.ofNullable(links.get(Kind.RESOURCE_SETTING))
                .filter(link -> link.knownRemedy()
                        .map(Remedy::code)
                        .filter(CODE::equals)
                        .isPresent())
                .flatMap(link -> remedy(links)
                        .map(remedy -> new DiagnosedLink(
                                link.kind(), link.state(), link.tenantId(), link.resource(), link.evidence(), remedy)));
    }

    private static Optional<Remedy> remedy(Map<Kind, DiagnosedLink> links) {
        Optional<DiagnosedLink> broken = links.values().stream()
                .filter(link -> link.kind() != Kind.RESOURCE_SETTING)
                .filter(link -> link.state().isBroken())
                .min((one, other) -> one.kind().compareTo(other.kind()));
        if (broken.isPresent()) {
            return broken.flatMap(DiagnosedLink::knownRemedy).map(ClosedDatabases::first);
        }
        return isUsable(links) ? Optional.of(notReopened()) : Optional.empty();
    }

    private static boolean isUsable(Map<Kind, DiagnosedLink> links) {
        return holds(links, Kind.WRAP_AND_UNWRAP) || CHAIN.stream().allMatch(kind -> holds(links, kind));
    }

    private static boolean holds(Map<Kind, DiagnosedLink> links, Kind kind) {
        return links.containsKey(kind)
                && Objects.requireNonNull(links.get(kind)).state() == State.HOLDS;
    }

    private static Remedy first(Remedy other) {
        return new Remedy(
                CODE,
                "SQL closed databases because it cannot use the key. " + other.likelyCause(),
                other.actor(),
                other.fix()
                        + " If the key was away for more than half an hour, the provider then runs healing().heal().");
    }

    private static Remedy notReopened() {
        Entry entry = ErrorCatalogue.find("DatabasesNotReopened").orElseThrow();
        return new Remedy(entry.code(), entry.cause(), entry.who().in(false), entry.fix());
    }
}
