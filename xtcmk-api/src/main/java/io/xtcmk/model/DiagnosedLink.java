package io.xtcmk.model;

import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One link of a {@link Diagnosis}.
 *
 * @param kind which link
 * @param state how it stands
 * @param tenantId in whose tenant it is
 * @param resource which resource, by the id or name under which its service knows it
 * @param evidence what was read to find that out; may be empty where it could not be seen
 * @param remedy why it does not hold or could not be seen, who must act and how; null where it holds
 */
public record DiagnosedLink(
        Kind kind,
        State state,
        TenantId tenantId,
        String resource,
        List<Evidence> evidence,
        @Nullable Remedy remedy) implements JsonSerializable<DiagnosedLink> {

    /** The links of the chain, in the order of the walk. */
    public enum Kind {
        /** The provider's managed identity. */
        MANAGED_IDENTITY,
        /** By which the application trusts that identity. */
        FEDERATED_IDENTITY_CREDENTIAL,
        /** The provider's multi-tenant application. */
        APPLICATION,
        /** The application, installed in the customer's tenant. */
        SERVICE_PRINCIPAL,
        /** What lets the service principal use the key. */
        ROLE_ASSIGNMENT,
        /** The customer's vault. */
        KEY_VAULT,
        /** The key in it. */
        KEY,
        /** How the provider's resource is set to be encrypted. */
        RESOURCE_SETTING,
        /** The managed identity's token, exchanged for one of the application in the customer's tenant. */
        TOKEN_EXCHANGE,
        /** The key, got and used with that token. */
        WRAP_AND_UNWRAP
    }

    /** How a link stands. */
    public enum State {
        /** It is as it must be. */
        HOLDS,
        /** It is in place, but so fresh, or not to begin before some time, that it may not work yet: wait. */
        NOT_YET,
        /** The customer took it back: disabled, deleted or removed it. Only this may be taken for a revocation. */
        REVOKED,
        /** It is missing or wrong, by mistake or by the provider's doing. */
        BROKEN,
        /** Nobody answered, or not now: network, throttling, a fault of the service, a firewall. Says nothing of the link. */
        UNREACHABLE,
        /** It cannot be seen from here, or not before a link that it rests on is mended. */
        UNSEEN;

        /**
         * Whether a link in this state breaks the chain as seen from here.
         *
         * @return true unless it holds or could not be seen
         */
        public boolean isBroken() {
            return this != HOLDS && this != UNSEEN;
        }
    }

    /**
     * A diagnosed link.
     *
     * @throws io.xtcmk.exception.InvalidInputException if an argument that must be given is null or blank, or if a link
     *     that does not hold has no remedy
     */
    public DiagnosedLink {
        Checks.notNull("kind", kind);
        Checks.notNull("state", state);
        Checks.notNull("tenantId", tenantId);
        Checks.notBlank("resource", resource);
        evidence = Checks.copy("evidence", evidence);
        if (state != State.HOLDS) {
            Checks.notNull("remedy", remedy);
        }
    }

    /**
     * Why it does not hold, who must act and how.
     *
     * @return {@link #remedy}, unless the link holds
     */
    public Optional<Remedy> knownRemedy() {
        return Optional.ofNullable(remedy);
    }

    @Override
    public JsonWriter toJson(JsonWriter writer) throws IOException {
        writer.writeStartObject()
                .writeStringField("kind", kind.name())
                .writeStringField("state", state.name())
                .writeStringField("tenantId", tenantId.toString())
                .writeStringField("resource", resource)
                .writeArrayField("evidence", evidence, JsonWriter::writeJson);
        if (remedy != null) {
            writer.writeJsonField("remedy", remedy);
        }
        return writer.writeEndObject();
    }

    @JsonValue
    Map<String, Object> toJackson() {
        return Jackson.write(this);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static DiagnosedLink fromJackson(Jackson.Received json) {
        return Jackson.read(json, DiagnosedLink::fromJson);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param reader at the object
     * @return the link
     * @throws IOException if it is not such an object; the message names the field that is missing or broken
     */
    public static DiagnosedLink fromJson(JsonReader reader) throws IOException {
        return Fields.read(reader, DiagnosedLink::from);
    }

    static DiagnosedLink from(Fields fields) throws IOException {
        return new DiagnosedLink(
                fields.constant("kind", Kind.class),
                fields.constant("state", State.class),
                fields.value("tenantId", TenantId::of),
                fields.text("resource"),
                fields.listOrEmpty("evidence", Evidence::from),
                fields.objectOrNull("remedy", Remedy::from));
    }

    /** The link on one line. */
    @Override
    public String toString() {
        return DiagnosisText.line(this);
    }

    /**
     * What to do about a link.
     *
     * @param code the line of the error catalogue; null where the state needs none
     * @param likelyCause the likely cause, in a sentence
     * @param actor who must act
     * @param fix how, in a sentence
     */
    public record Remedy(@Nullable String code, String likelyCause, Actor actor, String fix)
            implements JsonSerializable<Remedy> {

        /**
         * A remedy.
         *
         * @throws io.xtcmk.exception.InvalidInputException if an argument that must be given is null or blank
         */
        public Remedy {
            Checks.notBlank("likelyCause", likelyCause);
            Checks.notNull("actor", actor);
            Checks.notBlank("fix", fix);
        }

        @Override
        public JsonWriter toJson(JsonWriter writer) throws IOException {
            writer.writeStartObject();
            if (code != null) {
                writer.writeStringField("code", code);
            }
            return writer.writeStringField("likelyCause", likelyCause)
                    .writeStringField("actor", actor.name())
                    .writeStringField("fix", fix)
                    .writeEndObject();
        }

        static Remedy from(Fields fields) throws IOException {
            return new Remedy(
                    fields.textOrNull("code"),
                    fields.text("likelyCause"),
                    fields.constant("actor", Actor.class),
                    fields.text("fix"));
        }
    }

    /**
     * What was read.
     *
     * @param request method and URL, without the query
     * @param status the answer's HTTP status; 0 where none came
     * @param code the service's error code; null where it had none
     * @param requestId the id by which Azure's support finds the request; null where none was sent
     * @param says what the answer tells
     */
    public record Evidence(
            String request,
            int status,
            @Nullable String code,
            @Nullable String requestId,
            String says) implements JsonSerializable<Evidence> {

        /**
         * A piece of evidence.
         *
         * @throws io.xtcmk.exception.InvalidInputException if request or what it says is null or blank
         */
        public Evidence {
            Checks.notBlank("request", request);
            Checks.notBlank("says", says);
        }

        @Override
        public JsonWriter toJson(JsonWriter writer) throws IOException {
            writer.writeStartObject().writeStringField("request", request).writeIntField("status", status);
            if (code != null) {
                writer.writeStringField("code", code);
            }
            if (requestId != null) {
                writer.writeStringField("requestId", requestId);
            }
            return writer.writeStringField("says", says).writeEndObject();
        }

        static Evidence from(Fields fields) throws IOException {
            return new Evidence(
                    fields.text("request"),
                    fields.number("status"),
                    fields.textOrNull("code"),
                    fields.textOrNull("requestId"),
                    fields.text("says"));
        }

        /** The evidence on one line. */
        @Override
        public String toString() {
            return DiagnosisText.line(this);
        }
    }
}
