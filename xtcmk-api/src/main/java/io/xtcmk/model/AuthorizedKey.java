package io.xtcmk.model;

import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of phase 2: a key in the customer's tenant that the application may wrap and unwrap with. Either
 * {@code authorize()} made it, or it stands for what the customer did by portal ({@link #of}); then only the parts that
 * the customer handed over are known, and the first encryption shows whether they are true.
 *
 * <p>It can be stored as JSON and read in another process. Two are equal if they name the same things; how they came to
 * be ({@link #outcomes}, which is not stored, {@link #grantedAt} and {@link #spec}) does not count.
 *
 * @param tenantId the customer's tenant
 * @param clientId the provider's application, which the key is authorized for
 * @param key the key; without a version unless one was asked for
 * @param vaultId the vault's resource id, if known
 * @param servicePrincipalId the application's service principal in the customer's tenant, if known
 * @param roleAssignmentId the role assignment, if known
 * @param grantedAt when the role was granted, if this library did it. New grants take up to ten minutes to be honoured,
 *     and phase 3 waits for that no longer than it can take; a time that is still to come counts as now
 * @param spec the kind of the key when it was authorized, if known. A service that does not take such keys refuses it before
 *     any request
 * @param outcomes what each step did
 */
public record AuthorizedKey(
        TenantId tenantId,
        ClientId clientId,
        KeyIdentifier key,
        @Nullable ResourceId vaultId,
        @Nullable ServicePrincipalId servicePrincipalId,
        @Nullable String roleAssignmentId,
        @Nullable Instant grantedAt,
        @Nullable KeySpec spec,
        List<StepOutcome> outcomes)
        implements JsonSerializable<AuthorizedKey> {

    /**
     * An authorized key.
     *
     * @throws io.xtcmk.exception.InvalidInputException if an argument that must be given is null, a text is blank, or a
     *     time is not of the years 1970 to 9999
     */
    public AuthorizedKey {
        Checks.notNull("tenantId", tenantId);
        Checks.notNull("clientId", clientId);
        Checks.notNull("key", key);
        if (roleAssignmentId != null) {
            Checks.printable("roleAssignmentId", roleAssignmentId);
        }
        Checks.moment("grantedAt", grantedAt);
        outcomes = Checks.copy("outcomes", outcomes);
    }

    /**
     * A key that the customer authorized by other means.
     *
     * @param tenantId the customer's tenant
     * @param clientId the provider's application
     * @param keyUrl the key's URL as the customer pasted it: with or without version, port or trailing slash, of a vault
     *     or a managed HSM
     * @return the key; with a version if the URL has one
     * @throws io.xtcmk.exception.InvalidInputException if an argument is null or the URL is not a key's
     */
    public static AuthorizedKey of(TenantId tenantId, ClientId clientId, String keyUrl) {
        return of(tenantId, clientId, KeyIdentifier.parse(keyUrl));
    }

    /**
     * A key that the customer authorized by other means.
     *
     * @param tenantId the customer's tenant
     * @param clientId the provider's application
     * @param vaultUrl the vault's URL as the customer pasted it
     * @param keyName the key's name
     * @return the key, without a version
     * @throws io.xtcmk.exception.InvalidInputException if an argument is null or malformed
     */
    public static AuthorizedKey of(TenantId tenantId, ClientId clientId, String vaultUrl, String keyName) {
        return of(tenantId, clientId, KeyIdentifier.of(vaultUrl, keyName));
    }

    private static AuthorizedKey of(TenantId tenantId, ClientId clientId, KeyIdentifier key) {
        return new AuthorizedKey(tenantId, clientId, key, null, null, null, null, null, List.of());
    }

    @Override
    public JsonWriter toJson(JsonWriter writer) throws IOException {
        writer.writeStartObject()
                .writeStringField("tenantId", tenantId.toString())
                .writeStringField("clientId", clientId.toString())
                .writeStringField("key", key.toString());
        Map<String, String> known = Fields.optional(
                "vaultId", vaultId,
                "servicePrincipalId", servicePrincipalId,
                "roleAssignmentId", roleAssignmentId,
                "grantedAt", grantedAt,
                "spec", spec);
        for (Map.Entry<String, String> field : known.entrySet()) {
            writer.writeStringField(field.getKey(), field.getValue());
        }
        return writer.writeEndObject();
    }

    @JsonValue
    Map<String, Object> toJackson() {
        return Jackson.write(this);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static AuthorizedKey fromJackson(Jackson.Received json) {
        return Jackson.read(json, AuthorizedKey::fromJson);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param reader at the object
     * @return the key, without outcomes
     * @throws IOException if it is not such an object; the message names the field that is missing or broken
     */
    public static AuthorizedKey fromJson(JsonReader reader) throws IOException {
        return Fields.read(reader, AuthorizedKey::from);
    }

    static AuthorizedKey from(Fields fields) throws IOException {
        return new AuthorizedKey(
                fields.value("tenantId", TenantId::of),
                fields.value("clientId", ClientId::of),
                fields.value("key", KeyIdentifier::parse),
                fields.valueOrNull("vaultId", ResourceId::of),
                fields.valueOrNull("servicePrincipalId", ServicePrincipalId::of),
                fields.textOrNull("roleAssignmentId"),
                fields.valueOrNull("grantedAt", Instant::parse),
                fields.valueOrNull("spec", KeySpec::parse),
                List.of());
    }

    /**
     * The vault's resource id.
     *
     * @return {@link #vaultId}, if it is known
     */
    public Optional<ResourceId> knownVaultId() {
        return Optional.ofNullable(vaultId);
    }

    /**
     * When the role was granted.
     *
     * @return {@link #grantedAt}, if it is known
     */
    public Optional<Instant> knownGrantedAt() {
        return Optional.ofNullable(grantedAt);
    }

    /**
     * The key's kind.
     *
     * @return {@link #spec}, if it is known
     */
    public Optional<KeySpec> knownSpec() {
        return Optional.ofNullable(spec);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AuthorizedKey that
                && tenantId.equals(that.tenantId)
                && clientId.equals(that.clientId)
                && key.equals(that.key)
                && Objects.equals(vaultId, that.vaultId)
                && Objects.equals(servicePrincipalId, that.servicePrincipalId)
                && Objects.equals(roleAssignmentId, that.roleAssignmentId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, clientId, key, vaultId, servicePrincipalId, roleAssignmentId);
    }
}
