package io.xtcmk.testing.storage;

import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.Optional;

/** The names of accounts, which are global: no two accounts of the world have the same. */
final class AccountNames {
    private final World world;

    AccountNames(World world) {
        this.world = world;
    }

    boolean isTaken(String name) {
        return find(name).isPresent();
    }

    void take(String name, String id) {
        world.table(Owner.class).put(name, new Owner(id));
    }

    /** The account of this name. */
    Optional<Resource> find(String name) {
        return world.table(Owner.class)
                .find(name)
                .flatMap(o -> world.resources().find(o.accountId()));
    }

    /** Whose name it is, or was: whether the account is still there, the resources say. */
    record Owner(String accountId) {}
}
