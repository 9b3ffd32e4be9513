package io.xtcmk;

import io.xtcmk.model.StepOutcome;
import reactor.core.publisher.Mono;

/**
 * Opens what a service closed because it could not use the customer's key. An Azure SQL server closes its databases within
 * ten minutes of losing the key. If the key is back within half an hour they open by themselves within the next hour, and
 * otherwise only after the provider has the encryption protector revalidated
 * (learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-overview). A storage account opens by
 * itself, so there is nothing to do.
 */
public interface ResourceHealing extends Definition<ResourceHealing> {

    /**
     * Looks for closed databases, has the encryption protector revalidated if there are any, and waits until they are open:
     * for half an hour, or as long as {@link #propagationTimeout} says. Databases that have a key of their own, and not the
     * server's, are left alone. Needs <em>SQL Server Contributor</em> on the server.
     *
     * @return what was done; unchanged if nothing was closed
     * @throws io.xtcmk.exception.ResourceMissingException if the resource does not exist
     * @throws io.xtcmk.exception.KeyAccessException if the service still cannot use the key; says which link to check
     * @throws io.xtcmk.exception.PropagationTimeoutException if the databases do not open in time
     * @throws io.xtcmk.exception.PermissionMissingException if the caller lacks a role
     * @throws io.xtcmk.exception.CallTimeoutException if the call takes longer than {@link #timeout}
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    StepOutcome heal();

    /**
     * Does what {@link #heal()} does, once somebody subscribes.
     *
     * @return emits the outcome
     */
    Mono<StepOutcome> healAsync();
}
