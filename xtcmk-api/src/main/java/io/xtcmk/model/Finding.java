package io.xtcmk.model;

import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.internal.Texts;
import java.io.IOException;
import java.util.Map;

/**
 * Something that the chain does not need and that gives somebody more than it should: a secret of the application, a role
 * that is too wide. The chain works all the same.
 *
 * @param resource on which resource
 * @param property what of it, as its service names it
 * @param actual what is there
 * @param risk why it had better not be, in a sentence
 * @param actor who must act
 * @param fix how, in a sentence
 */
public record Finding(String resource, String property, String actual, String risk, Actor actor, String fix)
        implements JsonSerializable<Finding> {

    /**
     * A finding.
     *
     * @throws io.xtcmk.exception.InvalidInputException if an argument is null or blank
     */
    public Finding {
        Checks.notBlank("resource", resource);
        Checks.notBlank("property", property);
        Checks.notBlank("actual", actual);
        Checks.notBlank("risk", risk);
        Checks.notNull("actor", actor);
        Checks.notBlank("fix", fix);
    }

    @Override
    public JsonWriter toJson(JsonWriter writer) throws IOException {
        return writer.writeStartObject()
                .writeStringField("resource", resource)
                .writeStringField("property", property)
                .writeStringField("actual", actual)
                .writeStringField("risk", risk)
                .writeStringField("actor", actor.name())
                .writeStringField("fix", fix)
                .writeEndObject();
    }

    @JsonValue
    Map<String, Object> toJackson() {
        return Jackson.write(this);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Finding fromJackson(Map<String, Object> json) {
        return Jackson.read(json, Finding::fromJson);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param reader at the object
     * @return the finding
     * @throws IOException if it is not such an object; the message names the field that is missing or broken
     */
    public static Finding fromJson(JsonReader reader) throws IOException {
        return Fields.read(reader, Finding::from);
    }

    static Finding from(Fields fields) throws IOException {
        return new Finding(
                fields.text("resource"),
                fields.text("property"),
                fields.text("actual"),
                fields.text("risk"),
                fields.constant("actor", Actor.class),
                fields.text("fix"));
    }

    /** The finding on one line. */
    @Override
    public String toString() {
        return Texts.oneLine(
                resource + ": " + property + " is " + actual + ". " + risk + " To do (" + actor + "): " + fix);
    }
}
