package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Softly deleted keys. */
final class DeletedKeyRoutes {
    private static final String KEYS = "/deletedkeys";
    private static final String KEY = KEYS + "/{key}";

    private final Keys keys;
    private final VaultGate gate;

    DeletedKeyRoutes(World world, VaultGate gate) {
        this.keys = new Keys(world);
        this.gate = gate;
    }

    List<Route> routes() {
        return List.of(
                Route.of("GET", KEYS, KeyPermission.LIST.dataAction(), "list deleted keys", this::list),
                route("GET", KEY, KeyPermission.GET, "get a deleted key", this::get),
                route("POST", KEY + "/recover", KeyPermission.RECOVER, "recover a deleted key", this::recover),
                route("DELETE", KEY, KeyPermission.PURGE, "purge a deleted key", this::purge));
    }

    private Route route(
            String method, String path, KeyPermission permission, String summary, Function<Exchange, Answer> handler) {
        return Route.of(method, path, permission.dataAction(), summary, e -> {
            gate.admit(e, permission, Optional.of(e.parameter("key")));
            return handler.apply(e);
        });
    }

    private Key key(Exchange exchange) {
        String name = exchange.parameter("key");
        return keys.deleted(gate.vault(exchange), name).orElseThrow(() -> KeyErrors.deletedNotFound(name));
    }

    private Answer list(Exchange exchange) {
        gate.admit(exchange, KeyPermission.LIST, Optional.empty());
        Vault vault = gate.vault(exchange);
        return Paging.page(
                exchange,
                keys.allDeleted(vault).stream()
                        .map(k -> Json.merge(
                                KeyJson.deletion(exchange, vault, k),
                                KeyJson.item(exchange, vault, KeyJson.keyUrl(exchange, k), k.current())))
                        .toList());
    }

    private Answer get(Exchange exchange) {
        Vault vault = gate.vault(exchange);
        Key key = key(exchange);
        Map<String, Object> bundle = KeyJson.bundle(exchange, vault, key, key.current());
        return Answer.ok(Json.merge(KeyJson.deletion(exchange, vault, key), bundle));
    }

    private Answer recover(Exchange exchange) {
        Key key = keys.put(key(exchange).withDeletedAt(null));
        return Answer.ok(KeyJson.bundle(exchange, gate.vault(exchange), key, key.current()));
    }

    private Answer purge(Exchange exchange) {
        keys.purge(gate.vault(exchange), key(exchange));
        return Answer.empty(204);
    }
}
