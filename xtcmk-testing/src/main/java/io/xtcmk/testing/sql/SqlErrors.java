package io.xtcmk.testing.sql;

import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.http.AzureError;

/** How Azure SQL says no: codes from Microsoft's REST pages "Servers", "Server Keys" and "Encryption Protectors". */
final class SqlErrors {
    private SqlErrors() {}

    /** What ends a server's PUT or PATCH whose key cannot be used. */
    static AzureError ofServer(BrokenLink broken, String server) {
        return switch (broken.link()) {
            case TOKEN, ROLE ->
                AzureError.of(400, "UmiMissingAkvPermissions", missingPermissions(server) + " " + broken.message());
            default -> ofKey(broken, server);
        };
    }

    /** What ends an operation on a server's keys or encryption protector. */
    static AzureError ofKey(BrokenLink broken, String server) {
        return switch (broken.link()) {
            case IDENTITY ->
                AzureError.of(
                        400,
                        "AzureKeyVaultNoServerIdentity",
                        "The server identity is not correctly configured on server '" + server + "'.");
            case VAULT ->
                AzureError.of(
                        503,
                        "AzureKeyVaultConnectionFailed",
                        "The operation could not be completed on the server '" + server
                                + "' because attempts to connect to Azure Key Vault have failed.");
            case SERVICE_PRINCIPAL ->
                AzureError.of(
                        400,
                        "AdalServicePrincipalNotFound",
                        "The operation could not be completed because an Azure Active Directory library Service Principal not"
                                + " found error was encountered. " + broken.message());
            case CREDENTIAL ->
                AzureError.of(
                        400,
                        "AdalGenericError",
                        "The operation could not be completed because an Azure Active Directory error was encountered. "
                                + broken.message());
            case TOKEN, ROLE -> AzureError.of(400, "AzureKeyVaultMissingPermissions", missingPermissions(server));
            case KEY ->
                AzureError.of(
                        409,
                        "AzureKeyVaultKeyNameNotFound",
                        "The operation could not be completed because the Azure Key Vault Key name does not exist.");
            case KEY_KIND ->
                AzureError.of(
                        400,
                        "AzureKeyVaultRsaKeyNotSupported",
                        "The provided key vault uses unsupported RSA Key Size or Key Type. The supported RSA key size is 2048"
                                + " or 3072 and Key Type is RSA or RSA-HSM.");
            case RECOVERY_LEVEL ->
                AzureError.of(
                        400,
                        "SecurityInvalidAzureKeyVaultRecoveryLevel",
                        "The provided Key Vault uri is not valid: soft-delete and purge protection must be enabled.");
            case KEY_ENABLED ->
                AzureError.of(
                        400,
                        "AzureKeyVaultKeyDisabled",
                        "The operation could not be completed on the server '" + server
                                + "' because the Azure Key Vault key is disabled.");
            case KEY_TIME ->
                AzureError.of(
                        400,
                        "AzureKeyVaultInvalidExpirationDate",
                        "The operation could not be completed because the Azure Key Vault key expiration date is invalid.");
        };
    }

    private static String missingPermissions(String server) {
        return "The server '" + server
                + "' requires the Key Vault Crypto Service Encryption User permission for the RBAC"
                + " policy or following Azure Key Vault permissions: 'Get, WrapKey, UnwrapKey'. Please grant the missing"
                + " permissions to the service principal. Ensure the key is active, not expired or disabled, and that"
                + " trusted Microsoft services can bypass the firewall if applicable.";
    }

    /**
     * What the provider itself says is not there. Resource Manager knows servers and databases, and answers for them in
     * its own words; of what is below a server it asks the provider.
     */
    static AzureError notFound(String type, String name) {
        return AzureError.of(
                404,
                "ResourceNotFound",
                "The requested resource of type '" + type + "' with name '" + name + "' was not found.");
    }

    static AzureError badRequest(String code, String message) {
        return AzureError.of(400, code, message);
    }

    static AzureError busyDatabase(String database) {
        return AzureError.of(
                409,
                "ConflictingDatabaseOperation",
                "There is already some operation on the database '" + database
                        + "' and the current operation should wait till it is done.");
    }

    static AzureError busy(String server) {
        return AzureError.of(
                409,
                "ConflictingServerOperation",
                "An operation is currently in progress for the server '" + server + "'.");
    }
}
