package io.xtcmk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * The object id of a service principal: the application as one tenant has it installed. This is what roles are assigned
 * to.
 *
 * @param value the GUID
 */
public record ServicePrincipalId(UUID value) {

    /**
     * An id from its GUID.
     *
     * @throws io.xtcmk.exception.InvalidInputException if it is null or all zeros
     */
    public ServicePrincipalId {
        Guids.check("servicePrincipalId", value);
    }

    /**
     * Reads the id: the service principal's object id, as the Entra admin center shows under Enterprise applications.
     *
     * @param text a GUID of 36 characters; surrounding blanks are ignored
     * @return the id
     * @throws io.xtcmk.exception.InvalidInputException if it is not a GUID
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ServicePrincipalId of(String text) {
        return new ServicePrincipalId(Guids.parse(
                "servicePrincipalId",
                text,
                "the service principal's object id, as the Entra admin center shows under Enterprise applications"));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
