package io.xtcmk.model;

import io.xtcmk.internal.Texts;
import java.io.Serializable;
import java.time.Duration;

/**
 * What one step of a phase did.
 *
 * @param step the step, named for what it is about in the field's terms: {@code application}, {@code managedIdentity},
 *     {@code federatedIdentityCredential}, {@code servicePrincipal}, {@code keyVault}, {@code key}, ...
 * @param tenantId the tenant in which it happened
 * @param resource which resource, by the id or name under which its service knows it
 * @param change what was done
 * @param took from the step's first request to its last answer, on the connection's clock
 */
public record StepOutcome(String step, TenantId tenantId, String resource, Change change, Duration took)
        implements Serializable {

    /**
     * An outcome.
     *
     * @throws io.xtcmk.exception.InvalidInputException if an argument is null or blank
     */
    public StepOutcome {
        Checks.notBlank("step", step);
        Checks.notNull("tenantId", tenantId);
        Checks.notBlank("resource", resource);
        Checks.notNull("change", change);
        Checks.notNull("took", took);
    }

    /** What a step did to its resource. */
    public enum Change {
        /** It was not there, and now is. */
        CREATED,
        /** It was there but differed in something that may be changed, and now agrees. */
        UPDATED,
        /** It was there and agreed; nothing was written. */
        UNCHANGED
    }

    /** The outcome on one line. */
    @Override
    public String toString() {
        return Texts.oneLine(step + " " + resource + ": " + change + " (" + took + ")");
    }
}
