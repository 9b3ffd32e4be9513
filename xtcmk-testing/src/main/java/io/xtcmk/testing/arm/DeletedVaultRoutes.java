package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Operations;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.keyvault.DeletedVault;
import io.xtcmk.testing.keyvault.Vault;
import io.xtcmk.testing.keyvault.Vaults;
import io.xtcmk.testing.world.World;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Microsoft.KeyVault: softly deleted vaults. */
public final class DeletedVaultRoutes implements ArmRoutes {
    private static final String PROVIDER = Arm.SUBSCRIPTION + "/providers/Microsoft.KeyVault";
    private static final String DELETED = PROVIDER + "/locations/{location}/deletedVaults/{vault}";
    private static final String READ = "Microsoft.KeyVault/locations/deletedVaults/read";
    private static final String PURGE = "Microsoft.KeyVault/locations/deletedVaults/purge/action";

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final Vaults vaults;
    private final Operations operations;

    public DeletedVaultRoutes(World world, Operations operations) {
        this.vaults = new Vaults(world);
        this.operations = operations;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        PROVIDER + "/deletedVaults",
                        "Microsoft.KeyVault/deletedVaults/read",
                        "list deleted vaults",
                        this::list),
                // Whoever lists deleted vaults asks for these too, az for one. The fake has no managed HSMs.
                Route.of(
                        "GET",
                        PROVIDER + "/deletedManagedHSMs",
                        "Microsoft.KeyVault/deletedManagedHSMs/read",
                        "list deleted managed HSMs: none",
                        e -> Arm.list(e, List.of())),
                Route.of("GET", DELETED, READ, "get a deleted vault", e -> Answer.ok(body(e, deleted(e)))),
                Route.of("POST", DELETED + "/purge", PURGE, "purge a deleted vault", this::purge),
                Route.of(
                        "GET",
                        PROVIDER + "/locations/{location}/operationResults/{operation}",
                        "-",
                        "whether a purge is done",
                        this::poll));
    }

    private Answer list(Exchange exchange) {
        return Arm.list(
                exchange,
                vaults.deletedBelow(Arm.subscriptionId(exchange) + "/").stream()
                        .map(d -> body(exchange, d))
                        .toList());
    }

    private DeletedVault deleted(Exchange exchange) {
        String name = exchange.parameter("vault");
        return vaults.deleted(name)
                .filter(d -> d.vault().id().startsWith(Arm.subscriptionId(exchange) + "/")
                        && d.vault().location().equals(Arm.location(exchange.parameter("location"))))
                .orElseThrow(() -> notFound(name));
    }

    static AzureError notFound(String name) {
        return AzureError.of(
                404,
                "DeletedVaultNotFound",
                "The specified deleted vault '" + name
                        + "' does not exist. Ensure that the vault was indeed deleted and"
                        + " that it is in recoverable state. If soft delete was not enabled then the vault is permanently"
                        + " deleted. Follow this link for more information:"
                        + " https://go.microsoft.com/fwlink/?linkid=2149745");
    }

    private static Map<String, Object> body(Exchange exchange, DeletedVault deleted) {
        Vault vault = deleted.vault();
        return Json.object(
                "id",
                Arm.subscriptionId(exchange) + "/providers/Microsoft.KeyVault/locations/" + vault.location()
                        + "/deletedVaults/" + vault.name(),
                "name",
                vault.name(),
                "type",
                "Microsoft.KeyVault/deletedVaults",
                "properties",
                Json.object(
                        "vaultId", vault.id(),
                        "location", vault.location(),
                        "tags", Json.map(vault.resource().body(), "tags"),
                        "deletionDate", Arm.time(deleted.deletedAt()),
                        "scheduledPurgeDate", Arm.time(deleted.purgeTime()),
                        "purgeProtectionEnabled", vault.isPurgeProtected() ? true : Json.ABSENT));
    }

    private Answer purge(Exchange exchange) {
        DeletedVault deleted = deleted(exchange);
        if (deleted.vault().isPurgeProtected()) {
            throw AzureError.of(405, "MethodNotAllowed", "Operation 'DeletedVaultPurge' is not allowed.");
        }
        vaults.purge(deleted);
        Operations.Operation done = operations.begin(
                "PurgeDeletedVault",
                Duration.ZERO,
                () -> Json.object(
                        "createdDateTime", MOMENT.format(exchange.now()),
                        "lastActionDateTime", MOMENT.format(exchange.now()),
                        "status", "Succeeded"));
        return ArmOperations.withLocation(
                Answer.empty(202),
                exchange,
                Arm.subscriptionId(exchange) + "/providers/Microsoft.KeyVault/locations/"
                        + deleted.vault().location() + "/operationResults/" + done.id());
    }

    private Answer poll(Exchange exchange) {
        return ArmOperations.result(exchange, ArmOperations.find(operations, exchange.parameter("operation")));
    }
}
