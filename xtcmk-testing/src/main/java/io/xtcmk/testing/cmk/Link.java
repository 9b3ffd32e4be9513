package io.xtcmk.testing.cmk;

/** The links of the chain from a resource to the customer's key, in the order in which they can break. */
public enum Link {
    /** The identity that is to ask for the key is there, and attached to the resource. */
    IDENTITY,
    /** The vault's name resolves. */
    VAULT,
    /** The application has a service principal in the vault's tenant, and that one is enabled. */
    SERVICE_PRINCIPAL,
    /** The application takes the identity's token in place of a secret. */
    CREDENTIAL,
    /** The vault accepts the token: it is of the vault's tenant. */
    TOKEN,
    /** The principal may read, wrap and unwrap. */
    ROLE,
    /** The key, in the version asked for, is there. */
    KEY,
    /** The key is of a type and size that the service can use. */
    KEY_KIND,
    /** The key cannot be purged: soft delete and purge protection are on. */
    RECOVERY_LEVEL,
    /** The key is enabled. */
    KEY_ENABLED,
    /** The key's time has come and is not over. */
    KEY_TIME
}
