package io.xtcmk.core.engine;

import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.TenantId;
import java.util.List;

/** A step made by hand: what it does not say for itself is not what its test is about. */
public interface TestStep extends Step<String> {

    @Override
    default TenantId tenantId() {
        return TenantId.of("00000000-0000-0000-0000-000000000001");
    }

    @Override
    default String resource() {
        return "resource " + name();
    }

    @Override
    default List<RequiredRole> roles() {
        return List.of();
    }

    @Override
    default State<String> look(Ledger ledger) {
        return State.absent();
    }

    @Override
    default Done<String> make(Ledger ledger, State<String> state) {
        return Done.created(name());
    }
}
