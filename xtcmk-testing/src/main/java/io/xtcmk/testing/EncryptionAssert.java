package io.xtcmk.testing;

import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.ResourceId;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** Assertions on the key under which a storage account or SQL server is. */
public final class EncryptionAssert extends AbstractAssert<EncryptionAssert, String> {
    private final Encryption encryption;

    EncryptionAssert(Encryption encryption, String resourceId) {
        super(resourceId, EncryptionAssert.class);
        this.encryption = encryption;
    }

    /**
     * It is under this customer's key.
     *
     * @param key the key, and its version if that one has to be in force
     * @return this
     */
    public EncryptionAssert isEncryptedWith(KeyIdentifier key) {
        String expected = key.versionless().toString();
        if (encryption.key().filter(expected::equalsIgnoreCase).isEmpty()) {
            throw unlike("the key " + expected);
        }
        String version = key.version();
        if (version != null && encryption.version().filter(version::equals).isEmpty()) {
            throw unlike("version " + version + " of the key in force");
        }
        return this;
    }

    /**
     * It is under this customer's key.
     *
     * @param key what the customer has authorized
     * @return this
     */
    public EncryptionAssert isEncryptedWith(AuthorizedKey key) {
        return isEncryptedWith(key.key());
    }

    /**
     * It uses the key by this user-assigned identity.
     *
     * @param identityId the identity's resource id
     * @return this
     */
    public EncryptionAssert byIdentity(ResourceId identityId) {
        return has(encryption.identityId(), identityId.toString(), "the identity ");
    }

    /**
     * It uses the key through this application.
     *
     * @param clientId the application's client id
     * @return this
     */
    public EncryptionAssert throughApplication(ClientId clientId) {
        return has(encryption.clientId(), clientId.toString(), "the application ");
    }

    /**
     * It is under no customer's key.
     *
     * @return this
     */
    public EncryptionAssert isEncryptedWithMicrosoftsKeys() {
        if (encryption.key().isPresent()) {
            throw unlike("Microsoft's keys");
        }
        return this;
    }

    private EncryptionAssert has(Optional<String> value, String expected, String what) {
        if (value.filter(expected::equalsIgnoreCase).isEmpty()) {
            throw unlike(what + expected);
        }
        return this;
    }

    private AssertionError unlike(String expected) {
        return failure("Expected%n  %s%nto be encrypted with %s%nbut it is under%n  %s", actual, expected, encryption);
    }
}
