package io.xtcmk;

import com.azure.core.management.Region;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.ResourceId;
import java.net.URI;
import reactor.core.publisher.Mono;

/**
 * Phase 1, once per provider: a multi-tenant application without secrets or permissions, a user-assigned managed
 * identity, and that identity as federated identity credential of the application.
 *
 * <p>Least-privileged roles: Application Developer (Entra; or ownership of an existing application), Managed Identity
 * Contributor (Azure, on the resource group), Contributor on the subscription if the resource group is to be made.
 */
public interface FederatedAppDefinition extends Definition<FederatedAppDefinition> {

    /**
     * The name that customers see when they consent. The unique name by default.
     *
     * @param name 1 to 120 characters
     * @return this definition
     */
    FederatedAppDefinition displayName(String name);

    /**
     * Where administrators are sent after they consented by URL ({@link ConsentFlow}). Added to those that the application
     * has; without any, the consent URL cannot be used.
     *
     * @param uri an https URI without a fragment (http for localhost)
     * @return this definition
     */
    FederatedAppDefinition redirectUri(URI uri);

    /**
     * The managed identity, made if it is not there, with its resource group. One in another region is a conflict, since
     * resources are made where the identity is.
     *
     * @param resourceGroup the resource group
     * @param name the identity's name: 3 to 128 letters, digits, dashes and underscores
     * @param region where to make it, and the group
     * @return this definition
     */
    FederatedAppDefinition managedIdentity(String resourceGroup, String name, Region region);

    /**
     * A managed identity that must be there already, in whatever region.
     *
     * @param identity the id of a {@code Microsoft.ManagedIdentity/userAssignedIdentities} resource of this tenant
     * @return this definition
     */
    FederatedAppDefinition managedIdentity(ResourceId identity);

    /**
     * The federated identity credential's name. The managed identity's name by default.
     *
     * @param name 3 to 120 letters, digits, dashes and underscores, a letter or digit first; it cannot be changed later
     * @return this definition
     */
    FederatedAppDefinition credentialName(String name);

    /**
     * Creates what is not there and adopts what is. An application of this unique name is adopted if it is multi-tenant
     * without secrets; a credential of this name that trusts another subject is a conflict, never overwritten.
     *
     * @return the application, to be kept: ids only, no secret
     * @throws IllegalStateException if the managed identity is missing
     * @throws io.xtcmk.exception.PermissionMissingException if the caller lacks a role
     * @throws io.xtcmk.exception.ResourceConflictException if something is there but otherwise
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    FederatedApp createFederatedApp();

    /**
     * As {@link #createFederatedApp()}, when subscribed to.
     *
     * @return the application to come
     */
    Mono<FederatedApp> createFederatedAppAsync();
}
