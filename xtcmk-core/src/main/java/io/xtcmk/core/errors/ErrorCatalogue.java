package io.xtcmk.core.errors;

import static io.xtcmk.exception.CrossTenantCmkException.Actor.CUSTOMER;
import static io.xtcmk.exception.CrossTenantCmkException.Actor.PROVIDER;
import static io.xtcmk.exception.CrossTenantCmkException.Actor.WAIT;

import io.xtcmk.exception.CrossTenantCmkException.Actor;
import java.util.List;
import java.util.Optional;

/**
 * What Azure's error codes mean in this scenario: one table for all exceptions, and for the table in the documentation.
 * Codes from Microsoft's pages "Microsoft Entra authentication and authorization error codes", "Azure Key Vault REST API
 * error codes", "Troubleshoot Azure RBAC", "Storage resource provider / Blob service error codes" and the published
 * specification of Microsoft.Sql.
 */
public final class ErrorCatalogue {

    /** Which of the exceptions a code becomes. */
    public enum Kind {
        /** The caller lacks a role. */
        PERMISSION,
        /** A service cannot use the customer's key. */
        KEY_ACCESS,
        /** Something is there but otherwise. */
        CONFLICT,
        /** Anything else. */
        OTHER
    }

    /**
     * A line of the table.
     *
     * @param code the code, as the service writes it
     * @param kind the exception it becomes
     * @param cause the likely cause
     * @param actor who must act
     * @param fix how
     */
    public record Entry(String code, Kind kind, String cause, Actor actor, String fix) {}

