package io.xtcmk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * The principal (object) id of a user-assigned managed identity: the subject of its tokens, and so of the federated
 * identity credential.
 *
 * @param value the GUID
 */
public record PrincipalId(UUID value) {

    /**
     * An id from its GUID.
     *
     * @throws io.xtcmk.exception.InvalidInputException if it is null or all zeros
     */
    public PrincipalId {
        Guids.check("principalId", value);
    }

    /**
     * Reads the id: the managed identity's principal (object) id, not its client id.
     *
     * @param text a GUID of 36 characters; surrounding blanks are ignored
     * @return the id
     * @throws io.xtcmk.exception.InvalidInputException if it is not a GUID
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PrincipalId of(String text) {
        return new PrincipalId(
                Guids.parse("principalId", text, "the managed identity's principal (object) id, not its client id"));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
