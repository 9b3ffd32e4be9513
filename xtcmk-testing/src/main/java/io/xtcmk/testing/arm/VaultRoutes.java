package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.keyvault.DeletedVault;
import io.xtcmk.testing.keyvault.Vault;
import io.xtcmk.testing.keyvault.Vaults;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Microsoft.KeyVault: vaults. */
public final class VaultRoutes implements ArmRoutes {
    private static final String VAULTS = Arm.GROUP + "/providers/" + Vault.TYPE;
    private static final String VAULT = VAULTS + "/{vault}";
    private static final String ALL = Arm.SUBSCRIPTION + "/providers/" + Vault.TYPE;
    private static final String HSM = "Microsoft.KeyVault/managedHSMs";
    private static final String READ = Vault.TYPE + "/read";
    private static final String WRITE = Vault.TYPE + "/write";
    private static final String CHECK_NAME = Arm.SUBSCRIPTION + "/providers/Microsoft.KeyVault/checkNameAvailability";

    private static final String CHECK_HSM_NAME =
            Arm.SUBSCRIPTION + "/providers/Microsoft.KeyVault/checkMhsmNameAvailability";

    private final World world;
    private final Vaults vaults;

    public VaultRoutes(World world) {
        this.world = world;
        this.vaults = new Vaults(world);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("PUT", VAULT, WRITE, "create, update or recover a vault", this::put),
                Route.of("PATCH", VAULT, WRITE, "update a vault", this::patch),
                Route.of("GET", VAULT, READ, "get a vault", e -> Answer.ok(shown(vault(e)))),
                Route.of("DELETE", VAULT, Vault.TYPE + "/delete", "delete a vault softly", this::delete),
                Route.of("GET", VAULTS, READ, "list a group's vaults", e -> list(e, Arm.inGroup(e, Vault.TYPE))),
                Route.of(
                        "GET",
                        ALL,
                        READ,
                        "list a subscription's vaults",
                        e -> list(e, Arm.inSubscription(e, Vault.TYPE))),
                // Whoever lists vaults asks for these too, az for one. The fake has no managed HSMs.
                Route.of(
                        "GET",
                        Arm.GROUP + "/providers/" + HSM,
                        HSM + "/read",
                        "list a group's managed HSMs: none",
                        e -> Arm.list(
                                e,
                                Arm.inGroup(e, HSM).stream().map(Resource::body).toList())),
                Route.of(
                        "GET",
                        Arm.SUBSCRIPTION + "/providers/" + HSM,
                        HSM + "/read",
                        "list a subscription's managed HSMs: none",
                        e -> Arm.list(e, List.of())),
                Route.of(
                        "PUT",
                        VAULT + "/accessPolicies/{kind}",
                        Vault.TYPE + "/accessPolicies/write",
                        "add, replace or remove access policies",
                        this::putPolicies),
                Route.of(
                        "POST",
                        CHECK_NAME,
                        "Microsoft.KeyVault/checkNameAvailability/read",
                        "whether a vault's name is free",
                        this::checkName),
                Route.of(
                        "POST",
                        CHECK_HSM_NAME,
                        "Microsoft.KeyVault/checkMhsmNameAvailability/read",
                        "whether a managed HSM's name is free: the fake has none",
                        this::checkHsmName));
    }

    static Vault vault(Exchange exchange) {
        return new Vault(Arm.resource(exchange, Vault.TYPE, exchange.parameter("vault")));
    }

    /** A new vault's name does not resolve at once; until then its URI is shown without the final slash. */
    private Map<String, Object> shown(Vault vault) {
        boolean registered = vault.isRegistered(world);
        Map<String, Object> body = Json.with(
                vault.resource().body(),
                "properties.vaultUri",
                "https://" + vault.host(world) + (registered ? "/" : ""));
        return Json.with(body, "properties.provisioningState", registered ? "Succeeded" : "RegisteringDns");
    }

    private Answer list(Exchange exchange, List<Resource> resources) {
        return Arm.list(
                exchange, resources.stream().map(r -> shown(new Vault(r))).toList());
    }

    private Answer put(Exchange exchange) {
        String name = exchange.parameter("vault");
        Optional<Resource> before = Arm.find(exchange, Vault.TYPE, name);
        String location = Arm.requiredLocation(exchange);
        before.ifPresent(v -> Arm.checkLocation(v, location));
        if (before.isEmpty() && isRecovery(exchange)) {
            return recover(exchange, name, location);
        }
        VaultRules.checkName(name);
        Map<String, Object> asked = Json.map(exchange.json(), "properties");
        VaultRules.checkWhole(exchange, asked, before.isPresent());
        VaultRules.checkProperties(asked, before);
        if (before.isEmpty()) {
            checkFree(exchange, name);
        }
        Map<String, Object> body = Json.object(
                "id", before.map(Resource::id).orElseGet(() -> Arm.id(exchange, Vault.TYPE, name)),
                "name", before.map(Resource::name).orElse(name),
                "type", Vault.TYPE,
                "location", location,
                "tags", Json.map(exchange.json(), "tags"),
                "systemData", Arm.systemData(exchange, before),
                "properties", VaultRules.properties(asked, before, exchange.apiVersion()));
        return saved(exchange, before, body);
    }

    private Answer saved(Exchange exchange, Optional<Resource> before, Map<String, Object> body) {
        Resource resource = new Resource(
                Json.text(body, "id").orElseThrow(),
                body,
                before.map(Resource::createdAt).orElse(exchange.now()));
        return Answer.ok(shown(vaults.put(resource)));
    }

    private static boolean isRecovery(Exchange exchange) {
        return "recover"
                .equalsIgnoreCase(
                        Json.text(exchange.json(), "properties.createMode").orElse("default"));
    }

    private Answer recover(Exchange exchange, String name, String location) {
        String id = Arm.id(exchange, Vault.TYPE, name);
        DeletedVault deleted = vaults.deleted(name)
                .filter(d -> d.vault().id().equalsIgnoreCase(id)
                        && d.vault().location().equals(location))
                .orElseThrow(() -> AzureError.of(
                        404,
                        "SoftDeletedVaultDoesNotExist",
                        "A soft deleted vault with the given name does not exist. Ensure that the name for the vault that is"
                                + " being attempted to recover is in a recoverable state. For more information on soft"
                                + " delete please follow this link https://go.microsoft.com/fwlink/?linkid=2149745"));
        return Answer.ok(shown(vaults.recover(deleted)));
    }

    private void checkFree(Exchange exchange, String name) {
        Optional<DeletedVault> deleted = vaults.deleted(name);
        String subscription = Arm.subscriptionId(exchange) + "/";
        if (deleted.filter(d -> d.vault().id().startsWith(subscription)).isPresent()) {
            throw AzureError.of(
                    409,
                    "ConflictError",
                    "A vault with the same name already exists in deleted state. You need to either recover or purge"
                            + " existing key vault. Follow this link"
                            + " https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.");
        }
        if (deleted.isPresent() || vaults.find(name).isPresent()) {
            throw AzureError.of(409, "VaultAlreadyExists", taken(name));
        }
    }

    private static String taken(String name) {
        return "The vault name '" + name + "' is already in use. Vault names are globally unique so it is possible that"
                + " the name is already taken. If you are sure that the vault name was not taken then it is possible"
                + " that a vault with the same name was recently deleted but not purged after being placed in a"
                + " recoverable state. If the vault is in a recoverable state then the vault will need to be purged"
                + " before reusing the name. For more information on soft delete and purging a vault follow this link"
                + " https://go.microsoft.com/fwlink/?linkid=2147740.";
    }

    private Answer patch(Exchange exchange) {
        Resource before = vault(exchange).resource();
        Map<String, Object> asked = Json.map(exchange.json(), "properties");
        VaultRules.checkTenant(exchange, asked);
        VaultRules.checkProperties(asked, Optional.of(before));
        Map<String, Object> changed = Json.with(
                before.body(), "properties", VaultRules.patched(Json.map(before.body(), "properties"), asked));
        Object tags = exchange.json().get("tags");
        Map<String, Object> tagged = tags == null ? changed : Json.with(changed, "tags", tags);
        return saved(
                exchange,
                Optional.of(before),
                Json.with(tagged, "systemData", Arm.systemData(exchange, Optional.of(before))));
    }

    private Answer delete(Exchange exchange) {
        Optional<Resource> vault = Arm.find(exchange, Vault.TYPE, exchange.parameter("vault"));
        vault.ifPresent(v -> Removal.of(world, v));
        return Answer.empty(vault.isPresent() ? 200 : 204);
    }

    private Answer putPolicies(Exchange exchange) {
        Resource before = vault(exchange).resource();
        List<Object> given = Json.list(exchange.json(), "properties.accessPolicies");
        List<Object> had = Json.list(before.body(), "properties.accessPolicies");
        List<Object> policies = AccessPolicies.changed(exchange.parameter("kind"), had, given);
        vaults.put(before.withBody(Json.with(before.body(), "properties.accessPolicies", policies)));
        return Answer.ok(Json.object(
                "id", before.id() + "/accessPolicies/",
                "type", Vault.TYPE + "/accessPolicies",
                "properties", Json.object("accessPolicies", policies)));
    }

    /** Managed HSMs have hosts of their own, and so names of their own. */
    private Answer checkHsmName(Exchange exchange) {
        String name = Json.text(exchange.json(), "name").orElse("");
        return Answer.ok(
                VaultRules.isName(name)
                        ? Json.object("nameAvailable", true)
                        : Json.object(
                                "nameAvailable",
                                false,
                                "reason",
                                "AccountNameInvalid",
                                "message",
                                "The managed HSM name '" + name + "' is invalid."));
    }

    private Answer checkName(Exchange exchange) {
        String name = Json.text(exchange.json(), "name").orElse("");
        if (!VaultRules.isName(name)) {
            return Answer.ok(Json.object(
                    "nameAvailable", false, "reason", "AccountNameInvalid", "message", VaultRules.invalidName(name)));
        }
        boolean free = vaults.find(name).isEmpty() && vaults.deleted(name).isEmpty();
        return Answer.ok(
                free
                        ? Json.object("nameAvailable", true)
                        : Json.object("nameAvailable", false, "reason", "AlreadyExists", "message", taken(name)));
    }
}
