package io.xtcmk.testing.storage;

import io.xtcmk.testing.world.Table;
import io.xtcmk.testing.world.World;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The disk: containers and blobs of all accounts, in the world's tables. */
public final class StoredBlobs {
    private final World world;

    StoredBlobs(World world) {
        this.world = world;
    }

    /**
     * What lies on the disk of a blob, for tests that want to see it is not what was written.
     *
     * @param world the state
     * @param account the account's name
     * @param container the container's name
     * @param blob the blob's name
     * @return the encrypted bytes, if there is such a blob
     */
    public static Optional<byte[]> atRest(World world, String account, String container, String blob) {
        return world.locked(() -> new AccountNames(world)
                .find(account)
                .flatMap(a -> new StoredBlobs(world).find(a.id(), container, blob))
                .map(b -> b.atRest().clone()));
    }

    Table<StoredContainer> containers() {
        return world.table(StoredContainer.class);
    }

    Optional<StoredContainer> container(String accountId, String name) {
        return containers().find(key(accountId, name));
    }

    void put(StoredContainer container) {
        containers().put(key(container.accountId(), container.name()), container);
    }

    void remove(StoredContainer container) {
        containers().remove(key(container.accountId(), container.name()));
        in(container.accountId(), container.name()).forEach(this::remove);
    }

    List<StoredContainer> of(String accountId) {
        return containers().where(c -> c.accountId().equals(accountId)).stream()
                .sorted(java.util.Comparator.comparing(StoredContainer::name))
                .toList();
    }

    Optional<StoredBlob> find(String accountId, String container, String name) {
        return world.table(StoredBlob.class).find(key(accountId, container, name));
    }

    void put(StoredBlob blob) {
        world.table(StoredBlob.class).put(key(blob.accountId(), blob.container(), blob.name()), blob);
    }

    void remove(StoredBlob blob) {
        world.table(StoredBlob.class).remove(key(blob.accountId(), blob.container(), blob.name()));
    }

    List<StoredBlob> in(String accountId, String container) {
        return world
                .table(StoredBlob.class)
                .where(b -> b.accountId().equals(accountId) && b.container().equals(container))
                .stream()
                .sorted(java.util.Comparator.comparing(StoredBlob::name))
                .toList();
    }

    /** Wipes what an account left behind. */
    void forget(String accountId) {
        String id = accountId.toLowerCase(Locale.ROOT);
        containers()
                .where(c -> c.accountId().toLowerCase(Locale.ROOT).equals(id))
                .forEach(this::remove);
    }

    private static String key(String accountId, String container) {
        return accountId + "/" + container;
    }

    /** Blobs' names are told apart by the case of their letters, which a table's keys are not. */
    private static String key(String accountId, String container, String name) {
        return key(accountId, container) + "/" + HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
    }
}
