package io.xtcmk;

import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.internal.Texts;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.TenantId;

/**
 * Remembers which customer owns which key: a key belongs to one customer, and all keys of a customer are in one tenant.
 * Phase 3 claims a key before it changes anything ({@link ResourceEncryption#claimFor}).
 *
 * <p>A service with several instances implements it over its database: a row for each key with the customer's reference, and
 * a row for each reference with its tenant. {@code KeyRegistryContract} in xtcmk-testing tests an implementation.
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

    /** The answer to a claim. */
    enum Answer {
        /** The key belongs to this customer, from now on or as before. */
        GRANTED,
        /** The key belongs to another customer. */
        HELD_BY_ANOTHER,
        /** This customer's first key was in another tenant. */
        OTHER_TENANT
    }

    /**
     * Claims a key. A customer's first claim also sets the customer's tenant. An implementation must be atomic: if two
     * customers claim a key at once, only one may get it. A claim that is not granted changes nothing.
     *
     * @param claim the claim
     * @return the answer
     */
    Answer claim(Claim claim);

    /**
     * Returns what {@link #claim} would answer. Changes nothing.
     *
     * @param claim the claim
     * @return the answer that a claim would get
     */
    Answer peek(Claim claim);

    /**
     * Forgets a customer with tenant and keys: when the customer leaves, or before a fresh start in another tenant.
     *
     * @param reference the provider's own name for the customer
     */
    void release(String reference);

    /**
     * A registry in memory, for tests, and for services of one process that claim their customers' keys at each start.
     * Thread-safe.
     *
     * @return an empty registry
     */
    static KeyRegistry inMemory() {
        return new InMemoryKeyRegistry();
    }
}
