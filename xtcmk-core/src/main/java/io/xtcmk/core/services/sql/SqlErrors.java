package io.xtcmk.core.services.sql;

import static io.xtcmk.core.errors.ErrorCatalogue.Kind.CONFLICT;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.KEY_ACCESS;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.OTHER;
import static io.xtcmk.core.errors.ErrorCatalogue.Nature.BUSY;
import static io.xtcmk.core.errors.ErrorCatalogue.Nature.FRESH_GRANT;
import static io.xtcmk.core.errors.ErrorCatalogue.Nature.NAME_TAKEN;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.CUSTOMER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.PROVIDER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.WAIT;
import static io.xtcmk.core.errors.ErrorCatalogue.entry;

import io.xtcmk.core.errors.ErrorCatalogue.Entry;
import java.util.List;

/** Azure SQL: the published specification of Microsoft.Sql. */
final class SqlErrors {
    static final List<Entry> ALL = List.of(
            entry(
                            "NameAlreadyExists",
                            CONFLICT,
                            "The server's name is taken elsewhere in Azure.",
                            PROVIDER,
                            "Choose another name.")
                    .as(NAME_TAKEN),
            entry(
                            "ServerAlreadyExists",
                            CONFLICT,
                            "The server's name is taken elsewhere in Azure.",
                            PROVIDER,
                            "Choose another name.")
                    .as(NAME_TAKEN),
            entry(
                    "InvalidServerName",
                    OTHER,
                    "The server's name is not one that Azure takes.",
                    PROVIDER,
                    "Use lower-case letters, digits and dashes."),
            entry(
                    "InvalidLoginName",
                    OTHER,
                    "The administrator's login is not one that Azure takes.",
                    PROVIDER,
                    "Choose another login, or an Entra administrator."),
            entry(
                    "PasswordTooShort",
                    OTHER,
                    "The administrator's password is too short.",
                    PROVIDER,
                    "Choose a longer one, or an Entra administrator."),
            entry(
                    "PasswordNotComplex",
                    OTHER,
                    "The administrator's password is too simple.",
                    PROVIDER,
                    "Choose another one, or an Entra administrator."),
            entry(
                    "RegionDoesNotAllowProvisioning",
                    OTHER,
                    "The region takes no new servers of this subscription.",
                    PROVIDER,
                    "Use another region, or ask Azure support for access to it."),
            entry(
                    "ServerQuotaExceeded",
                    OTHER,
                    "The subscription has as many servers in this region as it may.",
                    PROVIDER,
                    "Use another region, or have the quota raised."),
            entry(
                    "SubscriptionTooManyCreateUpdateRequests",
                    OTHER,
                    "The subscription has too many changes of servers.",
                    WAIT,
                    "Run again later, with fewer at once."),
            entry(
                            "ConflictingServerOperation",
                            OTHER,
                            "Somebody else is changing the server, or a run before this one is.",
                            WAIT,
                            "Run again when that is over.")
                    .as(BUSY),
            entry(
                            "UpsertLogicalServerRequestAlreadyInProgress",
                            OTHER,
                            "Somebody else is changing the server, or a run before this one is.",
                            WAIT,
                            "Run again when that is over.")
                    .as(BUSY),
            entry(
                            "EncryptionProtectorChangeInProgress",
                            OTHER,
                            "Somebody else is changing the server's protector, or a run before this one is.",
                            WAIT,
                            "Run again when that is over.")
                    .as(BUSY),
            entry(
                    "SubscriptionDoesNotHaveServer",
                    OTHER,
                    "The subscription has no such server.",
                    PROVIDER,
                    "Check subscription, resource group and name."),
            entry(
                    "ServerNotInSubscriptionResourceGroup",
                    OTHER,
                    "The server is in another resource group.",
                    PROVIDER,
                    "Name the resource group in which it is."),
            entry(
                    "MissingIdentityId",
                    OTHER,
                    "The server was given no managed identity.",
                    PROVIDER,
                    "Run update(): it attaches the identity."),
            entry(
                    "InvalidPrimaryIdentityId",
                    OTHER,
                    "The managed identity's id is not one.",
                    PROVIDER,
                    "Run phase 1 again, and use its new result."),
            entry(
                    "MissingPrimaryIdentity",
                    OTHER,
                    "The server has identities, but none of them is its primary one.",
                    PROVIDER,
                    "Run update(): it sets the identity."),
            entry(
                    "InvalidIdentityTypeForKeyId",
                    OTHER,
                    "The server's identity is not a user-assigned one.",
                    PROVIDER,
                    "Run update(): it attaches the identity."),
            entry(
                            "UmiMissingAkvPermissions",
                            KEY_ACCESS,
                            "SQL could not use the key: the application has no role on it (or got it only minutes ago), is not installed, or does not trust the managed identity; or the vault's firewall does not let trusted Microsoft services pass.",
                            CUSTOMER,
                            "Check consent, role and the vault's firewall in the customer's tenant; then the federated identity credential.")
                    .as(FRESH_GRANT),
            entry(
                            "PrimaryIdentityMissingPermissionForKeyId",
                            KEY_ACCESS,
                            "SQL could not use the key with the primary identity; or the vault's firewall does not let trusted Microsoft services pass.",
                            CUSTOMER,
                            "Check consent, role and the vault's firewall in the customer's tenant; then the federated identity credential.")
                    .as(FRESH_GRANT),
            entry(
                            "AzureKeyVaultMissingPermissions",
                            KEY_ACCESS,
                            "The application has no role on the key, or got it only minutes ago; or the vault's firewall does not let trusted Microsoft services pass.",
                            CUSTOMER,
                            "Grant Key Vault Crypto Service Encryption User on the key, and check the vault's firewall.")
                    .as(FRESH_GRANT),
            entry(
                            "AdalServicePrincipalNotFound",
                            KEY_ACCESS,
                            "The application has no service principal in the customer's tenant.",
                            CUSTOMER,
                            "Install the application (phase 2).")
                    .as(FRESH_GRANT),
            entry(
                            "AdalGenericError",
                            KEY_ACCESS,
                            "SQL got no token as the application in the customer's tenant.",
                            PROVIDER,
                            "Check the federated identity credential and that the application is multi-tenant.")
                    .as(FRESH_GRANT),
            entry(
                    "SecurityInvalidAzureKeyVaultRecoveryLevel",
                    KEY_ACCESS,
                    "The vault has no purge protection or no soft delete.",
                    CUSTOMER,
                    "Enable purge protection on the vault."),
            entry(
                    "AzureKeyVaultRsaKeyNotSupported",
                    KEY_ACCESS,
                    "The key is not RSA of 2048 or 3072 bits, which SQL asks for.",
                    CUSTOMER,
                    "Make such a key."),
            entry(
                    "AzureKeyVaultKeyDisabled",
                    KEY_ACCESS,
                    "The key is disabled.",
                    CUSTOMER,
                    "Enable the key, if it was not disabled on purpose."),
            entry(
                    "AzureKeyVaultInvalidExpirationDate",
                    KEY_ACCESS,
                    "The key has expired.",
                    CUSTOMER,
                    "Make a new version of the key, without an end or with a later one."),
            entry(
                    "AzureKeyVaultKeyNameNotFound",
                    KEY_ACCESS,
                    "There is no such key in the vault.",
                    CUSTOMER,
                    "Check the key's name, and whether it was deleted."),
            entry(
                    "KeyMaterialNotFoundOnRemoteServer",
                    KEY_ACCESS,
                    "The key's version is not in the vault.",
                    CUSTOMER,
                    "Check the key's version, and whether it was deleted."),
            entry(
                    "AzureKeyVaultNoServerIdentity",
                    KEY_ACCESS,
                    "The server has no identity with which to ask for the key.",
                    PROVIDER,
                    "Run update(): it attaches the identity."),
            entry(
                    "AzureKeyVaultInvalidUri",
                    KEY_ACCESS,
                    "The key's URL is not one.",
                    CUSTOMER,
                    "Give the key's URL as the vault shows it."),
            entry(
                    "AzureKeyVaultMalformedVaultUri",
                    KEY_ACCESS,
                    "The vault's URL is not one.",
                    CUSTOMER,
                    "Give the key's URL as the vault shows it."),
            entry(
                    "SecurityAzureKeyVaultUrlNullOrEmpty",
                    KEY_ACCESS,
                    "The key's URL is missing.",
                    CUSTOMER,
                    "Give the key's URL as the vault shows it."),
            entry(
                    "SecurityAzureKeyVaultInvalidKeyName",
                    KEY_ACCESS,
                    "SQL does not take the key's name.",
                    CUSTOMER,
                    "Make a key of another name."),
            entry(
                    "AzureKeyVaultKeyInUse",
                    CONFLICT,
                    "The key is in use, so it cannot be removed from the server.",
                    PROVIDER,
                    "Switch the server to another key first."),
            entry(
                    "ServerKeyNotFound",
                    OTHER,
                    "The server does not know the key.",
                    PROVIDER,
                    "Run update(): it adds the key."),
            entry(
                    "ServerKeyDoesNotExists",
                    OTHER,
                    "The server does not know the key.",
                    PROVIDER,
                    "Run update(): it adds the key."),
            entry(
                    "ServerKeyNameAlreadyExists",
                    CONFLICT,
                    "The server has another key under this name.",
                    PROVIDER,
                    "Remove that key from the server."),
            entry(
                    "ServerKeyUriAlreadyExists",
                    CONFLICT,
                    "The server has this key under another name.",
                    PROVIDER,
                    "Use it under that name."),
            entry(
                    "AzureKeyVaultConnectionFailed",
                    KEY_ACCESS,
                    "SQL could not reach the vault.",
                    WAIT,
                    "Run again; if it stays, see whether the vault exists and lets trusted Microsoft services in."),
            entry(
                    "AzureKeyVaultGenericConnectionError",
                    KEY_ACCESS,
                    "SQL could not reach the vault.",
                    WAIT,
                    "Run again; if it stays, see whether the vault exists and lets trusted Microsoft services in."));

    private SqlErrors() {}
}