    private static final List<Entry> ENTRIES = List.of(
            // Entra's token service
            entry(
                    "AADSTS90002",
                    Kind.OTHER,
                    "There is no tenant of this id in this cloud.",
                    PROVIDER,
                    "Check the tenant id and the cloud."),
            entry(
                    "AADSTS700016",
                    Kind.KEY_ACCESS,
                    "The application is not installed in the tenant, or is single-tenant, or the client id is wrong.",
                    CUSTOMER,
                    "Install the application (phase 2) with the client id that the provider gave."),
            entry(
                    "AADSTS7000229",
                    Kind.KEY_ACCESS,
                    "The application has no service principal in the tenant.",
                    CUSTOMER,
                    "Install the application (phase 2): by authorize(), or by the consent URL."),
            entry(
                    "AADSTS7000112",
                    Kind.KEY_ACCESS,
                    "The application's service principal is disabled in the tenant.",
                    CUSTOMER,
                    "Enable it under Enterprise applications, if it was not disabled on purpose."),
            entry(
                    "AADSTS7000215",
                    Kind.OTHER,
                    "The credential's client secret is wrong.",
                    PROVIDER,
                    "Give the credential the secret's value, not its id."),
            entry(
                    "AADSTS7000222",
                    Kind.OTHER,
                    "The credential's client secret has expired.",
                    PROVIDER,
                    "Use a credential without a secret, such as a managed identity."),
            entry(
                    "AADSTS70021",
                    Kind.KEY_ACCESS,
                    "No federated identity credential of the application matches the managed identity's token yet.",
                    WAIT,
                    "Wait some minutes after phase 1; if it stays, run phase 1 again."),
            entry(
                    "AADSTS700211",
                    Kind.KEY_ACCESS,
                    "No federated identity credential of the application has the managed identity's issuer.",
                    PROVIDER,
                    "Run phase 1 again in the tenant of the managed identity."),
            entry(
                    "AADSTS700212",
                    Kind.KEY_ACCESS,
                    "The federated identity credential has another audience than this cloud's.",
                    PROVIDER,
                    "Run phase 1 again with the right cloud."),
            entry(
                    "AADSTS700213",
                    Kind.KEY_ACCESS,
                    "No federated identity credential of the application names this managed identity's principal id.",
                    PROVIDER,
                    "Run phase 1 again with this managed identity."),
            entry(
                    "AADSTS7002138",
                    Kind.KEY_ACCESS,
                    "The federated identity credential's subject differs from the principal id in letter case.",
                    PROVIDER,
                    "Delete that credential and run phase 1 again."),
            entry(
                    "AADSTS700236",
                    Kind.KEY_ACCESS,
                    "Managed identity and application are in different tenants.",
                    PROVIDER,
                    "Keep both in the provider's tenant."),
            entry(
                    "AADSTS65001",
                    Kind.OTHER,
                    "Nobody consented to the application in the tenant.",
                    CUSTOMER,
                    "Have an administrator consent."),
            entry(
                    "AADSTS500011",
                    Kind.OTHER,
                    "The tenant does not know the service for which a token was asked.",
                    PROVIDER,
                    "Check that the connection's cloud is the tenant's."),
            // Resource Manager
            entry(
                    "AuthorizationFailed",
                    Kind.PERMISSION,
                    "The caller has no role that allows this, or got it only minutes ago.",
                    PROVIDER,
                    "Assign the role named below, wait for it to be honoured, and run again."),
            entry(
                    "LinkedAuthorizationFailed",
                    Kind.PERMISSION,
                    "The caller may change the resource but not assign the managed identity to it.",
                    PROVIDER,
                    "Assign Managed Identity Operator on the identity."),
            entry(
                    "InvalidAuthenticationTokenTenant",
                    Kind.PERMISSION,
                    "The credential signed in to another tenant than the subscription's.",
                    PROVIDER,
                    "Build the credential with the connection's tenant id."),
            entry(
                    "ExpiredAuthenticationToken",
                    Kind.OTHER,
                    "The credential gave a token that has ended, or the machine's clock is wrong.",
                    PROVIDER,
                    "Give a credential that renews its tokens, and run again."),
            entry(
                    "SubscriptionNotFound",
                    Kind.OTHER,
                    "The subscription does not exist, or is of another tenant or cloud.",
                    PROVIDER,
                    "Check the subscription id, and that it belongs to the connection's tenant."),
            entry(
                    "ResourceGroupNotFound",
                    Kind.OTHER,
                    "The resource group does not exist.",
                    PROVIDER,
                    "Create it, or name a region so that it can be created."),
            entry(
                    "ResourceNotFound",
                    Kind.OTHER,
                    "The resource does not exist.",
                    PROVIDER,
                    "Check subscription, resource group and name."),
            entry(
                    "InvalidResourceGroupLocation",
                    Kind.CONFLICT,
                    "The resource group exists in another region.",
                    PROVIDER,
                    "Use that region for the group, or another group."),
            entry(
                    "ScopeLocked",
                    Kind.OTHER,
                    "A lock forbids changes.",
                    PROVIDER,
                    "Remove the lock, or have its owner do it."),
            entry(
                    "PrincipalNotFound",
                    Kind.OTHER,
                    "The service principal is not replicated yet, or was deleted.",
                    WAIT,
                    "Run again in some minutes."),
            entry(
                    "RoleAssignmentLimitExceeded",
                    Kind.OTHER,
                    "The subscription has 4000 role assignments, the limit.",
                    CUSTOMER,
                    "Remove role assignments that are not used."),
            entry(
                    "VaultAlreadyExists",
                    Kind.CONFLICT,
                    "The vault's name is taken elsewhere in Azure.",
                    CUSTOMER,
                    "Choose another name."),
            entry(
                    "ConflictError",
                    Kind.CONFLICT,
                    "A deleted vault of this name can still be recovered.",
                    CUSTOMER,
                    "Recover it, or choose another name."),
            entry(
                    "StorageAccountAlreadyTaken",
                    Kind.CONFLICT,
                    "The account's name is taken elsewhere in Azure.",
                    PROVIDER,
                    "Choose another name."),
            entry(
                    "NameAlreadyExists",
                    Kind.CONFLICT,
                    "The server's name is taken elsewhere in Azure.",
                    PROVIDER,
                    "Choose another name."),
            entry(
                    "RequestDisallowedByPolicy",
                    Kind.OTHER,
                    "An Azure Policy forbids it.",
                    PROVIDER,
                    "Read the policy's name in Azure's message and agree with its owner."),
            entry(
                    "FailedIdentityOperation",
                    Kind.OTHER,
                    "The managed identity does not exist any more.",
                    PROVIDER,
                    "Run phase 1 again, and use its new result."),
            entry(
                    "StorageAccountOperationInProgress",
                    Kind.OTHER,
                    "Somebody else is changing the account, or a run before this one is.",
                    WAIT,
                    "Run again when that is over."),
            entry(
                    "ConflictingServerOperation",
                    Kind.OTHER,
                    "Somebody else is changing the server, or a run before this one is.",
                    WAIT,
                    "Run again when that is over."),
            // Graph
            entry(
                    "Authorization_RequestDenied",
                    Kind.PERMISSION,
                    "The caller has no directory role or permission for this.",
                    PROVIDER,
                    "Have the role named below assigned, and run again."),
            entry(
                    "Request_ResourceNotFound",
                    Kind.OTHER,
                    "The directory object is not replicated yet, or was deleted.",
                    WAIT,
                    "Run again in some minutes."),
            entry(
                    "NoBackingApplicationObject",
                    Kind.OTHER,
                    "There is no multi-tenant application of this client id in this cloud, or it is not replicated yet.",
                    PROVIDER,
                    "Check the client id (not the object id), and that the application's signInAudience is"
                            + " AzureADMultipleOrgs."),
            entry(
                    "Directory_QuotaExceeded",
                    Kind.OTHER,
                    "The application has 20 federated identity credentials, the limit, or the tenant is full.",
                    PROVIDER,
                    "Remove a credential that is not used, or use a second application."),
            // Key Vault
            entry(
                    "ForbiddenByRbac",
                    Kind.PERMISSION,
                    "The caller has no role on the key, or got it only minutes ago.",
                    CUSTOMER,
                    "Assign the role named below on the key or vault, and run again."),
            entry(
                    "ForbiddenByPolicy",
                    Kind.PERMISSION,
                    "The vault uses access policies and has none for this, or the key does not allow the operation.",
                    CUSTOMER,
                    "Switch the vault to Azure RBAC, or give the key the operation."),
            entry(
                    "ForbiddenByFirewall",
                    Kind.KEY_ACCESS,
                    "The vault's firewall keeps the caller out.",
                    CUSTOMER,
                    "Allow trusted Microsoft services to bypass the vault's firewall."),
            entry(
                    "ForbiddenByConnection",
                    Kind.KEY_ACCESS,
                    "The vault allows private connections only.",
                    CUSTOMER,
                    "Allow trusted Microsoft services to bypass the vault's firewall."),
            entry(
                    "KeyDisabled",
                    Kind.KEY_ACCESS,
                    "The key is disabled.",
                    CUSTOMER,
                    "Enable the key, if it was not disabled on purpose."),
            entry(
                    "KeyNotYetValidOrExpired",
                    Kind.KEY_ACCESS,
                    "The key is not valid yet, or has expired.",
                    CUSTOMER,
                    "Make a new version of the key, without an end or with a later one."),
            entry(
                    "KeyNotFound",
                    Kind.KEY_ACCESS,
                    "There is no such key in the vault.",
                    CUSTOMER,
                    "Check the key's name, and whether it was deleted: recover it within its retention."),
            entry(
                    "ObjectIsDeletedButRecoverable",
                    Kind.CONFLICT,
                    "A deleted key of this name can still be recovered.",
                    CUSTOMER,
                    "Recover it, or choose another name."),
            entry(
                    "AKV10032",
                    Kind.KEY_ACCESS,
                    "The vault is in another tenant than the caller.",
                    CUSTOMER,
                    "Check that vault and connection are of the same tenant."),
            // Storage
            entry(
                    "KeyVaultAuthenticationFailure",
                    Kind.KEY_ACCESS,
                    "Storage could not use the key: the application is not installed in the customer's tenant, has no role"
                            + " on the key (or got it only minutes ago), or does not trust the managed identity; or the"
                            + " key has expired or is disabled.",
                    CUSTOMER,
                    "Check consent, role and key in the customer's tenant; then the federated identity credential."),
            entry(
                    "KeyVaultPolicyError",
                    Kind.KEY_ACCESS,
                    "The vault has no purge protection or no soft delete.",
                    CUSTOMER,
                    "Enable purge protection on the vault."),
            entry(
                    "KeyVaultEncryptionKeyNotFound",
                    Kind.KEY_ACCESS,
                    "The key, or the version of it that is needed, is not in the vault or not usable.",
                    CUSTOMER,
                    "Check the key's name and version, and that it is enabled; recover it if it was deleted."),
            entry(
                    "KeyVaultVaultNotFound",
                    Kind.KEY_ACCESS,
                    "The vault does not exist.",
                    CUSTOMER,
                    "Check the vault's URL; recover the vault if it was deleted."),
            entry(
                    "KeyVaultAccessTokenCannotBeAcquired",
                    Kind.KEY_ACCESS,
                    "Storage got no token for the customer's tenant, or may not use the key any more.",
                    CUSTOMER,
                    "Check that the application is installed, enabled and has its role."),
            // SQL
            entry(
                    "UmiMissingAkvPermissions",
                    Kind.KEY_ACCESS,
                    "SQL could not use the key: the application has no role on it (or got it only minutes ago), is not"
                            + " installed, or does not trust the managed identity.",
                    CUSTOMER,
                    "Check consent and role in the customer's tenant; then the federated identity credential."),
            entry(
                    "PrimaryIdentityMissingPermissionForKeyId",
                    Kind.KEY_ACCESS,
                    "SQL could not use the key with the primary identity.",
                    CUSTOMER,
                    "Check consent and role in the customer's tenant; then the federated identity credential."),
            entry(
                    "AzureKeyVaultMissingPermissions",
                    Kind.KEY_ACCESS,
                    "The application has no role on the key, or got it only minutes ago.",
                    CUSTOMER,
                    "Grant Key Vault Crypto Service Encryption User on the key."),
            entry(
                    "AdalServicePrincipalNotFound",
                    Kind.KEY_ACCESS,
                    "The application has no service principal in the customer's tenant.",
                    CUSTOMER,
                    "Install the application (phase 2)."),
            entry(
                    "AdalGenericError",
                    Kind.KEY_ACCESS,
                    "SQL got no token as the application in the customer's tenant.",
                    PROVIDER,
                    "Check the federated identity credential and that the application is multi-tenant."),
            entry(
                    "SecurityInvalidAzureKeyVaultRecoveryLevel",
                    Kind.KEY_ACCESS,
                    "The vault has no purge protection or no soft delete.",
                    CUSTOMER,
                    "Enable purge protection on the vault."),
            entry(
                    "AzureKeyVaultRsaKeyNotSupported",
                    Kind.KEY_ACCESS,
                    "The key is not RSA of 2048 or 3072 bits, which SQL asks for.",
                    CUSTOMER,
                    "Make such a key."),
            entry(
                    "AzureKeyVaultKeyDisabled",
                    Kind.KEY_ACCESS,
                    "The key is disabled.",
                    CUSTOMER,
                    "Enable the key, if it was not disabled on purpose."),
            entry(
                    "AzureKeyVaultInvalidExpirationDate",
                    Kind.KEY_ACCESS,
                    "The key has expired.",
                    CUSTOMER,
                    "Make a new version of the key, without an end or with a later one."),
            entry(
                    "AzureKeyVaultKeyNameNotFound",
                    Kind.KEY_ACCESS,
                    "There is no such key in the vault.",
                    CUSTOMER,
                    "Check the key's name, and whether it was deleted."),
            entry(
                    "KeyMaterialNotFoundOnRemoteServer",
                    Kind.KEY_ACCESS,
                    "The key's version is not in the vault.",
                    CUSTOMER,
                    "Check the key's version, and whether it was deleted."),
            entry(
                    "AuthenticationFailed",
                    Kind.OTHER,
                    "The credential could not sign in, or its token was refused.",
                    PROVIDER,
                    "Check the credential, and that it is built with the connection's tenant id."),
            entry(
                    "CredentialUnavailable",
                    Kind.OTHER,
                    "The credential found nothing to sign in with here.",
                    PROVIDER,
                    "Sign in (az login), or give the connection a credential that works where this runs."),
            entry(
                    "UntrustedHost",
                    Kind.OTHER,
                    "A request, or an operation's address, led to a host that is not the service's own.",
                    PROVIDER,
                    "Check the connection's cloud and the vault's URL; look for a proxy that rewrites answers."),
            entry(
                    "InvalidAnswer",
                    Kind.OTHER,
                    "The answer is not what the service sends.",
                    PROVIDER,
                    "Look for a proxy that answers in the service's place, and run again."),
            entry(
                    "OperationTimeout",
                    Kind.OTHER,
                    "The operation is taking longer than half an hour.",
                    WAIT,
                    "Look at the resource, and run again."),
            entry(
                    "Network",
                    Kind.OTHER,
                    "No answer came: the network, a proxy or the service is down.",
                    WAIT,
                    "Check that the host can be reached, and run again."));

