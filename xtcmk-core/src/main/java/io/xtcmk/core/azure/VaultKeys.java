package io.xtcmk.core.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.WrapResult;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.DeletedKey;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.xtcmk.core.azure.Shape.Kind;
import io.xtcmk.model.KeyIdentifier;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one vault or managed HSM, as its data plane sees them. The token goes with the first request, for the
 * connection's tenant: no challenge is waited for, and none can send us elsewhere.
 */
public final class VaultKeys {
    private static final Shape KEY = Shape.OBJECT
            .must("key.kty", Kind.TEXT)
            .must("key.key_ops", Kind.TEXTS)
            .must("attributes", Kind.OBJECT)
            .may("attributes.nbf", Kind.SECONDS)
            .may("attributes.exp", Kind.SECONDS)
            .may("tags", Kind.TAGS);

    private final String vaultUrl;
    private final HttpPipeline pipeline;
    private final KeyClient client;
    private final Failures failures;

    VaultKeys(String vaultUrl, HttpPipeline pipeline, Failures failures) {
        this.vaultUrl = vaultUrl;
        this.pipeline = pipeline;
        this.client =
                new KeyClientBuilder().vaultUrl(vaultUrl).pipeline(pipeline).buildClient();
        this.failures = failures;
    }

    /** GET of the newest version. */
    public Optional<KeyVaultKey> find(String name) {
        return find(name, null);
    }

    /** GET of a version, or of the newest one. */
    public Optional<KeyVaultKey> find(String name, @Nullable String version) {
        return Look.optional(() -> failures.call(
                KEY.must("key.kid", version(name, version)),
                () -> client.getKeyWithResponse(name, version, Context.NONE).getValue()));
    }

    /** GET of a deleted key that can still be recovered. */
    public Optional<DeletedKey> deleted(String name) {
        return Look.optional(() -> failures.call(
                Shape.OBJECT
                        .must("key.kid", version(name, null))
                        .may("deletedDate", Kind.SECONDS)
                        .may("scheduledPurgeDate", Kind.SECONDS),
                () -> client.getDeletedKeyWithResponse(name, Context.NONE).getValue()));
    }

    /** POST recover of a deleted key, which the vault shows again a while later. Microsoft's client would wait for that. */
    public void recover(String name) {
        send(
                Shape.OBJECT.must("key.kid", version(name, null)),
                HttpMethod.POST,
                "deletedkeys/" + name + "/recover",
                Map.of());
    }

    /** POST create: a new key, or a new version of the one that is there. */
    public KeyVaultKey create(CreateRsaKeyOptions options) {
        return failures.call(
                KEY.must("key.kid", version(options.getName(), null)),
                () -> client.createRsaKeyWithResponse(options, Context.NONE).getValue());
    }

    /**
     * PATCH of a version's tags, all of them, and of nothing else: Microsoft's client would send the attributes that were
     * read along, and so enable a key that its owner has disabled since.
     */
    public void tag(KeyIdentifier version, Map<String, String> tags) {
        Shape tagged = Shape.OBJECT
                .must("key.kid", version(version.keyName(), version.version()))
                .must("tags", new Kind("the tags that were sent", tags::equals));
        send(tagged, HttpMethod.PATCH, "keys/" + version.keyName() + "/" + version.version(), Map.of("tags", tags));
    }

    private void send(Shape shape, HttpMethod method, String path, Map<String, Object> body) {
        failures.call(shape, () -> {
            HttpRequest request = new HttpRequest(method, vaultUrl + path + "?api-version=7.4");
            request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
            request.setBody(BinaryData.fromBytes(Json.write(body)));
            try (HttpResponse response = pipeline.sendSync(request, Context.NONE)) {
                return response.getStatusCode();
            }
        });
    }

    /** POST wrapkey, by the vault itself: the client could do it alone with the public key. */
    public WrapResult wrap(KeyIdentifier key, byte[] value) {
        return failures.call(
                result(key), () -> cryptography(key).wrapKey(KeyWrapAlgorithm.RSA_OAEP_256, value, Context.NONE));
    }

    /** POST unwrapkey. */
    public byte[] unwrap(KeyIdentifier key, byte[] wrapped) {
        return failures.call(
                result(key),
                () -> cryptography(key)
                        .unwrapKey(KeyWrapAlgorithm.RSA_OAEP_256, wrapped, Context.NONE)
                        .getKey());
    }

    private CryptographyClient cryptography(KeyIdentifier key) {
        return new CryptographyClientBuilder()
                .keyIdentifier(key.toString())
                .pipeline(pipeline)
                .disableKeyCaching()
                .buildClient();
    }

    /** POST rotate: a new version. */
    public KeyVaultKey rotate(String name) {
        return failures.call(
                KEY.must("key.kid", version(name, null)),
                () -> client.rotateKeyWithResponse(name, Context.NONE).getValue());
    }

    /** What the vault says of a key that was used. */
    private Shape result(KeyIdentifier key) {
        return Shape.OBJECT.must("kid", version(key.keyName(), key.version())).must("value", Kind.TEXT);
    }

    /** A key of this vault, of that name, and of a version: of the one that was asked for, if one was. */
    private Kind version(String name, @Nullable String version) {
        KeyIdentifier asked = Answered.key(vaultUrl, name);
        return Kind.text(
                "the URL of a version of that key",
                url -> Answered.isKey(url)
                        && Answered.key(url).versionless().equals(asked)
                        && Answered.key(url).version() != null
                        && (version == null
                                || version.equalsIgnoreCase(Answered.key(url).version())));
    }
}
