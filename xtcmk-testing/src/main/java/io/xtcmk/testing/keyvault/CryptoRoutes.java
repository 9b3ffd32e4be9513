package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a key is for. */
final class CryptoRoutes {
    private static final String CURRENT = "/keys/{key}/";
    private static final String VERSION = "/keys/{key}/{version}/";
    /** An expired key still gives back what was entrusted to it. */
    private static final Set<KeyPermission> AT_ANY_TIME =
            Set.of(KeyPermission.DECRYPT, KeyPermission.UNWRAP, KeyPermission.VERIFY);

    private final World world;
    private final Keys keys;
    private final VaultGate gate;

    CryptoRoutes(World world, VaultGate gate) {
        this.world = world;
        this.keys = new Keys(world);
        this.gate = gate;
    }

    List<Route> routes() {
        return Stream.of(
                        both("encrypt", KeyPermission.ENCRYPT, "encrypt a few bytes", this::encrypt),
                        both("decrypt", KeyPermission.DECRYPT, "decrypt a few bytes", this::decrypt),
                        both("wrapkey", KeyPermission.WRAP, "wrap a symmetric key", this::encrypt),
                        both("unwrapkey", KeyPermission.UNWRAP, "unwrap a symmetric key", this::decrypt),
                        both("sign", KeyPermission.SIGN, "sign a digest", this::sign),
                        both("verify", KeyPermission.VERIFY, "verify a signature", this::verify))
                .flatMap(List::stream)
                .toList();
    }

    /** With a version in the path and without, which means the current one. */
    private List<Route> both(String word, KeyPermission permission, String summary, Use use) {
        return List.of(
                Route.of("POST", VERSION + word, permission.dataAction(), summary, e -> answer(e, permission, use)),
                Route.of("POST", CURRENT + word, permission.dataAction(), summary, e -> answer(e, permission, use)));
    }

    /** What is done with a version of a key: gives what is added to its id in the answer. */
    private interface Use {
        Map<String, Object> with(KeyVersion version, String algorithm, Map<String, Object> body);
    }

    private Answer answer(Exchange exchange, KeyPermission permission, Use use) {
        String name = exchange.parameter("key");
        gate.admit(exchange, permission, Optional.of(name));
        Key key = keys.find(gate.vault(exchange), name).orElseThrow(() -> KeyErrors.notFound(name));
        KeyVersion version = exchange.maybeParameter("version")
                .map(v -> key.version(v).orElseThrow(() -> KeyErrors.notFound(name + "/" + v)))
                .orElseGet(key::current);
        checkUsable(exchange, version, permission);
        String algorithm = Json.text(exchange.json(), "alg")
                .orElseThrow(() -> KeyErrors.badParameter("Property alg is missing or has an invalid value."));
        Map<String, Object> result = use.with(version, algorithm, exchange.json());
        boolean isVerification = permission == KeyPermission.VERIFY;
        return Answer.ok(
                isVerification
                        ? result
                        : Json.merge(Json.object("kid", KeyJson.versionUrl(exchange, key, version)), result));
    }

    private void checkUsable(Exchange exchange, KeyVersion version, KeyPermission permission) {
        String operation = permission.policyName();
        if (!version.enabled()) {
            throw KeyErrors.isDisabled(operation);
        }
        if (!AT_ANY_TIME.contains(permission)) {
            checkTime(version, operation);
        }
        if (!version.operations().contains(operation)) {
            throw AzureError.of(
                    403,
                    "Forbidden",
                    "ForbiddenByPolicy",
                    "Operation is not allowed.\r\nOperation: \"" + operation + "\"\r\n"
                            + VaultGate.callerAndVault(exchange.caller(), gate.vault(exchange)));
        }
    }

    private void checkTime(KeyVersion version, String operation) {
        if (version.notBefore() != null && version.notBefore().isAfter(world.now())) {
            throw KeyErrors.isNotYetValid(operation);
        }
        if (version.expires() != null && !version.expires().isAfter(world.now())) {
            throw KeyErrors.isExpired(operation);
        }
    }

    private Map<String, Object> encrypt(KeyVersion version, String algorithm, Map<String, Object> body) {
        return value(Crypto.encrypt(version, algorithm, bytes(body, "value")));
    }

    private Map<String, Object> decrypt(KeyVersion version, String algorithm, Map<String, Object> body) {
        return value(Crypto.decrypt(version, algorithm, bytes(body, "value")));
    }

    private Map<String, Object> sign(KeyVersion version, String algorithm, Map<String, Object> body) {
        return value(Signing.sign(version, algorithm, bytes(body, "value")));
    }

    private Map<String, Object> verify(KeyVersion version, String algorithm, Map<String, Object> body) {
        return Json.object("value", Signing.verify(version, algorithm, bytes(body, "digest"), bytes(body, "value")));
    }

    private static Map<String, Object> value(byte[] bytes) {
        return Json.object("value", Jwk.text(bytes));
    }

    private static byte[] bytes(Map<String, Object> body, String name) {
        return Jwk.bytes(Json.text(body, name)
                .orElseThrow(
                        () -> KeyErrors.badParameter("Property " + name + " is missing or has an invalid value.")));
    }
}
