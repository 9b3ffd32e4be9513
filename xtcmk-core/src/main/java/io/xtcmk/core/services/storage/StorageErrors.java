package io.xtcmk.core.services.storage;

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

/** Storage, both planes: Microsoft's pages "Storage resource provider error codes" and "Blob service error codes". */
final class StorageErrors {
    static final List<Entry> ALL = List.of(
            entry(
                            "StorageAccountAlreadyTaken",
                            CONFLICT,
                            "The account's name is taken elsewhere in Azure.",
                            PROVIDER,
                            "Choose another name.")
                    .as(NAME_TAKEN),
            entry(
                    "StorageAccountAlreadyExists",
                    CONFLICT,
                    "The account was made by somebody else at the same time.",
                    PROVIDER,
                    "Run again: what is there is looked at."),
            entry(
                            "StorageAccountOperationInProgress",
                            OTHER,
                            "Somebody else is changing the account, or a run before this one is.",
                            WAIT,
                            "Run again when that is over.")
                    .as(BUSY),
            entry(
                    "AccountPropertyCannotBeUpdated",
                    CONFLICT,
                    "Storage does not change this in one request, or at all. Somebody else may have changed the account at the same time.",
                    PROVIDER,
                    "See Azure's message, and run update() again."),
            entry(
                    "StorageAccountPropertiesNotValid",
                    CONFLICT,
                    "Storage does not take the account's settings together. An account has room for one user-assigned identity, and somebody else may have attached one at the same time.",
                    PROVIDER,
                    "See Azure's message, and run update() again: it replaces another identity."),
            entry(
                            "KeyVaultAuthenticationFailure",
                            KEY_ACCESS,
                            "Storage could not use the key: the application is not installed in the customer's tenant, has no role on the key (or got it only minutes ago), or does not trust the managed identity; or the vault's firewall does not let trusted Microsoft services pass; or the key has expired or is disabled.",
                            CUSTOMER,
                            "Check consent, role, key and the vault's firewall in the customer's tenant; then the federated identity credential.")
                    .as(FRESH_GRANT),
            entry(
                    "InvalidValuesForRequestParameters",
                    KEY_ACCESS,
                    "Storage does not take a value: of the key, its kind or size.",
                    CUSTOMER,
                    "Make a new version of the key: RSA of 2048, 3072 or 4096 bits."),
            entry(
                    "KeyVaultPolicyError",
                    KEY_ACCESS,
                    "The vault has no purge protection or no soft delete.",
                    CUSTOMER,
                    "Enable purge protection on the vault."),
            entry(
                    "KeyVaultEncryptionKeyNotFound",
                    KEY_ACCESS,
                    "The key, or the version of it that is needed, is not in the vault or not usable.",
                    CUSTOMER,
                    "Check the key's name and version, and that it is enabled; recover it if it was deleted."),
            entry(
                    "KeyVaultVaultNotFound",
                    KEY_ACCESS,
                    "The vault does not exist.",
                    CUSTOMER,
                    "Check the vault's URL; recover the vault if it was deleted."),
            entry(
                    "KeyVaultAccessTokenCannotBeAcquired",
                    KEY_ACCESS,
                    "Storage got no token for the customer's tenant, or may not use the key any more.",
                    CUSTOMER,
                    "Check that the application is installed, enabled and has its role."));

    private StorageErrors() {}
}
