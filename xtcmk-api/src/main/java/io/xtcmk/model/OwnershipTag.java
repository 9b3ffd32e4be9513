package io.xtcmk.model;

import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.xtcmk.exception.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A tag that a provider issues for one customer, who puts it on the key to show that the key is hers: nobody can tag
 * another one's key, and the application may read the tags of the keys that it may use. Kept by the provider, as JSON; what
 * the customer gets is {@link #value}, which is of no use for another customer or in another tenant.
 *
 * @param reference the provider's own name for the customer
 * @param tenantId the customer's tenant, which the customer has proven
 * @param nonce 32 random bytes, in Base64 for URLs
 */
public record OwnershipTag(String reference, TenantId tenantId, String nonce)
        implements JsonSerializable<OwnershipTag> {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern BYTES32 = Pattern.compile("[0-9a-zA-Z_-]{43}");

    /**
     * A tag that was issued before.
     *
     * @throws InvalidInputException if an argument is null, blank or not of its form
     */
    public OwnershipTag {
        Checks.printable("reference", reference);
        Checks.notNull("tenantId", tenantId);
        if (!BYTES32.matcher(Checks.notBlank("nonce", nonce)).matches()) {
            throw new InvalidInputException("nonce", "is not 32 bytes in Base64 for URLs", "use issue()");
        }
    }

    /**
     * Issues a new tag.
     *
     * @param reference the provider's own name for the customer
     * @param tenantId the customer's tenant, which the customer has proven
     * @return the tag, to be kept
     * @throws InvalidInputException if an argument is null or blank
     */
    public static OwnershipTag issue(String reference, TenantId tenantId) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new OwnershipTag(reference, tenantId, BASE64.encodeToString(bytes));
    }

    /**
     * The tag's name on a key: each provider's application has its own.
     *
     * @param clientId the application
     * @return the name
     */
    public static String name(ClientId clientId) {
        return "xtcmk-ownership-" + Checks.notNull("clientId", clientId);
    }

    /**
     * Whether a text can be a tag's value.
     *
     * @param text the text
     * @return true for 43 letters, digits, dashes and underscores
     */
    public static boolean isValue(String text) {
        return BYTES32.matcher(Checks.notNull("text", text)).matches();
    }

    /**
     * The tag's value, for the customer. Made of nonce, tenant and reference, so that one customer's is none for another.
     *
     * @return 43 letters, digits, dashes and underscores
     */
    public String value() {
        String text = nonce + "\n" + tenantId + "\n" + reference;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return BASE64.encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * The command that tags a key, for a customer who does it by hand. It replaces all tags of the key: one that has others
     * needs them repeated.
     *
     * @param key the key, and the application that it is authorized for
     * @return a line for any shell
     */
    public String azureCliCommand(AuthorizedKey key) {
        KeyIdentifier id = Checks.notNull("key", key).key();
        return "az keyvault key set-attributes " + (id.isManagedHsm() ? "--hsm-name " : "--vault-name ")
                + id.vaultName()
                + " --name " + id.keyName() + (id.version() == null ? "" : " --version " + id.version())
                + " --tags " + name(key.clientId()) + "=" + value();
    }

    @Override
    public JsonWriter toJson(JsonWriter writer) throws IOException {
        return writer.writeStartObject()
                .writeStringField("reference", reference)
                .writeStringField("tenantId", tenantId.toString())
                .writeStringField("nonce", nonce)
                .writeEndObject();
    }

    @JsonValue
    Map<String, Object> toJackson() {
        return Jackson.write(this);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static OwnershipTag fromJackson(Jackson.Received json) {
        return Jackson.read(json, OwnershipTag::fromJson);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param reader at the object
     * @return the tag
     * @throws IOException if it is not such an object; the message names the field that is missing or broken
     */
    public static OwnershipTag fromJson(JsonReader reader) throws IOException {
        return Fields.read(
                reader,
                fields -> new OwnershipTag(
                        fields.text("reference"), fields.value("tenantId", TenantId::of), fields.text("nonce")));
    }

    /** For whom it is; not what is random in it. */
    @Override
    public String toString() {
        return "OwnershipTag[reference=" + reference + ", tenantId=" + tenantId + "]";
    }
}
