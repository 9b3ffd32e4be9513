package io.xtcmk.model;

import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of phase 3: a resource of the provider that is encrypted with the customer's key, as read back from its
 * service.
 *
 * <p>It can be stored as JSON and read in another process. Two are equal if they name the same things; how they came to
 * be ({@link #outcomes}, which is not stored) does not count.
 *
 * @param id the resource
 * @param tenantId the provider's tenant
 * @param key the customer's key that was asked for
 * @param keyInForce the key with the version that the service says it uses now; null where the service does not say
 * @param identityId the managed identity that the service uses
 * @param federatedClientId the application as which that identity goes to the customer's tenant
 * @param outcomes what each step did
 */
public record EncryptedResource(
        ResourceId id,
        TenantId tenantId,
        AuthorizedKey key,
        @Nullable KeyIdentifier keyInForce,
        ResourceId identityId,
        ClientId federatedClientId,
        List<StepOutcome> outcomes)
        implements JsonSerializable<EncryptedResource> {

    /**
     * An encrypted resource.
     *
     * @throws io.xtcmk.exception.InvalidInputException if an argument that must be given is null
     */
    public EncryptedResource {
        Checks.notNull("id", id);
        Checks.notNull("tenantId", tenantId);
        Checks.notNull("key", key);
        Checks.notNull("identityId", identityId);
        Checks.notNull("federatedClientId", federatedClientId);
        outcomes = Checks.copy("outcomes", outcomes);
    }

    @Override
    public JsonWriter toJson(JsonWriter writer) throws IOException {
        writer.writeStartObject()
                .writeStringField("id", id.toString())
                .writeStringField("tenantId", tenantId.toString())
                .writeJsonField("key", key);
        if (keyInForce != null) {
            writer.writeStringField("keyInForce", keyInForce.toString());
        }
        return writer.writeStringField("identityId", identityId.toString())
                .writeStringField("federatedClientId", federatedClientId.toString())
                .writeEndObject();
    }

    @JsonValue
    Map<String, Object> toJackson() {
        return Jackson.write(this);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static EncryptedResource fromJackson(Jackson.Received json) {
        return Jackson.read(json, EncryptedResource::fromJson);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param reader at the object
     * @return the resource, without outcomes
     * @throws IOException if it is not such an object; the message names the field that is missing or broken
     */
    public static EncryptedResource fromJson(JsonReader reader) throws IOException {
        return Fields.read(reader, fields -> {
            return new EncryptedResource(
                    fields.value("id", ResourceId::of),
                    fields.value("tenantId", TenantId::of),
                    fields.object("key", AuthorizedKey::from),
                    fields.valueOrNull("keyInForce", KeyIdentifier::parse),
                    fields.value("identityId", ResourceId::of),
                    fields.value("federatedClientId", ClientId::of),
                    List.of());
        });
    }

    /**
     * The key version in use.
     *
     * @return {@link #keyInForce}, if the service says it
     */
    public Optional<KeyIdentifier> knownKeyInForce() {
        return Optional.ofNullable(keyInForce);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EncryptedResource that
                && id.equals(that.id)
                && tenantId.equals(that.tenantId)
                && key.equals(that.key)
                && Objects.equals(keyInForce, that.keyInForce)
                && identityId.equals(that.identityId)
                && federatedClientId.equals(that.federatedClientId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, tenantId, key, keyInForce, identityId, federatedClientId);
    }
}
