package io.xtcmk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * The object id of an app registration in its home tenant: Graph calls it {@code id}. Not the client id.
 *
 * @param value the GUID
 */
public record ApplicationObjectId(UUID value) {

    /**
     * An id from its GUID.
     *
     * @throws io.xtcmk.exception.InvalidInputException if it is null or all zeros
     */
    public ApplicationObjectId {
        Guids.check("applicationObjectId", value);
    }

    /**
     * Reads the id: the application's object id, not its client id.
     *
     * @param text a GUID of 36 characters; surrounding blanks are ignored
     * @return the id
     * @throws io.xtcmk.exception.InvalidInputException if it is not a GUID
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ApplicationObjectId of(String text) {
        return new ApplicationObjectId(
                Guids.parse("applicationObjectId", text, "the application's object id, not its client id"));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
