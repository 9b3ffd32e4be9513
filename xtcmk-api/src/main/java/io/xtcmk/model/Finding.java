package io.xtcmk.model;

import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.internal.Texts;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something to act on although the chain works: what gives somebody more than the chain needs, such as a secret of the
 * application or a role that is too wide; and what will break the chain later, such as a key that ends within 30 days or a
 * server that does not follow the key's rotation.
 *
 * @param resource on which resource
 * @param property what of it, as its service names it
 * @param actual what is there
 * @param risk why it had better not be, in a sentence
 * @param actor who must act
 * @param fix how, in a sentence
 * @param due when it breaks the chain, or null if it does not, or nobody knows when; see {@link #knownDue}
 */
public record Finding(
        String resource,
        String property,
        String actual,
        String risk,
        Actor actor,
        String fix,
        @Nullable Instant due) implements JsonSerializable<Finding> {

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

    /**
     * A finding that does not break the chain at a known time.
     *
     * @throws io.xtcmk.exception.InvalidInputException if an argument is null or blank
     */
    public Finding(String resource, String property, String actual, String risk, Actor actor, String fix) {
        this(resource, property, actual, risk, actor, fix, null);
    }

    /**
     * When it breaks the chain.
     *
     * @return {@link #due}, if there is such a time and it is known
     */
    public Optional<Instant> knownDue() {
        return Optional.ofNullable(due);
    }

    @Override
    public JsonWriter toJson(JsonWriter writer) throws IOException {
        writer.writeStartObject()
                .writeStringField("resource", resource)
                .writeStringField("property", property)
                .writeStringField("actual", actual)
                .writeStringField("risk", risk)
                .writeStringField("actor", actor.name())
                .writeStringField("fix", fix);
        if (due != null) {
            writer.writeStringField("due", due.toString());
        }
        return writer.writeEndObject();
    }

    @JsonValue
    Map<String, Object> toJackson() {
        return Jackson.write(this);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Finding fromJackson(Jackson.Received json) {
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
                fields.text("fix"),
                fields.valueOrNull("due", Instant::parse));
    }

    /** The finding on one line. */
    @Override
    public String toString() {
        return Texts.oneLine(
                resource + ": " + property + " is " + actual + ". " + risk + " To do (" + actor + "): " + fix);
    }
}
