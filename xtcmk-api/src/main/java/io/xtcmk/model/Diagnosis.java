package io.xtcmk.model;

import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.xtcmk.model.DiagnosedLink.State;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How each link of the chain from a resource to the customer's key stands. Holds no secret: it can be logged, stored as
 * JSON and attached to a ticket.
 *
 * @param at when it was found out, on the connection's clock
 * @param links the links, in the order of the walk: from the managed identity to the key, then what uses it
 * @param findings what to act on although the chain works: more than it needs, or what will break it later, with the date
 */
public record Diagnosis(Instant at, List<DiagnosedLink> links, List<Finding> findings)
        implements JsonSerializable<Diagnosis> {

    /**
     * A diagnosis.
     *
     * @throws io.xtcmk.exception.InvalidInputException if an argument is null or has a null in it
     */
    public Diagnosis {
        Checks.moment("at", Checks.notNull("at", at));
        links = Checks.copy("links", links);
        findings = Checks.copy("findings", findings);
    }

    /**
     * The link to mend first. What comes after it may be broken too, or only look so.
     *
     * @return the first link that was seen and does not hold; empty if all that were seen do
     */
    public Optional<DiagnosedLink> firstBroken() {
        return links.stream().filter(link -> link.state().isBroken()).findFirst();
    }

    /**
     * Whether the key can be used now, as far as reading tells: every link was seen, and holds. Findings do not count: one
     * may say that the key ends next week ({@link Finding#knownDue}).
     *
     * @return true if so; false if a link is broken, and also if one is {@link State#UNSEEN}
     */
    public boolean isSound() {
        return links.stream().allMatch(link -> link.state() == State.HOLDS);
    }

    /**
     * The links that could not be seen.
     *
     * @return those in state {@link State#UNSEEN}, each with whom to ask
     */
    public List<DiagnosedLink> unseen() {
        return links.stream().filter(link -> link.state() == State.UNSEEN).toList();
    }

    /**
     * One link.
     *
     * @param kind which
     * @return the link; empty if the verification was not about it
     */
    public Optional<DiagnosedLink> link(DiagnosedLink.Kind kind) {
        return links.stream().filter(link -> link.kind() == kind).findFirst();
    }

    /**
     * As a Mermaid flowchart: the links as nodes by tenant, coloured by state.
     *
     * @return the diagram's source
     */
    public String toMermaid() {
        return DiagnosisDiagram.of(this);
    }

    /** As text: a line for each link, and below those that do not hold why, who must act and how, and the evidence. */
    @Override
    public String toString() {
        return DiagnosisText.of(this);
    }

    @Override
    public JsonWriter toJson(JsonWriter writer) throws IOException {
        return writer.writeStartObject()
                .writeStringField("at", at.toString())
                .writeArrayField("links", links, JsonWriter::writeJson)
                .writeArrayField("findings", findings, JsonWriter::writeJson)
                .writeEndObject();
    }

    @JsonValue
    Map<String, Object> toJackson() {
        return Jackson.write(this);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Diagnosis fromJackson(Jackson.Received json) {
        return Jackson.read(json, Diagnosis::fromJson);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param reader at the object
     * @return the diagnosis
     * @throws IOException if it is not such an object; the message names the field that is missing or broken
     */
    public static Diagnosis fromJson(JsonReader reader) throws IOException {
        return Fields.read(
                reader,
                fields -> new Diagnosis(
                        fields.value("at", Instant::parse),
                        fields.list("links", DiagnosedLink::from),
                        fields.listOrEmpty("findings", Finding::from)));
    }
}
