package io.xtcmk.model;

import com.azure.core.management.Region;
import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.util.Map;

/**
 * A user-assigned managed identity of the provider. Its token stands in for the application's secret. (System-assigned
 * identities cannot be federated identity credentials of an application.)
 *
 * @param id its resource id
 * @param region where it is
 * @param clientId by which a workload picks it
 * @param principalId the subject of its tokens
 */
public record ManagedIdentity(ResourceId id, Region region, IdentityClientId clientId, PrincipalId principalId)
        implements JsonSerializable<ManagedIdentity> {

    /**
     * A managed identity.
     *
     * @throws io.xtcmk.exception.InvalidInputException if an argument is null
     */
    public ManagedIdentity {
        Checks.notNull("id", id);
        Checks.notNull("region", region);
        Checks.notNull("clientId", clientId);
        Checks.notNull("principalId", principalId);
    }

    @Override
    public JsonWriter toJson(JsonWriter writer) throws IOException {
        return writer.writeStartObject()
                .writeStringField("id", id.toString())
                .writeStringField("region", region.name())
                .writeStringField("clientId", clientId.toString())
                .writeStringField("principalId", principalId.toString())
                .writeEndObject();
    }

    @JsonValue
    Map<String, Object> toJackson() {
        return Jackson.write(this);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ManagedIdentity fromJackson(Jackson.Received json) {
        return Jackson.read(json, ManagedIdentity::fromJson);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param reader at the object
     * @return the identity
     * @throws IOException if it is not such an object; the message names the field that is missing or broken
     */
    public static ManagedIdentity fromJson(JsonReader reader) throws IOException {
        return Fields.read(reader, ManagedIdentity::from);
    }

    static ManagedIdentity from(Fields fields) throws IOException {
        return new ManagedIdentity(
                fields.value("id", ResourceId::of),
                fields.value("region", ManagedIdentity::region),
                fields.value("clientId", IdentityClientId::of),
                fields.value("principalId", PrincipalId::of));
    }

    private static Region region(String name) {
        return Region.fromName(Checks.printable("region", name));
    }
}
