package io.xtcmk;

import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.internal.Texts;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.TenantId;

/**
 * Remembers which key is which customer's: no key is two customers', and a customer's keys are all in one tenant. Phase 3
 * claims a key before it changes anything ({@link ResourceEncryption#claimFor}).
 *
 * <p>A service of several instances implements it with its database: a row for each key with the customer's reference, a row
 * for each reference with its tenant. {@code KeyRegistryContract} in xtcmk-testing tests an implementation.
 */
public interface KeyRegistry {

    /**
     * A customer's claim to a key.
     *
     * @param reference the provider's own name for the customer
     * @param tenantId the tenant in which the key is
     * @param key the key, without a version; a vault's host is unique in all of Azure, so it needs no tenant beside it
     */
    record Claim(String reference, TenantId tenantId, KeyIdentifier key) {

        /**
         * A claim.
         *
         * @throws InvalidInputException if an argument is null, blank or not printable
         */
        public Claim {
            if (reference == null || reference.isBlank() || tenantId == null || key == null) {
                throw new InvalidInputException("claim", "lacks a part", "give reference, tenantId and key");
            }
            if (!Texts.isOneLine(reference)) {
                throw new InvalidInputException(
                        "reference", "cannot be printed", "leave out line breaks and other control characters");
            }
            key = key.versionless();
        }
    }

    /** What becomes of a claim. */
    enum Answer {
        /** The key is this customer's, from now on or as before. */
        GRANTED,
        /** The key is another customer's. */
        HELD_BY_ANOTHER,
        /** This customer's first key was in another tenant. */
        OTHER_TENANT
    }

    /**
     * Claims a key. The first claim of a customer also sets the customer's tenant. Must be atomic: of two customers that
     * claim a key at once only one may get it. A claim that is not granted changes nothing.
     *
     * @param claim the claim
     * @return what becomes of it
     */
    Answer claim(Claim claim);

    /**
     * What {@link #claim} would answer. Changes nothing.
     *
     * @param claim the claim
     * @return what would become of it
     */
    Answer peek(Claim claim);

    /**
     * Forgets a customer, with tenant and keys: at the end, or before a new beginning in another tenant.
     *
     * @param reference the provider's own name for the customer
     */
    void release(String reference);

    /**
     * A registry in memory, for tests and for services of one process that have their customers' keys claimed at each
     * start. Safe to use from several threads.
     *
     * @return an empty one
     */
    static KeyRegistry inMemory() {
        return new InMemoryKeyRegistry();
    }
}
