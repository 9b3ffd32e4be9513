package io.xtcmk;

import com.azure.core.management.Region;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.ResourceId;
import java.net.URI;
import reactor.core.publisher.Mono;

/**
 * Phase 1, once per provider: a multi-tenant application without secrets or permissions, a user-assigned managed
 * identity, and that identity as a federated identity credential of the application.
 *
 * <p>Least-privileged roles: <em>Application Developer</em> (Entra), or ownership of an existing application;
 * <em>Managed Identity Contributor</em> (Azure) on the resource group; <em>Contributor</em> on the subscription if the
 * resource group does not exist yet.
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
     * Where Entra sends administrators after they consent by URL ({@link ConsentFlow}). It is added to the URIs that the
     * application has. Without a redirect URI, the consent URL does not work.
     *
     * @param uri an https URI without a fragment (http for localhost)
     * @return this definition
     */
    FederatedAppDefinition redirectUri(URI uri);

    /**
     * The managed identity. It and its resource group are created if they do not exist. An identity in another region is a
     * conflict, because resources are created in the identity's region by default.
     *
     * @param resourceGroup the resource group
     * @param name the identity's name: 3 to 128 letters, digits, dashes and underscores
     * @param region where to create both
     * @return this definition
     */
    FederatedAppDefinition managedIdentity(String resourceGroup, String name, Region region);

    /**
     * An existing managed identity, in any region.
     *
     * @param identity the id of a {@code Microsoft.ManagedIdentity/userAssignedIdentities} resource of this tenant
     * @return this definition
     */
    FederatedAppDefinition managedIdentity(ResourceId identity);

    /**
     * The federated identity credential's name. The managed identity's name by default.
     *
     * @param name 3 to 120 letters, digits, dashes and underscores, starting with a letter or digit; Entra does not let it change later
     * @return this definition
     */
    FederatedAppDefinition credentialName(String name);

    /**
     * Creates what does not exist, and adopts what does. It adopts an application with this unique name if that is
     * multi-tenant and has no secrets. A credential with this name that trusts another subject is a conflict, and stays as
     * it is.
     *
     * <p>Sends 8 requests the first time and 5 again, sign-ins included, and typically takes a few seconds. In a directory
     * that replicates slowly it waits for up to {@link #propagationTimeout}.
     *
     * @return the application, which you keep: ids only, no secret
     * @throws IllegalStateException if the managed identity is missing
     * @throws io.xtcmk.exception.PermissionMissingException if the caller lacks a role
     * @throws io.xtcmk.exception.ResourceConflictException if something exists with other settings
     * @throws io.xtcmk.exception.ResourceMissingException if the managed identity was named by its id and does not exist
     * @throws io.xtcmk.exception.PropagationTimeoutException if something that was created did not become visible in time
     * @throws io.xtcmk.exception.CallTimeoutException if the call takes longer than {@link #timeout}
     * @throws io.xtcmk.exception.CrossTenantCmkException if Azure refuses for another reason
     */
    FederatedApp createFederatedApp();

    /**
     * Does what {@link #createFederatedApp()} does, once somebody subscribes.
     *
     * @return emits the application
     */
    Mono<FederatedApp> createFederatedAppAsync();
}