    private ErrorCatalogue() {}

    private static Entry entry(String code, Kind kind, String cause, Actor actor, String fix) {
        return new Entry(code, kind, cause, actor, fix);
    }

    /** The whole table. */
    public static List<Entry> entries() {
        return ENTRIES;
    }

    /** The line for a code. */
    public static Optional<Entry> find(String code) {
        return ENTRIES.stream().filter(e -> e.code().equalsIgnoreCase(code)).findFirst();
    }

    /** The line for a code, or one that says what the status tells. */
    static Entry of(int status, String code) {
        return find(code).orElseGet(() -> byStatus(status, code));
    }

    private static Entry byStatus(int status, String code) {
        if (status == 401) {
            return entry(
                    code,
                    Kind.OTHER,
                    "The service does not accept the credential's token: no role would change that.",
                    PROVIDER,
                    "Check the credential: its tenant, its cloud, and that it still exists.");
        }
        if (status == 403) {
            return entry(
                    code,
                    Kind.PERMISSION,
                    "The caller may not do this.",
                    PROVIDER,
                    "Assign the role named below, and run again.");
        }
        if (status == 429) {
            return entry(code, Kind.OTHER, "Azure throttles the caller.", WAIT, "Run again later, with fewer at once.");
        }
        if (status == 409 || status == 412) {
            return entry(
                    code,
                    Kind.CONFLICT,
                    "Something of this name is there already, or is being changed.",
                    PROVIDER,
                    "Look at the resource, and run again.");
        }
        if (status == 0 || status == 408 || status >= 500) {
            return entry(code, Kind.OTHER, "Azure did not answer, or stumbled.", WAIT, "Run again later.");
        }
        return entry(code, Kind.OTHER, "Azure refused the request.", PROVIDER, "See Azure's message.");
    }
}
