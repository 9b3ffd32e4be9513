package io.xtcmk;

import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers which consents are under way, from the URL's making to the browser's return. The default keeps them in
 * memory; a service of several instances keeps them in its database.
 */
public interface ConsentStateStore {

    /**
     * A consent under way.
     *
     * @param reference the provider's own name for the customer
     * @param tenantId the tenant for which the URL was made
     * @param expiresAt when it is too late to come back
     */
    record Pending(String reference, TenantId tenantId, Instant expiresAt) {

        /**
         * A consent under way.
         *
         * @throws InvalidInputException if an argument is null
         */
        public Pending {
            if (reference == null || tenantId == null || expiresAt == null) {
                throw new InvalidInputException("pending", "lacks a part", "give reference, tenantId and expiresAt");
            }
        }
    }

    /**
     * Keeps a consent. Most may never be taken: a store should drop those that expired long ago.
     *
     * @param state the random text that comes back with the browser
     * @param pending what to remember by it
     */
    void put(String state, Pending pending);

    /**
     * Takes a consent out, so that it cannot be taken again. Must be atomic: of two that ask at once only one may get it.
     *
     * @param state the text that came back
     * @return what was remembered, or empty if there is nothing or it was taken before
     */
    Optional<Pending> take(String state);
}
