package io.xtcmk;

import java.util.UUID;

/**
 * A logical Azure SQL server and a customer's key, for all of its databases. The key must be RSA of 2048 or 3072 bits
 * (learn.microsoft.com/azure/azure-sql/database/transparent-data-encryption-byok-overview).
 *
 * <p>Least-privileged roles, all of Azure: <em>SQL Server Contributor</em> on the resource group, <em>Managed Identity
 * Operator</em> on the identity, and <em>Contributor</em> on the subscription if the resource group does not exist yet.
 */
public interface SqlServerEncryption extends ResourceEncryption<SqlServerEncryption> {

    /** The kind of an Entra administrator. */
    enum PrincipalType {
        /** A person. */
        USER,
        /** A group of people. */
        GROUP,
        /** A service principal or managed identity. */
        APPLICATION
    }

    /**
     * The administrator of a new server: an Entra principal of the provider's tenant. Nobody can sign in by password. This is
     * the recommended way, because it needs no secret.
     *
     * @param type the principal's kind
     * @param login the principal's name
     * @param objectId the principal's object id; for applications the client id
     * @return this definition
     */
    SqlServerEncryption entraAdministrator(PrincipalType type, String login, UUID objectId);

    /**
     * The administrator of a new server, who signs in by password.
     *
     * @param login the administrator's name; not a reserved one such as {@code sa} or {@code admin}
     * @param password 8 to 128 characters of three kinds; sent to Azure, and kept nowhere else
     * @return this definition
     */
    SqlServerEncryption administrator(String login, String password);

    /**
     * Whether the server follows the key's rotation by itself, within an hour. Otherwise it stays on the version in force.
     *
     * @param enabled false by default, as in Azure
     * @return this definition
     */
    SqlServerEncryption autoRotation(boolean enabled);
}
