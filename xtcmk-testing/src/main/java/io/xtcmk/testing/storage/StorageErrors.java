package io.xtcmk.testing.storage;

import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.http.AzureError;

/**
 * How Storage says no. Codes of broken chains from Microsoft's pages "Troubleshoot customer-managed keys" and "Common
 * REST API error codes" for Storage; neither tells the customer's directory from the customer's vault.
 */
final class StorageErrors {
    private StorageErrors() {}

    /** What the resource provider answers to an update that needs the key. */
    static AzureError ofProvider(BrokenLink broken) {
        return switch (broken.link()) {
            // of an expired key too: github.com/MicrosoftDocs/azure-docs/issues/84096
            case IDENTITY, SERVICE_PRINCIPAL, CREDENTIAL, TOKEN, ROLE, KEY_TIME ->
                AzureError.of(
                        400,
                        "KeyVaultAuthenticationFailure",
                        "The operation failed because of authentication issue on the keyvault. For more information, see -"
                                + " https://aka.ms/storagekeyvaultaccesspolicy");
            case RECOVERY_LEVEL -> AzureError.of(400, "KeyVaultPolicyError", "Keyvault policy recoverable is not set");
            case VAULT -> AzureError.of(400, "KeyVaultVaultNotFound", "The key vault is not found.");
            case KEY, KEY_ENABLED ->
                AzureError.of(
                        400,
                        "KeyVaultEncryptionKeyNotFound",
                        "The key vault key is not found to unwrap the encryption key.");
            case KEY_KIND -> invalid("keyvaultproperties.keyname");
        };
    }

    /** What blob requests are answered while the key cannot be used. */
    static AzureError ofData(BrokenLink broken) {
        return switch (broken.link()) {
            case IDENTITY, SERVICE_PRINCIPAL, CREDENTIAL, TOKEN, ROLE ->
                AzureError.of(
                        403,
                        "KeyVaultAccessTokenCannotBeAcquired",
                        "Access token to the key vault that protects the account cannot be acquired.");
            case VAULT -> AzureError.of(403, "KeyVaultVaultNotFound", "The key vault is not found.");
            case KEY, KEY_KIND, RECOVERY_LEVEL, KEY_ENABLED, KEY_TIME ->
                AzureError.of(
                        403,
                        "KeyVaultEncryptionKeyNotFound",
                        "The key vault key is not found to unwrap the encryption key.");
        };
    }

    static AzureError invalid(String what) {
        return AzureError.of(
                400, "InvalidValuesForRequestParameters", "Values for request parameters are invalid: " + what + ".");
    }

    static AzureError noIdentity() {
        return AzureError.of(
                400, "KeyVaultAuthenticationFailure", "Managed Service Identity (MSI) is not set for this account.");
    }

    /**
     * The sentence is Azure's (github.com/hashicorp/terraform-provider-azurerm/issues/19717). No report shows its code: of
     * those on the page "Storage resource provider error codes" this one fits.
     */
    static AzureError tooManyIdentities() {
        return AzureError.of(
                400,
                "StorageAccountPropertiesNotValid",
                "Too many user-assigned identities specified on the resource.");
    }

    /** The sentence is Azure's (github.com/Azure/bicep-registry-modules/issues/4467); of the code, see above. */
    static AzureError identityAndKeyAtOnce() {
        return AzureError.of(
                400,
                "AccountPropertyCannotBeUpdated",
                "The properties 'encryption.identity, encryption.keyvaultproperties' cannot be updated in a single"
                        + " operation.");
    }

    static AzureError nameInvalid(String name) {
        return AzureError.of(400, "AccountNameInvalid", name + " is not a valid storage account name. " + NAME_RULE);
    }

    static final String NAME_RULE = "Storage account name must be between 3 and 24 characters in length and use"
            + " numbers and lower-case letters only.";

    static AzureError nameTaken(String name) {
        return AzureError.of(
                409, "StorageAccountAlreadyTaken", "The storage account named " + name + " is already taken.");
    }

    static AzureError notProvisioned() {
        return AzureError.of(
                409,
                "StorageAccountIsNotProvisioned",
                "The storage account provisioning state must be 'Succeeded' before executing the operation.");
    }

    static AzureError busy() {
        return AzureError.of(
                409,
                "StorageAccountOperationInProgress",
                "An operation is currently performing on this storage account that requires exclusive access.");
    }
}
