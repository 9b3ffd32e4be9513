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
 * The result of phase 1: a multi-tenant application without any secret, whose only credential is a managed identity.
 * Holds ids only. Customers need nothing of it but the {@link #clientId}.
 *
 * <p>It can be stored as JSON and read in another process. Two are equal if they name the same things; how they came to
 * be ({@link #outcomes}, which is not stored, and {@link #trustedSince}) does not count.
 *
 * @param tenantId the provider's tenant
 * @param name the application's unique name
 * @param objectId the app registration's object id
 * @param clientId the application's client id: what customers install, and what resources are given
 * @param identity the managed identity that may act as the application
 * @param credentialName the federated identity credential's name
 * @param trustedSince when the credential was made, if this library made it; null otherwise. New credentials take some
 *     minutes to be honoured everywhere, and phase 3 waits for that no longer than it can take
 * @param outcomes what each step did
 */
public record FederatedApp(
        TenantId tenantId,
        String name,
        ApplicationObjectId objectId,
        ClientId clientId,
        ManagedIdentity identity,
        String credentialName,
        @Nullable Instant trustedSince,
        List<StepOutcome> outcomes)
        implements JsonSerializable<FederatedApp> {

    /**
     * A federated application.
     *
     * @throws io.xtcmk.exception.InvalidInputException if an argument that must be given is null or blank, or a time is
     *     not of the years 1970 to 9999
     */
    public FederatedApp {
        Checks.notNull("tenantId", tenantId);
        Checks.printable("name", name);
        Checks.notNull("objectId", objectId);
        Checks.notNull("clientId", clientId);
        Checks.notNull("identity", identity);
        Checks.printable("credentialName", credentialName);
        Checks.moment("trustedSince", trustedSince);
        outcomes = Checks.copy("outcomes", outcomes);
    }

    @Override
    public JsonWriter toJson(JsonWriter writer) throws IOException {
        writer.writeStartObject()
                .writeStringField("tenantId", tenantId.toString())
                .writeStringField("name", name)
                .writeStringField("objectId", objectId.toString())
                .writeStringField("clientId", clientId.toString())
                .writeJsonField("identity", identity)
                .writeStringField("credentialName", credentialName);
        if (trustedSince != null) {
            writer.writeStringField("trustedSince", trustedSince.toString());
        }
        return writer.writeEndObject();
    }

    @JsonValue
    Map<String, Object> toJackson() {
        return Jackson.write(this);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FederatedApp fromJackson(Jackson.Received json) {
        return Jackson.read(json, FederatedApp::fromJson);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param reader at the object
     * @return the application, without outcomes
     * @throws IOException if it is not such an object; the message names the field that is missing or broken
     */
    public static FederatedApp fromJson(JsonReader reader) throws IOException {
        return Fields.read(
                reader,
                fields -> new FederatedApp(
                        fields.value("tenantId", TenantId::of),
                        fields.text("name"),
                        fields.value("objectId", ApplicationObjectId::of),
                        fields.value("clientId", ClientId::of),
                        fields.object("identity", ManagedIdentity::from),
                        fields.text("credentialName"),
                        fields.valueOrNull("trustedSince", Instant::parse),
                        List.of()));
    }

    /**
     * When the credential was made.
     *
     * @return {@link #trustedSince}, if it is known
     */
    public Optional<Instant> knownTrustedSince() {
        return Optional.ofNullable(trustedSince);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FederatedApp app
                && tenantId.equals(app.tenantId)
                && name.equals(app.name)
                && objectId.equals(app.objectId)
                && clientId.equals(app.clientId)
                && identity.equals(app.identity)
                && credentialName.equals(app.credentialName);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenantId, name, objectId, clientId, identity, credentialName);
    }
}
