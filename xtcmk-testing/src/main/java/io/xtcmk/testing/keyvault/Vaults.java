package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Optional;

/** All vaults of all tenants, by name: names are host names, so each is taken once in the world. */
public final class Vaults {
    private final World world;

    public Vaults(World world) {
        this.world = world;
    }

    /** The vault of this name. */
    public Optional<Vault> find(String name) {
        return world.table(Name.class)
                .find(name)
                .flatMap(n -> world.resources().find(n.id()))
                .map(Vault::new);
    }

    /** The softly deleted vault of this name. */
    public Optional<DeletedVault> deleted(String name) {
        return world.table(DeletedVault.class)
                .find(name)
                .filter(d -> d.purgeTime().isAfter(world.now()));
    }

    /** The softly deleted vaults of a subscription. */
    public List<DeletedVault> deletedBelow(String subscriptionId) {
        return world.table(DeletedVault.class)
                .where(d -> d.vault().id().regionMatches(true, 0, subscriptionId, 0, subscriptionId.length())
                        && d.purgeTime().isAfter(world.now()));
    }

    /** Keeps a new vault, or what has become of one. */
    public Vault put(Resource resource) {
        if (deleted(resource.name()).isEmpty()) {
            // a vault of that name may have reached its purge time since
            forget(resource.name());
        }
        world.resources().put(resource.id(), resource);
        world.table(Name.class).put(resource.name(), new Name(resource.id()));
        return new Vault(resource);
    }

    /** Deletes a vault softly. */
    public void delete(Vault vault) {
        world.resources().remove(vault.id());
        world.table(Name.class).remove(vault.name());
        world.table(DeletedVault.class).put(vault.name(), new DeletedVault(vault, world.now()));
    }

    /** Brings a deleted vault back, keys and all. */
    public Vault recover(DeletedVault deleted) {
        world.table(DeletedVault.class).remove(deleted.vault().name());
        return put(deleted.vault().resource());
    }

    /** Deletes a deleted vault for good. */
    public void purge(DeletedVault deleted) {
        forget(deleted.vault().name());
    }

    private void forget(String name) {
        world.table(DeletedVault.class)
                .remove(name)
                .ifPresent(d -> new Keys(world).forgetAll(d.vault().id()));
    }

    /** Whose a name is. */
    private record Name(String id) {}
}
