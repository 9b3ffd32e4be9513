package io.xtcmk.core.services;

import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.RequiredRole.Kind;
import io.xtcmk.model.SubscriptionId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The least-privileged role for each thing that a step does. Azure roles from Microsoft's page "Azure built-in roles";
 * Entra roles from "Least privileged roles by task in Microsoft Entra ID" and the permission tables of Microsoft Graph.
 */
public final class LeastPrivilege {
    /** The id of Key Vault Crypto Service Encryption User. */
    public static final String CRYPTO_SERVICE_ENCRYPTION_USER = "e147488a-f6f5-4113-8e2d-b22465e65bf6";

    private LeastPrivilege() {}

    /** Registering applications, and changing those that the caller owns. */
    public static RequiredRole applicationDeveloper() {
        return entra("Application Developer");
    }

    /** Installing another tenant's application. */
    public static RequiredRole cloudApplicationAdministrator() {
        return entra("Cloud Application Administrator");
    }

    /** Reading the directory. */
    public static RequiredRole directoryReaders() {
        return entra("Directory Readers");
    }

    /** Reading resources, roles, and keys without their use. */
    public static RequiredRole reader(String scope) {
        return azure("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7", scope);
    }

    public static RequiredRole managedIdentityContributor(String scope) {
        return azure("Managed Identity Contributor", "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59", scope);
    }

    /** Attaching an identity to a resource. */
    public static RequiredRole managedIdentityOperator(String scope) {
        return azure("Managed Identity Operator", "f1a07417-d97a-45cb-824c-7a7467783830", scope);
    }

    public static RequiredRole keyVaultContributor(String scope) {
        return azure("Key Vault Contributor", "f25e0fa2-a7c8-4377-a976-54943a77a395", scope);
    }

    public static RequiredRole keyVaultCryptoOfficer(String scope) {
        return azure("Key Vault Crypto Officer", "14b46e9e-c2b7-41b4-b07b-48a6ebf60603", scope);
    }

    /** Using keys to wrap and unwrap, and reading what is known of them. */
    public static RequiredRole keyVaultCryptoServiceEncryptionUser(String scope) {
        return azure("Key Vault Crypto Service Encryption User", CRYPTO_SERVICE_ENCRYPTION_USER, scope);
    }

    /** Granting roles: it can do nothing else, unlike Owner or User Access Administrator. */
    public static RequiredRole rbacAdministrator(String scope) {
        return azure("Role Based Access Control Administrator", "f58310d9-a9f6-439a-9e8d-f62e7b41a168", scope);
    }

    /** Making resource groups: no smaller built-in role can. */
    public static RequiredRole contributor(String scope) {
        return azure("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c", scope);
    }

    /** The scope that is a key; its URL where nobody told the vault's resource id. */
    public static String key(AuthorizedKey key) {
        return key.knownVaultId()
                .map(vault -> vault + "/keys/" + key.key().keyName())
                .orElseGet(() -> key.key().versionless().toString());
    }

    public static String group(SubscriptionId subscription, String resourceGroup) {
        return "/subscriptions/" + subscription + "/resourceGroups/" + resourceGroup;
    }

    public static String subscription(SubscriptionId subscription) {
        return "/subscriptions/" + subscription;
    }

    public static String text(List<RequiredRole> roles) {
        return roles.stream().map(RequiredRole::toString).collect(Collectors.joining("; "));
    }

    /** A role of Azure. */
    public static RequiredRole azure(String name, String id, String scope) {
        return new RequiredRole(Kind.AZURE, name, id, scope);
    }

    private static RequiredRole entra(String name) {
        return new RequiredRole(Kind.ENTRA, name, null, "/");
    }
}
