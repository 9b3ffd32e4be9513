package io.xtcmk;

/**
 * A storage account and a customer's key. Key and account may be in different regions. The key must be RSA of
 * 2048, 3072 or 4096 bits (learn.microsoft.com/azure/storage/common/customer-managed-keys-overview).
 *
 * <p>Least-privileged roles, all of Azure: <em>Storage Account Contributor</em> on the resource group, <em>Managed Identity
 * Operator</em> on the identity, and <em>Contributor</em> on the subscription if the resource group does not exist yet.
 */
public interface StorageEncryption extends ResourceEncryption<StorageEncryption> {

    /**
     * Replication and tier of a new account. An existing account with another SKU is a conflict for {@link #create()}.
     *
     * @param name such as {@code Standard_LRS}, the default
     * @return this definition
     */
    StorageEncryption sku(String name);
}
