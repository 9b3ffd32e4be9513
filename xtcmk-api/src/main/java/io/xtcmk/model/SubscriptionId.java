package io.xtcmk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * An Azure subscription.
 *
 * @param value the GUID
 */
public record SubscriptionId(UUID value) {

    /**
     * An id from its GUID.
     *
     * @throws io.xtcmk.exception.InvalidInputException if it is null or all zeros
     */
    public SubscriptionId {
        Guids.check("subscriptionId", value);
    }

    /**
     * Reads the id: the subscription id in the Azure portal.
     *
     * @param text a GUID of 36 characters; surrounding blanks are ignored
     * @return the id
     * @throws io.xtcmk.exception.InvalidInputException if it is not a GUID
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static SubscriptionId of(String text) {
        return new SubscriptionId(Guids.parse("subscriptionId", text, "the subscription id in the Azure portal"));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
