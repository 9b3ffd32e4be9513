package io.xtcmk;

/**
 * A storage account and a customer's key. Key and account may be in different regions. Any RSA key will do.
 *
 * <p>Least-privileged roles: Storage Account Contributor (Azure, on the resource group) and Managed Identity Operator
 * (Azure, on the identity); Contributor on the subscription if the resource group is to be made.
 */
public interface StorageEncryption extends ResourceEncryption<StorageEncryption> {

    /**
     * Replication and tier of an account to be made.
     *
     * @param name such as {@code Standard_LRS}, the default
     * @return this definition
     */
    StorageEncryption sku(String name);
}
