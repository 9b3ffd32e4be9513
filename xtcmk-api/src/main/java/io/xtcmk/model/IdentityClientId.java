package io.xtcmk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * The client id of a user-assigned managed identity; by it a workload picks the identity. Not the id of any application.
 *
 * @param value the GUID
 */
public record IdentityClientId(UUID value) {

    /**
     * An id from its GUID.
     *
     * @throws io.xtcmk.exception.InvalidInputException if it is null or all zeros
     */
    public IdentityClientId {
        Guids.check("identityClientId", value);
    }

    /**
     * Reads the id: the managed identity's client id.
     *
     * @param text a GUID of 36 characters; surrounding blanks are ignored
     * @return the id
     * @throws io.xtcmk.exception.InvalidInputException if it is not a GUID
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static IdentityClientId of(String text) {
        return new IdentityClientId(Guids.parse("identityClientId", text, "the managed identity's client id"));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
