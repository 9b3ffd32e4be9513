package io.xtcmk.core;

import io.xtcmk.CustomerTenant;
import io.xtcmk.KeyAuthorization;
import io.xtcmk.KeyRotation;
import io.xtcmk.Verification;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;

/** A customer's tenant. */
final class CoreCustomerTenant implements CustomerTenant {
    private final Azure azure;

    CoreCustomerTenant(Azure azure) {
        this.azure = azure;
    }

    @Override
    public KeyAuthorization application(ClientId clientId) {
        return new CoreKeyAuthorization(azure, Names.notNull("clientId", clientId));
    }

    @Override
    public KeyRotation key(AuthorizedKey key) {
        return new CoreKeyRotation(azure, own(key));
    }

    @Override
    public Verification verification(AuthorizedKey key) {
        return new CoreKeyVerification(azure, own(key));
    }

    private AuthorizedKey own(AuthorizedKey key) {
        AuthorizedKey given = Names.notNull("key", key);
        if (!given.tenantId().equals(azure.connection().tenantId())) {
            throw new InvalidInputException(
                    "key",
                    "is of tenant " + given.tenantId(),
                    "use a connection to that tenant; this one is to "
                            + azure.connection().tenantId());
        }
        Keys.checkCloud(azure, given.key());
        return given;
    }
}
