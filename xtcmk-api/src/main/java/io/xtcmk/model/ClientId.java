package io.xtcmk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * The client id of an application: Graph calls it {@code appId}. The same in every tenant in which the application
 * is installed; the one id that a provider gives to its customers.
 *
 * @param value the GUID
 */
public record ClientId(UUID value) {

    /**
     * An id from its GUID.
     *
     * @throws io.xtcmk.exception.InvalidInputException if it is null or all zeros
     */
    public ClientId {
        Guids.check("clientId", value);
    }

    /**
     * Reads the id: the application (client) id, not its object id.
     *
     * @param text a GUID of 36 characters; surrounding blanks are ignored
     * @return the id
     * @throws io.xtcmk.exception.InvalidInputException if it is not a GUID
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ClientId of(String text) {
        return new ClientId(Guids.parse("clientId", text, "the application (client) id, not its object id"));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
