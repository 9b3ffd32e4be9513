package io.xtcmk.testing.world;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Azure's built-in roles, those of this scenario and its neighbourhood. Permissions from Microsoft's pages "Azure
 * built-in roles for Security / Identity / Storage / Databases / Privileged".
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of
public enum Role {
    OWNER(
            "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
            "Owner",
            "Everything, the assignment of roles included.",
            List.of("*"),
            List.of(),
            List.of()),
    CONTRIBUTOR(
            "b24988ac-6180-42a0-ab88-20f7382dd24c",
            "Contributor",
            "Everything but the assignment of roles.",
            List.of("*"),
            List.of(
                    "Microsoft.Authorization/*/Delete",
                    "Microsoft.Authorization/*/Write",
                    "Microsoft.Authorization/elevateAccess/Action"),
            List.of()),
    READER(
            "acdd72a7-3385-48ef-bd42-f606fba81ae7",
            "Reader",
            "Looking at everything, and changing nothing.",
            List.of("*/read"),
            List.of(),
            List.of()),
    USER_ACCESS_ADMINISTRATOR(
            "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
            "User Access Administrator",
            "The assignment of roles, and looking at everything.",
            List.of("*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"),
            List.of(),
            List.of()),
    RBAC_ADMINISTRATOR(
            "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
            "Role Based Access Control Administrator",
            "The assignment of roles, but no other way to give access.",
            List.of(
                    "Microsoft.Authorization/roleAssignments/write",
                    "Microsoft.Authorization/roleAssignments/delete",
                    "*/read",
                    "Microsoft.Support/*"),
            List.of(),
            List.of()),
    MANAGED_IDENTITY_CONTRIBUTOR(
            "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
            "Managed Identity Contributor",
            "Making, reading, changing and deleting user-assigned identities.",
            List.of(
                    "Microsoft.ManagedIdentity/userAssignedIdentities/read",
                    "Microsoft.ManagedIdentity/userAssignedIdentities/write",
                    "Microsoft.ManagedIdentity/userAssignedIdentities/delete",
                    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/*",
                    "Microsoft.Authorization/*/read",
                    "Microsoft.Insights/alertRules/*",
                    "Microsoft.Resources/subscriptions/resourceGroups/read",
                    "Microsoft.Resources/deployments/*",
                    "Microsoft.Support/*"),
            List.of(),
            List.of()),
    MANAGED_IDENTITY_OPERATOR(
            "f1a07417-d97a-45cb-824c-7a7467783830",
            "Managed Identity Operator",
            "Reading user-assigned identities and assigning them to resources.",
            List.of(
                    "Microsoft.ManagedIdentity/userAssignedIdentities/*/read",
                    "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action",
                    "Microsoft.Authorization/*/read",
                    "Microsoft.Insights/alertRules/*",
                    "Microsoft.Resources/subscriptions/resourceGroups/read",
                    "Microsoft.Resources/deployments/*",
                    "Microsoft.Support/*"),
            List.of(),
            List.of()),
    KEY_VAULT_CONTRIBUTOR(
            "f25e0fa2-a7c8-4377-a976-54943a77a395",
            "Key Vault Contributor",
            "Managing vaults, but neither roles in them nor keys, secrets and certificates.",
            List.of(
                    "Microsoft.Authorization/*/read",
                    "Microsoft.Insights/alertRules/*",
                    "Microsoft.KeyVault/*",
                    "Microsoft.Resources/deployments/*",
                    "Microsoft.Resources/subscriptions/resourceGroups/read",
                    "Microsoft.Support/*"),
            List.of(
                    "Microsoft.KeyVault/locations/deletedVaults/purge/action",
                    "Microsoft.KeyVault/hsmPools/*",
                    "Microsoft.KeyVault/managedHsms/*"),
            List.of()),
    KEY_VAULT_ADMINISTRATOR(
            "00482a5a-887f-4fb3-b363-3b7fe8e74483",
            "Key Vault Administrator",
            "Everything with what is in a vault: keys, secrets, certificates. Not the vault itself.",
            List.of(
                    "Microsoft.Authorization/*/read",
                    "Microsoft.Insights/alertRules/*",
                    "Microsoft.Resources/deployments/*",
                    "Microsoft.Resources/subscriptions/resourceGroups/read",
                    "Microsoft.Support/*",
                    "Microsoft.KeyVault/checkNameAvailability/read",
                    "Microsoft.KeyVault/deletedVaults/read",
                    "Microsoft.KeyVault/locations/*/read",
                    "Microsoft.KeyVault/vaults/*/read",
                    "Microsoft.KeyVault/operations/read"),
            List.of(),
            List.of("Microsoft.KeyVault/vaults/*")),
    KEY_VAULT_CRYPTO_OFFICER(
            "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
            "Key Vault Crypto Officer",
            "Everything with a vault's keys, but the assignment of roles.",
            List.of(
                    "Microsoft.Authorization/*/read",
                    "Microsoft.Insights/alertRules/*",
                    "Microsoft.Resources/deployments/*",
                    "Microsoft.Resources/subscriptions/resourceGroups/read",
                    "Microsoft.Support/*",
                    "Microsoft.KeyVault/checkNameAvailability/read",
                    "Microsoft.KeyVault/deletedVaults/read",
                    "Microsoft.KeyVault/locations/*/read",
                    "Microsoft.KeyVault/vaults/*/read",
                    "Microsoft.KeyVault/operations/read"),
            List.of(),
            List.of("Microsoft.KeyVault/vaults/keys/*", "Microsoft.KeyVault/vaults/keyrotationpolicies/*")),
    KEY_VAULT_CRYPTO_USER(
            "12338af0-0e69-4776-bea7-57ae8d297424",
            "Key Vault Crypto User",
            "Cryptographic operations with keys.",
            List.of(),
            List.of(),
            List.of(
                    "Microsoft.KeyVault/vaults/keys/read",
                    "Microsoft.KeyVault/vaults/keys/update/action",
                    "Microsoft.KeyVault/vaults/keys/backup/action",
                    "Microsoft.KeyVault/vaults/keys/encrypt/action",
                    "Microsoft.KeyVault/vaults/keys/decrypt/action",
                    "Microsoft.KeyVault/vaults/keys/wrap/action",
                    "Microsoft.KeyVault/vaults/keys/unwrap/action",
                    "Microsoft.KeyVault/vaults/keys/sign/action",
                    "Microsoft.KeyVault/vaults/keys/verify/action")),
    KEY_VAULT_CRYPTO_SERVICE_ENCRYPTION_USER(
            "e147488a-f6f5-4113-8e2d-b22465e65bf6",
            "Key Vault Crypto Service Encryption User",
            "Reading a key's metadata, wrapping and unwrapping: for services that encrypt.",
            List.of(
                    "Microsoft.EventGrid/eventSubscriptions/write",
                    "Microsoft.EventGrid/eventSubscriptions/read",
                    "Microsoft.EventGrid/eventSubscriptions/delete"),
            List.of(),
            List.of(
                    "Microsoft.KeyVault/vaults/keys/read",
                    "Microsoft.KeyVault/vaults/keys/wrap/action",
                    "Microsoft.KeyVault/vaults/keys/unwrap/action")),
    KEY_VAULT_READER(
            "21090545-7ca7-4776-b22c-e363652d74d2",
            "Key Vault Reader",
            "Reading metadata of vaults and of what is in them, but no secret values and no key material.",
            List.of(
                    "Microsoft.Authorization/*/read",
                    "Microsoft.Insights/alertRules/*",
                    "Microsoft.Resources/deployments/*",
                    "Microsoft.Resources/subscriptions/resourceGroups/read",
                    "Microsoft.Support/*",
                    "Microsoft.KeyVault/checkNameAvailability/read",
                    "Microsoft.KeyVault/deletedVaults/read",
                    "Microsoft.KeyVault/locations/*/read",
                    "Microsoft.KeyVault/vaults/*/read",
                    "Microsoft.KeyVault/operations/read"),
            List.of(),
            List.of("Microsoft.KeyVault/vaults/*/read", "Microsoft.KeyVault/vaults/secrets/readMetadata/action")),
    STORAGE_ACCOUNT_CONTRIBUTOR(
            "17d1049b-9a84-46fb-8f53-869881c3d3ab",
            "Storage Account Contributor",
            "Managing storage accounts, their access keys included.",
            List.of(
                    "Microsoft.Authorization/*/read",
                    "Microsoft.Insights/alertRules/*",
                    "Microsoft.Insights/diagnosticSettings/*",
                    "Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action",
                    "Microsoft.ResourceHealth/availabilityStatuses/read",
                    "Microsoft.Resources/deployments/*",
                    "Microsoft.Resources/subscriptions/resourceGroups/read",
                    "Microsoft.Storage/storageAccounts/*",
                    "Microsoft.Support/*"),
            List.of(),
            List.of()),
    STORAGE_BLOB_DATA_CONTRIBUTOR(
            "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
            "Storage Blob Data Contributor",
            "Reading, writing and deleting containers and blobs.",
            List.of(
                    "Microsoft.Storage/storageAccounts/blobServices/containers/delete",
                    "Microsoft.Storage/storageAccounts/blobServices/containers/read",
                    "Microsoft.Storage/storageAccounts/blobServices/containers/write",
                    "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action"),
            List.of(),
            List.of(
                    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete",
                    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
                    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
                    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/move/action",
                    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action")),
    SQL_SERVER_CONTRIBUTOR(
            "6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437",
            "SQL Server Contributor",
            "Managing SQL servers and databases, but no access to them.",
            List.of(
                    "Microsoft.Authorization/*/read",
                    "Microsoft.Insights/alertRules/*",
                    "Microsoft.ResourceHealth/availabilityStatuses/read",
                    "Microsoft.Resources/deployments/*",
                    "Microsoft.Resources/subscriptions/resourceGroups/read",
                    "Microsoft.Sql/locations/*/read",
                    "Microsoft.Sql/servers/*",
                    "Microsoft.Support/*"),
            List.of(),
            List.of());

    private final UUID id;
    private final String displayName;
    private final String description;
    private final List<String> actions;
    private final List<String> notActions;
    private final List<String> dataActions;

    Role(
            String id,
            String displayName,
            String description,
            List<String> actions,
            List<String> notActions,
            List<String> dataActions) {
        this.id = UUID.fromString(id);
        this.displayName = displayName;
        this.description = description;
        this.actions = actions;
        this.notActions = notActions;
        this.dataActions = dataActions;
    }

    public UUID id() {
        return id;
    }

    public String displayName() {
        return displayName;
    }

    /** What it lets do, in a sentence. */
    public String description() {
        return description;
    }

    public List<String> actions() {
        return actions;
    }

    public List<String> notActions() {
        return notActions;
    }

    public List<String> dataActions() {
        return dataActions;
    }

    /** Whether the role allows an action of the control plane. */
    public boolean allows(String action) {
        return actions.stream().anyMatch(a -> covers(a, action))
                && notActions.stream().noneMatch(a -> covers(a, action));
    }

    /** Whether the role allows an action on data. */
    public boolean allowsData(String action) {
        return dataActions.stream().anyMatch(a -> covers(a, action));
    }

    public static Optional<Role> of(UUID id) {
        return List.of(values()).stream().filter(r -> r.id.equals(id)).findFirst();
    }

    public static Optional<Role> named(String displayName) {
        return List.of(values()).stream()
                .filter(r -> r.displayName.equalsIgnoreCase(displayName))
                .findFirst();
    }

    /**
     * Whether a pattern with asterisks covers an action, regardless of case. Between two slashes an asterisk may stand for
     * nothing: Managed Identity Operator's {@code userAssignedIdentities/*}{@code /assign/action} is what lets it assign.
     */
    private static boolean covers(String pattern, String action) {
        return matches(pattern, action) || matches(pattern.replace("/*/", "/"), action);
    }

    private static boolean matches(String pattern, String action) {
        String[] parts = pattern.toLowerCase(java.util.Locale.ROOT).split("\\*", -1);
        String text = action.toLowerCase(java.util.Locale.ROOT);
        if (parts.length == 1) {
            return text.equals(parts[0]);
        }
        if (!text.startsWith(parts[0]) || !text.endsWith(parts[parts.length - 1])) {
            return false;
        }
        int from = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int at = text.indexOf(parts[i], from);
            if (at < 0) {
                return false;
            }
            from = at + parts[i].length();
        }
        return from <= text.length() - parts[parts.length - 1].length();
    }
}
