package io.xtcmk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.UUID;

/**
 * An Entra tenant (directory).
 *
 * @param value the GUID
 */
public record TenantId(UUID value) implements Serializable {

    /**
     * An id from its GUID.
     *
     * @throws io.xtcmk.exception.InvalidInputException if it is null or all zeros
     */
    public TenantId {
        Guids.check("tenantId", value);
    }

    /**
     * Reads the id: the tenant id in the Entra admin center.
     *
     * @param text a GUID of 36 characters; surrounding blanks are ignored
     * @return the id
     * @throws io.xtcmk.exception.InvalidInputException if it is not a GUID
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static TenantId of(String text) {
        return new TenantId(Guids.parse("tenantId", text, "the tenant id in the Entra admin center"));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
