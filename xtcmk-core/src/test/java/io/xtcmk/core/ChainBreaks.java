package io.xtcmk.core;

import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.core.ChainBreaks.Break.Nature;
import io.xtcmk.core.VerificationScenario.View;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.testing.FakePrincipal;
import io.xtcmk.testing.FakeTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Every way in which the fake can break a link, and what of it shows from each side. Breaks are applied in the order of
 * this list, in which none makes a later one impossible.
 */
final class ChainBreaks {
    private static final Duration PURGED = Duration.ofDays(91);
    private static final String ARM = "https://management.azure.com";
    private static final String VAULT_VERSION = "?api-version=2024-11-01";

    private final VerificationScenario world;
    private final List<Break> all = new ArrayList<>();
    private final FederatedApp otherApp;
    private final AuthorizedKey otherKey;
    private final AuthorizedKey secondKey;

    /**
     * A way to break the chain.
     *
     * @param name for people
     * @param action breaks it
     * @param shows the links that do not hold, seen from a side, and how they stand
     * @param hides the links that cannot be seen from that side any more
     * @param nature what else there is to it
     */
    record Break(
            String name,
            Runnable action,
            Function<View, Map<Kind, State>> shows,
            Function<View, Set<Kind>> hides,
            Nature nature) {

        /** What else there is to a break. */
        enum Nature {
            /** Nothing. */
            PLAIN,
            /** Only the reading of a link is broken, which does not matter to who uses the key. */
            READING,
            /** The vault goes, and with it the roles on it, which shows to who cannot read the vault. */
            VAULT_GONE,
            /** The vault is made again, and has a role and a key as they should be. */
            MENDS_ROLE_AND_KEY
        }

        /** Whether another break's damage to a link is undone by this one. */
        boolean mends(Break other, Kind kind) {
            return nature == Nature.MENDS_ROLE_AND_KEY
                    && other.nature != Nature.READING
                    && (kind == Kind.ROLE_ASSIGNMENT || kind == Kind.KEY);
        }

        /** Whether the application gets no token, by what shows from a side. */
        boolean stopsExchange(View view) {
            return stops(view, EnumSet.range(Kind.MANAGED_IDENTITY, Kind.SERVICE_PRINCIPAL));
        }

        /** Whether the key cannot be used, by what shows from a side. */
        boolean stopsUse(View view) {
            return stops(view, EnumSet.complementOf(EnumSet.of(Kind.RESOURCE_SETTING)));
        }

        private boolean stops(View view, Set<Kind> kinds) {
            return nature != Nature.READING
                    && shows.apply(view).keySet().stream().anyMatch(kinds::contains);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    ChainBreaks(VerificationScenario world) {
        this.world = world;
        this.otherApp = CrossTenantCmk.provider(world.provider())
                .application("other")
                .managedIdentity("rg-identities", "id-other", Region.EUROPE_WEST)
                .createFederatedApp();
        this.secondKey = world.secondKey(world.app);
        this.otherKey = CrossTenantCmk.customer(world.customer())
                .application(otherApp.clientId())
                .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
                .key("contoso-cmk")
                .authorize();
        world.azure.clock().advance(Duration.ofMinutes(11));
        resources();
        providers();
        directory();
        keys();
        roles();
        vaults();
    }

    List<Break> all() {
        return all;
    }

    // how breaks show

    private static Map<Kind, State> show(Object... kindsAndStates) {
        Map<Kind, State> shown = new EnumMap<>(Kind.class);
        for (int i = 0; i < kindsAndStates.length; i += 2) {
            shown.put((Kind) kindsAndStates[i], (State) kindsAndStates[i + 1]);
        }
        return shown;
    }

    private void add(
            String name, Runnable action, Function<View, Map<Kind, State>> shows, Function<View, Set<Kind>> hides) {
        all.add(new Break(name, action, shows, hides, Nature.PLAIN));
    }

    /** To all who see the customer's links, be it by their own eyes or by the use of the key. */
    private void customers(String name, Kind kind, State state, Runnable action, Function<View, Set<Kind>> hides) {
        add(name, action, view -> view.seesCustomers() ? show(kind, state) : Map.of(), hides);
    }

    private static Set<Kind> nothing(View view) {
        return Set.of();
    }

    /** To who sees the customer's links only by the use of the key, what comes after a refusal is hidden. */
    private static Set<Kind> afterRefusal(View view, Kind... kinds) {
        return view.identity && !view.customer ? EnumSet.copyOf(List.of(kinds)) : Set.of();
    }

    // phase 3

    private void resource(String name, Runnable action) {
        add(
                name,
                action,
                view -> view.isOfResource() ? show(Kind.RESOURCE_SETTING, State.BROKEN) : Map.of(),
                ChainBreaks::nothing);
    }

    private void resources() {
        resource("resource with another key", () -> updateBoth(world.app, secondKey));
        resource("resource with another application and identity", () -> updateBoth(otherApp, otherKey));
        resource("resource with Microsoft's keys", () -> {
            var provider = CrossTenantCmk.provider(world.provider());
            provider.storage("rg-data", "stfabrikam").withMicrosoftKeys().update();
            provider.sql("rg-data", "sql-fabrikam").withMicrosoftKeys().update();
        });
        resource("resource deleted", () -> {
            deleted(world.contoso, world.accountId + "?api-version=" + EncryptionScenario.STORAGE_VERSION);
            deleted(world.contoso, world.serverId + "?api-version=" + EncryptionScenario.SQL_VERSION);
            world.azure.clock().advance(Duration.ofMinutes(2));
        });
    }

    /** Over Microsoft's keys, since the one application has no role on the other's key. */
    private void updateBoth(FederatedApp app, AuthorizedKey key) {
        world.storage(app, key).withMicrosoftKeys().update();
        world.storage(app, key).update();
        world.sql(app, key).update();
    }

    private static void deleted(FakeTenant tenant, String path) {
        must(Scenario.rest(tenant, "DELETE", ARM + path, null));
    }

    private static Scenario.Reply must(Scenario.Reply reply) {
        if (reply.status() >= 300) {
            throw new AssertionError(reply.toString());
        }
        return reply;
    }

    // phase 1

    private void providers() {
        credential("credential of another subject", "subject", "11111111-2222-3333-4444-555555555555");
        credential(
                "credential's subject in capitals",
                "subject",
                world.app.identity().principalId().toString().toUpperCase(Locale.ROOT));
        credential(
                "credential of another issuer",
                "issuer",
                "https://login.microsoftonline.com/" + world.fabrikam.tenantId() + "/v2.0");
        credential("credential for another audience", "audiences", List.of("api://AzureADTokenExchangeUSGov"));
        trust("credential deleted", () -> must(Scenario.graph(world.contoso, "DELETE", credentialPath(), null)));
        application(
                "application single-tenant",
                ChainBreaks::nothing,
                () -> must(Scenario.graph(
                        world.contoso, "PATCH", applicationPath(), Scenario.object("signInAudience", "AzureADMyOrg"))));
        application(
                "application deleted",
                view -> view.provider ? Set.of(Kind.FEDERATED_IDENTITY_CREDENTIAL) : Set.of(),
                () -> must(Scenario.graph(world.contoso, "DELETE", applicationPath(), null)));
        add(
                "identity recreated",
                () -> {
                    deleteIdentity();
                    must(Scenario.armPut(
                            world.contoso,
                            world.app.identity().id().toString(),
                            "2024-11-30",
                            Scenario.object("location", "westeurope")));
                },
                view -> !view.provider
                        ? Map.of()
                        : view.what == View.What.APP
                                ? show(
                                        Kind.MANAGED_IDENTITY,
                                        State.BROKEN,
                                        Kind.FEDERATED_IDENTITY_CREDENTIAL,
                                        State.BROKEN)
                                : show(Kind.FEDERATED_IDENTITY_CREDENTIAL, State.BROKEN),
                ChainBreaks::noExchange);
        add(
                "identity deleted",
                this::deleteIdentity,
                view -> view.provider ? show(Kind.MANAGED_IDENTITY, State.BROKEN) : Map.of(),
                ChainBreaks::noExchange);
    }

    private static Set<Kind> noExchange(View view) {
        return afterRefusal(view, Kind.SERVICE_PRINCIPAL, Kind.ROLE_ASSIGNMENT, Kind.KEY);
    }

    private void deleteIdentity() {
        deleted(world.contoso, world.app.identity().id() + "?api-version=2024-11-30");
    }

    private String applicationPath() {
        return "/applications/" + world.app.objectId();
    }

    private String credentialPath() {
        return applicationPath() + "/federatedIdentityCredentials/id-cmk";
    }

    private void credential(String name, String property, Object value) {
        trust(
                name,
                () -> must(Scenario.graph(world.contoso, "PATCH", credentialPath(), Scenario.object(property, value))));
    }

    private void trust(String name, Runnable action) {
        add(
                name,
                action,
                view -> view.provider ? show(Kind.FEDERATED_IDENTITY_CREDENTIAL, State.BROKEN) : Map.of(),
                ChainBreaks::noExchange);
    }

    private void application(String name, Function<View, Set<Kind>> hides, Runnable action) {
        add(name, action, view -> view.provider ? show(Kind.APPLICATION, State.BROKEN) : Map.of(), view -> {
            Set<Kind> hidden = EnumSet.noneOf(Kind.class);
            hidden.addAll(hides.apply(view));
            hidden.addAll(noExchange(view));
            return hidden;
        });
    }

    // the customer's directory

    private void directory() {
        customers(
                "service principal disabled",
                Kind.SERVICE_PRINCIPAL,
                State.REVOKED,
                () -> world.fabrikam.enableApplication(world.app.clientId(), false),
                view -> afterRefusal(view, Kind.ROLE_ASSIGNMENT, Kind.KEY));
        customers(
                "service principal deleted",
                Kind.SERVICE_PRINCIPAL,
                State.REVOKED,
                () -> must(Scenario.graph(
                        world.fabrikam, "DELETE", "/servicePrincipals/" + world.key.servicePrincipalId(), null)),
                view -> Set.of(Kind.ROLE_ASSIGNMENT));
    }

    // the key

    private void key(String name, State state, BiConsumer<FakePrincipal, String> action) {
        customers(
                name,
                Kind.KEY,
                state,
                () -> {
                    FakePrincipal officer = world.officer();
                    action.accept(officer, world.version());
                },
                ChainBreaks::nothing);
    }

    private void patch(FakePrincipal officer, String version, Object body) {
        must(world.keyCall(officer, "PATCH", "/" + version, body));
    }

    private Object attribute(String name, Object value) {
        return Scenario.object("attributes", Scenario.object(name, value));
    }

    private void keys() {
        add(
                "version in use disabled after rotation",
                () -> {
                    FakePrincipal officer = world.officer();
                    String used = world.version();
                    must(world.keyCall(officer, "POST", "/rotate", null));
                    patch(officer, used, attribute("enabled", false));
                },
                view -> view.isOfResource() && view.seesCustomers() ? show(Kind.KEY, State.REVOKED) : Map.of(),
                ChainBreaks::nothing);
        key("key disabled", State.REVOKED, (o, v) -> patch(o, v, attribute("enabled", false)));
        key("key expired", State.BROKEN, (o, v) -> patch(o, v, attribute("exp", seconds(Duration.ofMinutes(-1)))));
        key("key not yet valid", State.NOT_YET, (o, v) -> patch(o, v, attribute("nbf", seconds(Duration.ofDays(365)))));
        key(
                "key without wrapKey",
                State.BROKEN,
                (o, v) -> patch(o, v, Scenario.object("key_ops", List.of("sign", "verify"))));
        key(
                "key of another kind",
                State.BROKEN,
                (o, v) -> must(world.keyCall(o, "POST", "/create", Scenario.object("kty", "EC", "crv", "P-256"))));
        key("key deleted", State.REVOKED, (o, v) -> must(world.keyCall(o, "DELETE", "", null)));
        key("key purged", State.REVOKED, (o, v) -> {
            world.keyCall(o, "DELETE", "", null);
            world.azure.clock().advance(PURGED);
        });
    }

    private long seconds(Duration fromNow) {
        Instant then = world.azure.clock().now().plus(fromNow);
        return then.getEpochSecond();
    }

    // the role

    private void role(String name, State state, Runnable action) {
        customers(name, Kind.ROLE_ASSIGNMENT, state, action, view -> afterRefusal(view, Kind.KEY));
    }

    private String keyScope() {
        return world.vaultId + "/keys/contoso-cmk";
    }

    private void removeRole(String scope) {
        try {
            world.fabrikam.revoke(world.key.servicePrincipalId().value(), VerificationScenario.ROLE, scope);
        } catch (IllegalArgumentException goneBefore) {
            // By another break.
        }
    }

    private void roles() {
        role("role removed, and there is one on another key", State.REVOKED, () -> removeRole(keyScope()));
        role("no role at all", State.REVOKED, () -> {
            removeRole(keyScope());
            removeRole(world.vaultId + "/keys/second");
        });
        role("role not yet honoured", State.NOT_YET, () -> {
            removeRole(keyScope());
            world.azure.rolePropagation(Duration.ofMinutes(9));
            world.fabrikam.grant(world.key.servicePrincipalId().value(), VerificationScenario.ROLE, keyScope());
            AuthorizedKey old = world.key;
            world.key = new AuthorizedKey(
                    old.tenantId(),
                    old.clientId(),
                    old.key(),
                    old.vaultId(),
                    old.servicePrincipalId(),
                    old.roleAssignmentId(),
                    world.azure.clock().now().minusSeconds(1),
                    old.spec(),
                    List.of());
        });
    }

    // the vault

    private void vaults() {
        Function<View, Set<Kind>> closed = view -> afterRefusal(view, Kind.ROLE_ASSIGNMENT, Kind.KEY);
        customers(
                "vault with access policies",
                Kind.KEY_VAULT,
                State.BROKEN,
                () -> vault("enableRbacAuthorization", false),
                closed);
        customers(
                "vault behind a firewall that lets nobody in",
                Kind.KEY_VAULT,
                State.UNREACHABLE,
                () -> vault("networkAcls", Scenario.object("defaultAction", "Deny", "bypass", "None")),
                closed);
        customers(
                "vault for private connections only",
                Kind.KEY_VAULT,
                State.UNREACHABLE,
                () -> {
                    vault("networkAcls", Scenario.object("defaultAction", "Allow", "bypass", "None"));
                    vault("publicNetworkAccess", "Disabled");
                },
                closed);
        all.add(new Break(
                "vault made again without purge protection",
                () -> {
                    purgeVault();
                    made(world.fabrikam, false);
                    String id = world.vaultId + "/keys/contoso-cmk";
                    must(Scenario.armPut(
                            world.fabrikam,
                            id,
                            "2024-11-01",
                            Scenario.object("properties", Scenario.object("kty", "RSA", "keySize", 3072))));
                    world.fabrikam.grant(world.key.servicePrincipalId().value(), VerificationScenario.ROLE, id);
                    world.azure.clock().advance(Duration.ofMinutes(11));
                },
                view -> view.seesCustomers() ? show(Kind.KEY_VAULT, State.BROKEN) : Map.of(),
                ChainBreaks::nothing,
                Nature.MENDS_ROLE_AND_KEY));
        gone("vault deleted", State.REVOKED, State.UNREACHABLE, this::deleteVault);
        gone("vault purged", State.REVOKED, State.UNREACHABLE, this::purgeVault);
        gone("vault's name taken by another tenant", State.BROKEN, State.BROKEN, () -> {
            purgeVault();
            made(world.azure.tenant("tailspin"), true);
        });
    }

    /** A vault that is not there any more hides what was in it and on it. */
    private void gone(String name, State toOwner, State toOthers, Runnable action) {
        all.add(new Break(
                name,
                action,
                view -> show(Kind.KEY_VAULT, view.customer ? toOwner : toOthers),
                view -> EnumSet.of(Kind.ROLE_ASSIGNMENT, Kind.KEY),
                Nature.VAULT_GONE));
    }

    private void vault(String property, Object value) {
        must(Scenario.rest(
                world.fabrikam,
                "PATCH",
                ARM + world.vaultId + VAULT_VERSION,
                Scenario.object("properties", Scenario.object(property, value))));
    }

    private void deleteVault() {
        deleted(world.fabrikam, world.vaultId + VAULT_VERSION);
    }

    private void purgeVault() {
        deleteVault();
        world.azure.clock().advance(PURGED);
    }

    private void made(FakeTenant tenant, boolean purgeProtection) {
        String id = Scenario.subscription(tenant)
                + "/resourceGroups/rg-keys/providers/Microsoft.KeyVault/vaults/kv-fabrikam";
        world.groupIn(tenant, "rg-keys");
        Map<String, Object> properties = Scenario.object(
                "tenantId",
                tenant.tenantId().toString(),
                "sku",
                Scenario.object("family", "A", "name", "standard"),
                "enableRbacAuthorization",
                true);
        if (purgeProtection) {
            properties.put("enablePurgeProtection", true);
        }
        Scenario.Reply reply = Scenario.armPut(
                tenant, id, "2024-11-01", Scenario.object("location", "westeurope", "properties", properties));
        must(reply);
        world.azure.clock().advance(Duration.ofMinutes(1));
    }
}
