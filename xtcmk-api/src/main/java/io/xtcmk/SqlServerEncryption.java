package io.xtcmk;

import java.util.UUID;

/**
 * An Azure SQL server and a customer's key, for all its databases. The key must be RSA of 2048 or 3072 bits.
 *
 * <p>Least-privileged roles: SQL Server Contributor (Azure, on the resource group) and Managed Identity Operator (Azure,
 * on the identity); Contributor on the subscription if the resource group is to be made.
 */
public interface SqlServerEncryption extends ResourceEncryption<SqlServerEncryption> {

    /** What an Entra administrator is. */
    enum PrincipalType {
        /** A person. */
        USER,
        /** A group of people. */
        GROUP,
        /** A service principal or managed identity. */
        APPLICATION
    }

    /**
     * Who administers a server to be made: an Entra principal of the provider's tenant, and nobody by password. The
     * recommended way, and needs no secret.
     *
     * @param type what it is
     * @param login its name
     * @param objectId its object id (for applications the client id)
     * @return this definition
     */
    SqlServerEncryption entraAdministrator(PrincipalType type, String login, UUID objectId);

    /**
     * Who administers a server to be made, by password.
     *
     * @param login the administrator's name; not a reserved one such as {@code sa} or {@code admin}
     * @param password 8 to 128 characters of three kinds; sent to Azure and kept nowhere else
     * @return this definition
     */
    SqlServerEncryption administrator(String login, String password);

    /**
     * Whether the server follows the key's rotation by itself, within an hour. Switched off, it stays on the version in
     * force.
     *
     * @param enabled false by default, as in Azure
     * @return this definition
     */
    SqlServerEncryption autoRotation(boolean enabled);
}
