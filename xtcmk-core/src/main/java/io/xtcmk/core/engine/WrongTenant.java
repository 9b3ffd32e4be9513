package io.xtcmk.core.engine;

import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.model.TenantId;

/** A credential, a subscription or a vault is of another tenant than the connection's. Nothing was changed there. */
public final class WrongTenant extends AzureFailure {
    private static final long serialVersionUID = 1L;

    private final TenantId actual;

    /**
     * A failure.
     *
     * @param what what is of another tenant, such as "The credential signs in"
     * @param actual that tenant
     * @param expected the connection's tenant
     */
    public WrongTenant(String what, TenantId actual, TenantId expected) {
        super(
                401,
                OwnCodes.WRONG_TENANT,
                what + " to tenant " + actual + ", but the connection is to tenant " + expected + ".",
                null,
                null,
                null);
        this.actual = actual;
    }

    public TenantId actual() {
        return actual;
    }
}
