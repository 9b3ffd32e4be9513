package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Operations;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.http.Service;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Key Vault's data plane: each vault on its own host, where keys never leave. */
public final class KeyVaultService implements Service {
    private static final List<String> SUFFIXES =
            List.of(".vault.azure.net", ".vault.usgovcloudapi.net", ".vault.azure.cn");

    private final World world;
    private final Operations operations;
    private final VaultGate gate;
    private final VaultThrottle throttle;
    private final List<Route> routes;

    /**
     * The data plane of all vaults.
     *
     * @param world the state
     * @param tokens checks the callers' tokens
     * @param operations the long-running operations
     */
    public KeyVaultService(World world, Tokens tokens, Operations operations) {
        this.world = world;
        this.operations = operations;
        this.gate = new VaultGate(world, tokens);
        this.throttle = new VaultThrottle(world);
        this.routes = Stream.of(
                        new KeyRoutes(world, gate).routes(),
                        new DeletedKeyRoutes(world, gate).routes(),
                        new CryptoRoutes(world, gate).routes())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String name() {
        return "Key Vault";
    }

    @Override
    public boolean serves(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return SUFFIXES.stream().anyMatch(lower::endsWith);
    }

    @Override
    public boolean resolves(String host) {
        operations.settle();
        return new Vaults(world)
                .find(VaultGate.nameIn(host))
                .filter(v -> v.host(world).equalsIgnoreCase(host) && v.isRegistered(world))
                .isPresent();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public void authenticate(Exchange exchange, Route route) {
        operations.settle();
        exchange.calledBy(gate.authenticate(exchange));
        // Azure's own services are to keep their promises in the fake, whatever the customer's programs do
        if (!exchange.isSentByAzure()) {
            throttle.check(exchange, gate.vault(exchange));
        }
    }

    @Override
    public AzureError throttled() {
        return VaultThrottle.refusal();
    }

    @Override
    public Answer render(AzureError error, Exchange exchange) {
        return Answer.json(
                error.status(),
                Json.object(
                        "error",
                        Json.object(
                                "code",
                                error.code(),
                                "message",
                                error.message(),
                                "innererror",
                                error.innerCode()
                                        .<Object>map(c -> Json.object("code", c))
                                        .orElse(Json.ABSENT))));
    }

    @Override
    public Answer finish(Answer answer, Exchange exchange) {
        return answer.header("Cache-Control", "no-cache")
                .header("Strict-Transport-Security", "max-age=31536000;includeSubDomains")
                .header("x-ms-keyvault-region", gate.vault(exchange).location())
                .header("x-ms-keyvault-service-version", "1.9.2500.1")
                .header("x-ms-keyvault-network-info", "conn_type=Ipv4;addr=203.0.113.1;act_addr_fam=InterNetwork;")
                .header("x-ms-request-id", exchange.requestId().toString());
    }
}
