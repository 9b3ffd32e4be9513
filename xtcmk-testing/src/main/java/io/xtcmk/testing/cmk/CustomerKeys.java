package io.xtcmk.testing.cmk;

import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.testing.entra.ManagedIdentities;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The walk from a resource to its customer's key, by the very requests that Azure's services make:
 *
 * <pre>
 * resource -> managed identity -> federated credential -> application -> service principal -> role -> key
 * </pre>
 *
 * <p>The vault's challenge names its tenant; there the identity's token is exchanged for one of the application; with
 * that the key is read, and data keys are wrapped and unwrapped. Every refusal comes from the service that refuses.
 */
public final class CustomerKeys {
    private static final String API_VERSION = "?api-version=7.4";
    private static final String ALGORITHM = "RSA-OAEP-256";

    private final World world;
    private final Tokens tokens;
    private final InternalCalls calls;

    /**
     * The walk over one world.
     *
     * @param world the state
     * @param tokens signs the identities' tokens
     * @param calls reaches the other services
     */
    public CustomerKeys(World world, Tokens tokens, InternalCalls calls) {
        this.world = world;
        this.tokens = tokens;
        this.calls = calls;
    }

    /**
     * The key at the end of the chain, in the version asked for or the newest, if a service may encrypt under it.
     *
     * @param access the way
     * @param sizes the RSA key sizes that the service can use
     * @return the key
     * @throws BrokenLink if a link is broken
     */
    public CustomerKey resolve(KeyAccess access, Set<Integer> sizes) {
        CustomerKey key = read(access);
        key.check(sizes, world.now());
        return key;
    }

    private CustomerKey read(KeyAccess access) {
        String version = access.key().version() == null ? "" : access.key().version();
        return CustomerKey.of(json(call("GET", access, keyUrl(access.key()) + version, new byte[0])));
    }

    /**
     * Wraps a data key.
     *
     * @param access the way
     * @param key the key with its version
     * @param plain the data key
     * @return the data key under the customer's key
     * @throws BrokenLink if a link is broken
     */
    public byte[] wrap(KeyAccess access, KeyIdentifier key, byte[] plain) {
        return operate(access, key, "wrapkey", plain);
    }

    /**
     * Unwraps a data key.
     *
     * @param access the way
     * @param key the key with the version under which it was wrapped
     * @param wrapped the data key under the customer's key
     * @return the data key
     * @throws BrokenLink if a link is broken
     */
    public byte[] unwrap(KeyAccess access, KeyIdentifier key, byte[] wrapped) {
        return operate(access, key, "unwrapkey", wrapped);
    }

    private byte[] operate(KeyAccess access, KeyIdentifier key, String operation, byte[] value) {
        byte[] body = Json.write(Json.object(
                "alg",
                ALGORITHM,
                "value",
                Base64.getUrlEncoder().withoutPadding().encodeToString(value)));
        Answer answer = call("POST", access, keyUrl(key) + key.version() + "/" + operation, body);
        return Base64.getUrlDecoder().decode(Json.text(json(answer), "value").orElseThrow());
    }

    private static String keyUrl(KeyIdentifier key) {
        return key.vaultUrl() + "keys/" + key.keyName() + "/";
    }

    private Answer call(String method, KeyAccess access, String url, byte[] body) {
        Resource identity = access.identity();
        if (identity == null) {
            throw new BrokenLink(Link.IDENTITY, "", "The identity is not attached to the resource.");
        }
        URI target = URI.create(url + API_VERSION);
        String token = vaultToken(access, identity, challenge(method, target));
        Answer answer = calls.send(
                method, target, Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"), body);
        return checked(answer);
    }

    /** What the vault says to somebody without a token: of which tenant it takes one. */
    private Challenge challenge(String method, URI target) {
        try {
            return Challenge.in(calls.send(method, target, Map.of(), new byte[0]))
                    .orElseThrow(() -> noVault(target));
        } catch (UncheckedIOException noSuchHost) {
            throw noVault(target);
        }
    }

    private static BrokenLink noVault(URI target) {
        return new BrokenLink(Link.VAULT, "", "No vault answers at " + target.getHost() + ".");
    }

    private String vaultToken(KeyAccess access, Resource identity, Challenge challenge) {
        if (access.application().isEmpty()) {
            return ManagedIdentities.token(world, tokens, identity, challenge.resource());
        }
        String audience = ManagedIdentities.cloud(world, identity).exchangeAudience();
        String assertion = ManagedIdentities.token(world, tokens, identity, audience);
        return exchange(access.application().get(), assertion, challenge);
    }

    private String exchange(String application, String assertion, Challenge challenge) {
        Map<String, String> form = Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                application,
                "scope",
                challenge.resource() + "/.default",
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion);
        Answer answer = calls.send(
                "POST",
                URI.create(challenge.authorization() + "/oauth2/v2.0/token"),
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                encode(form).getBytes(StandardCharsets.UTF_8));
        if (answer.status() != 200) {
            throw EntraRefusals.of(json(answer));
        }
        return Json.text(json(answer), "access_token").orElseThrow();
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Answer checked(Answer answer) {
        if (answer.status() < 300) {
            return answer;
        }
        throw new BrokenLink(
                linkOf(answer),
                codeOf(answer),
                Json.text(json(answer), "error.message").orElse("HTTP " + answer.status()));
    }

    private static Link linkOf(Answer answer) {
        return switch (answer.status()) {
            case 401 -> Link.TOKEN;
            case 404 -> Link.KEY;
            default ->
                switch (codeOf(answer)) {
                    case "KeyDisabled" -> Link.KEY_ENABLED;
                    case "KeyNotYetValidOrExpired" -> Link.KEY_TIME;
                    default -> Link.ROLE;
                };
        };
    }

    private static String codeOf(Answer answer) {
        Map<String, Object> body = json(answer);
        return Json.text(body, "error.innererror.code")
                .or(() -> Json.text(body, "error.code"))
                .orElse("");
    }

    private static Map<String, Object> json(Answer answer) {
        if (answer.body().length == 0) {
            return Map.of();
        }
        try {
            return Json.cast(Json.parse(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
