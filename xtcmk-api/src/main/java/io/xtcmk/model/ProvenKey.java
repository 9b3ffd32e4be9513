package io.xtcmk.model;

import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/**
 * A key that is known to be a customer's: its vault is of the customer's tenant, and it bore the tag that was issued for
 * that customer.
 *
 * @param key the key
 * @param reference the provider's own name for the customer
 * @param provenAt when it was read
 */
public record ProvenKey(AuthorizedKey key, String reference, Instant provenAt) implements JsonSerializable<ProvenKey> {

    /**
     * A proven key.
     *
     * @throws io.xtcmk.exception.InvalidInputException if an argument is null or blank
     */
    public ProvenKey {
        Checks.notNull("key", key);
        Checks.printable("reference", reference);
        Checks.moment("provenAt", Checks.notNull("provenAt", provenAt));
    }

    @Override
    public JsonWriter toJson(JsonWriter writer) throws IOException {
        return writer.writeStartObject()
                .writeJsonField("key", key)
                .writeStringField("reference", reference)
                .writeStringField("provenAt", provenAt.toString())
                .writeEndObject();
    }

    @JsonValue
    Map<String, Object> toJackson() {
        return Jackson.write(this);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ProvenKey fromJackson(Jackson.Received json) {
        return Jackson.read(json, ProvenKey::fromJson);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param reader at the object
     * @return the key
     * @throws IOException if it is not such an object; the message names the field that is missing or broken
     */
    public static ProvenKey fromJson(JsonReader reader) throws IOException {
        return Fields.read(
                reader,
                fields -> new ProvenKey(
                        fields.object("key", AuthorizedKey::from),
                        fields.text("reference"),
                        fields.value("provenAt", Instant::parse)));
    }
}
