package io.xtcmk.core.errors;

import static io.xtcmk.core.errors.ErrorCatalogue.Kind.CONFLICT;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.KEY_ACCESS;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.OTHER;
import static io.xtcmk.core.errors.ErrorCatalogue.Kind.PERMISSION;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.CALLER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.CUSTOMER;
import static io.xtcmk.core.errors.ErrorCatalogue.Who.WAIT;
import static io.xtcmk.core.errors.ErrorCatalogue.entry;

import io.xtcmk.core.errors.ErrorCatalogue.Entry;
import java.util.List;

/** Key Vault, both planes: Microsoft's page "Azure Key Vault REST API error codes". */
final class KeyVaultErrors {
    static final List<Entry> ALL = List.of(
            entry(
                    "VaultAlreadyExists",
                    CONFLICT,
                    "The vault's name is taken elsewhere in Azure.",
                    CUSTOMER,
                    "Choose another name."),
            entry(
                    "ConflictError",
                    CONFLICT,
                    "A deleted vault of this name can still be recovered.",
                    CUSTOMER,
                    "Recover it (recoverDeleted(), or az keyvault recover), or purge it (not under purge protection), or choose another name."),
            entry(
                    "ForbiddenByRbac",
                    PERMISSION,
                    "The caller has no role on the key, or got it only minutes ago.",
                    CUSTOMER,
                    "Assign the role named below on the key or vault, and run again."),
            entry(
                    "ForbiddenByPolicy",
                    PERMISSION,
                    "The vault uses access policies and has none for this, or the key does not allow the operation.",
                    CUSTOMER,
                    "Switch the vault to Azure RBAC, or give the key the operation."),
            entry(
                    "AccessDenied",
                    PERMISSION,
                    "The vault uses access policies and has none for this.",
                    CUSTOMER,
                    "Switch the vault to Azure RBAC."),
            entry(
                    "ForbiddenByFirewall",
                    KEY_ACCESS,
                    "The vault's firewall keeps the caller out.",
                    CUSTOMER,
                    "Allow trusted Microsoft services to bypass the vault's firewall."),
            entry(
                    "ForbiddenByConnection",
                    KEY_ACCESS,
                    "The vault allows private connections only.",
                    CUSTOMER,
                    "Allow trusted Microsoft services to bypass the vault's firewall."),
            entry(
                    "KeyDisabled",
                    KEY_ACCESS,
                    "The key is disabled.",
                    CUSTOMER,
                    "Enable the key, if it was not disabled on purpose."),
            entry(
                    "KeyNotYetValidOrExpired",
                    KEY_ACCESS,
                    "The key is not valid yet, or has expired.",
                    CUSTOMER,
                    "Make a new version of the key, without an end or with a later one."),
            entry(
                    "KeyNotFound",
                    KEY_ACCESS,
                    "There is no such key in the vault.",
                    CUSTOMER,
                    "Check the key's name, and whether it was deleted: recover it within its retention."),
            entry(
                    "ObjectIsDeletedButRecoverable",
                    CONFLICT,
                    "A deleted key of this name can still be recovered.",
                    CUSTOMER,
                    "Recover it (recoverDeleted(), or az keyvault key recover), or purge it (not under purge protection), or choose another name."),
            entry(
                    "DeletedVaultNotFound",
                    OTHER,
                    "The deleted vault was recovered or purged at the same time.",
                    CUSTOMER,
                    "Run again."),
            entry("ObjectIsBeingRecovered", OTHER, "The key is being recovered.", WAIT, "Run again when that is over."),
            entry(
                    "ObjectIsBeingDeleted",
                    OTHER,
                    "The key is being deleted.",
                    WAIT,
                    "Run again when that is over, then recover or purge it."),
            entry(
                    "KeyCreationParametersDidNotMatchExistingKey",
                    CONFLICT,
                    "A key of this name was made otherwise at the same time.",
                    CUSTOMER,
                    "Run again: a key that is fit is adopted."),
            entry(
                    "AKV10032",
                    KEY_ACCESS,
                    "The vault is in another tenant than the caller.",
                    CUSTOMER,
                    "Check that vault and connection are of the same tenant."),
            entry(
                    "AKV10000",
                    OTHER,
                    "The request reached the vault without its token.",
                    CALLER,
                    "Look for a proxy that takes the Authorization header away."),
            entry(
                    "AKV10022",
                    KEY_ACCESS,
                    "The token is for another service than Key Vault of this cloud.",
                    CALLER,
                    "Check that the connection's cloud is the vault's."),
            entry(
                    "AKV10046",
                    KEY_ACCESS,
                    "The vault cannot tell who signed the token.",
                    CALLER,
                    "Check that the connection's cloud is the vault's."),
            entry("Throttled", OTHER, "The vault has too many requests.", WAIT, "Run again later, with fewer at once."),
            entry(
                    "VaultRequestTypeLimitReached",
                    OTHER,
                    "The vault has too many requests.",
                    WAIT,
                    "Run again later, with fewer at once."));

    private KeyVaultErrors() {}
}
