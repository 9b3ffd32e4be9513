package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.AzureError;

/** Key Vault's refusals about keys, from its page "REST API error codes". */
final class KeyErrors {
    private KeyErrors() {}

    static AzureError badParameter(String message) {
        return AzureError.of(400, "BadParameter", message);
    }

    static AzureError notFound(String nameAndVersion) {
        return AzureError.of(
                404,
                "KeyNotFound",
                "A key with (name/id) " + nameAndVersion + " was not found in this key vault. If you recently deleted"
                        + " this key you may be able to recover it using the correct recovery command. For help"
                        + " resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182");
    }

    static AzureError deletedNotFound(String name) {
        return AzureError.of(404, "KeyNotFound", "Deleted Key not found: " + name);
    }

    static AzureError isDeleted(String name) {
        return AzureError.of(
                409,
                "Conflict",
                "ObjectIsDeletedButRecoverable",
                "Key " + name + " is currently in a deleted but recoverable state, and its name cannot be reused; in"
                        + " this state, the key can only be recovered or purged.");
    }

    static AzureError isDisabled(String operation) {
        return AzureError.of(
                403, "Forbidden", "KeyDisabled", "Operation " + operation + " is not allowed on a disabled key.");
    }

    static AzureError isNotYetValid(String operation) {
        return AzureError.of(
                403,
                "Forbidden",
                "KeyNotYetValidOrExpired",
                "Operation " + operation + " is not allowed on a key that is not yet valid.");
    }

    static AzureError isExpired(String operation) {
        return AzureError.of(
                403,
                "Forbidden",
                "KeyNotYetValidOrExpired",
                "Operation " + operation + " is not allowed on an expired key.");
    }
}
