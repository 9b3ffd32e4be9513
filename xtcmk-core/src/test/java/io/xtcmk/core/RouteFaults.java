package io.xtcmk.core;

import io.xtcmk.core.ChainBreaks.Break;
import io.xtcmk.core.ChainBreaks.Break.Nature;
import io.xtcmk.core.VerificationScenario.View;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.testing.Fault;
import io.xtcmk.testing.InjectedFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Every service that a verification reads from, failing in every way in which the fake knows to fail. */
final class RouteFaults {
    private static final String GROUP = "/subscriptions/{subscription}/resourceGroups/{group}/providers/";
    private static final String VAULT = GROUP + "Microsoft.KeyVault/vaults/{vault}";

    static final Map<String, Fault> EFFECTS = effects();

    private final VerificationScenario world;
    private final List<InjectedFault> injected = new ArrayList<>();

    RouteFaults(VerificationScenario world) {
        this.world = world;
    }

    private static Map<String, Fault> effects() {
        Map<String, Fault> effects = new LinkedHashMap<>();
        effects.put("fails", Fault.fail(500, "InternalServerError"));
        effects.put("is not available", Fault.fail(503, "ServiceUnavailable"));
        effects.put("is throttled", Fault.throttle(Duration.ofSeconds(60)));
        effects.put("is throttled without a word", Fault.throttle());
        effects.put("does not answer", Fault.timeOut(Duration.ofSeconds(30)));
        effects.put("refuses the connection", Fault.refuse());
        effects.put("breaks the connection", Fault.reset());
        effects.put("is behind a broken proxy", Fault.page(502));
        return effects;
    }

    /** Has all be well again. */
    void end() {
        injected.forEach(InjectedFault::remove);
        injected.clear();
    }

    /** All routes with an effect. */
    List<Break> with(String effect) {
        return List.of(
                fault(
                        effect,
                        "identities",
                        "GET",
                        GROUP + "Microsoft.ManagedIdentity/userAssignedIdentities/{name}",
                        Kind.MANAGED_IDENTITY,
                        v -> v.provider,
                        // Without the identity, only the record of phase 1 tells whom the credential must trust.
                        v -> v.provider && v.what != View.What.APP
                                ? Set.of(Kind.FEDERATED_IDENTITY_CREDENTIAL)
                                : Set.of()),
                fault(
                        effect,
                        "applications",
                        "GET",
                        "/{version}/applications(appId='{appId}')",
                        Kind.APPLICATION,
                        v -> v.provider,
                        v -> v.provider ? Set.of(Kind.FEDERATED_IDENTITY_CREDENTIAL) : Set.of()),
                fault(
                        effect,
                        "credentials",
                        "GET",
                        "/{version}/applications/{id}/federatedIdentityCredentials",
                        Kind.FEDERATED_IDENTITY_CREDENTIAL,
                        v -> v.provider,
                        v -> Set.of()),
                fault(
                        effect,
                        "service principals",
                        "GET",
                        "/{version}/servicePrincipals(appId='{appId}')",
                        Kind.SERVICE_PRINCIPAL,
                        v -> v.customer,
                        v -> Set.of()),
                fault(
                        effect,
                        "role assignments",
                        "GET",
                        "/{+scope}/providers/Microsoft.Authorization/roleAssignments",
                        Kind.ROLE_ASSIGNMENT,
                        v -> v.customer,
                        v -> Set.of()),
                fault(effect, "vaults", "GET", VAULT, Kind.KEY_VAULT, v -> v.customer, v -> Set.of()),
                fault(effect, "a vault's host", "GET", "/keys", Kind.KEY_VAULT, v -> true, v -> Set.of()),
                fault(effect, "keys", "GET", VAULT + "/keys/{key}", Kind.KEY, v -> v.customer, v -> Set.of()),
                fault(
                        effect,
                        "storage accounts",
                        "GET",
                        GROUP + "Microsoft.Storage/storageAccounts/{account}",
                        Kind.RESOURCE_SETTING,
                        v -> v.what == View.What.STORAGE,
                        v -> Set.of()),
                fault(
                        effect,
                        "SQL servers",
                        "GET",
                        GROUP + "Microsoft.Sql/servers/{server}",
                        Kind.RESOURCE_SETTING,
                        v -> v.what == View.What.SQL,
                        v -> Set.of()),
                fault(
                        effect,
                        "encryption protectors",
                        "GET",
                        GROUP + "Microsoft.Sql/servers/{server}/encryptionProtector/{protector}",
                        Kind.RESOURCE_SETTING,
                        v -> v.what == View.What.SQL,
                        v -> Set.of()),
                fault(
                        effect,
                        "the use of keys",
                        "POST",
                        "/keys/{key}/{version}/wrapkey",
                        Kind.WRAP_AND_UNWRAP,
                        v -> v.identity,
                        v -> Set.of()));
    }

    private Break fault(
            String effect,
            String what,
            String method,
            String route,
            Kind kind,
            Predicate<View> seen,
            Function<View, Set<Kind>> hides) {
        return new Break(
                what + ": " + effect,
                () -> injected.add(
                        world.azure.inject(EFFECTS.get(effect).on(method, route).always())),
                view -> seen.test(view) ? Map.of(kind, State.UNREACHABLE) : Map.of(),
                view -> seen.test(view) ? hides.apply(view) : Set.of(),
                kind == Kind.WRAP_AND_UNWRAP ? Nature.PLAIN : Nature.READING);
    }
}
