package io.xtcmk.testing.sql;

import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.arm.Removal;
import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.Map;
import java.util.Optional;

/** What happens at the end of an operation on a server: there, and not before, the customer's key is asked for. */
final class ServerChange {
    private final World world;
    private final Protection protection;
    private final KeyHealth health;
    private final SqlDatabases databases;

    ServerChange(World world, Protection protection, KeyHealth health, SqlDatabases databases) {
        this.world = world;
        this.protection = protection;
        this.health = health;
        this.databases = databases;
    }

    Map<String, Object> create(Resource server) {
        try {
            Arm.checkGroupRemains(world, server.id());
            world.resources().put(server.id(), server);
            protection.begin(server);
            health.reset(server);
            keyId(server).ifPresent(key -> protect(server, server, key, false));
        } catch (AzureError refusal) {
            delete(server);
            throw refusal;
        }
        databases.putMaster(server);
        return server.body();
    }

    Map<String, Object> update(Resource server, boolean keyNamed) {
        Resource before = Arm.remaining(world, server.id());
        Optional<KeyIdentifier> wanted = keyId(server);
        boolean wayChanged = !way(before).equals(way(server));
        if (wanted.isPresent() && (keyNamed || wayChanged)) {
            protect(before, server, wanted.get(), protection.followsRotation(before));
            health.reset(server);
        } else if (wanted.isEmpty() && protection.customerKey(before).isPresent()) {
            release(before);
        }
        world.resources().put(server.id(), server);
        return server.body();
    }

    private static Optional<KeyIdentifier> keyId(Resource server) {
        return server.text("properties.keyId").map(ServerRequest::key);
    }

    /** By whom the key is asked for. */
    private static String way(Resource server) {
        return server.text("properties.primaryUserAssignedIdentityId").orElse("") + " "
                + server.text("properties.federatedClientId").orElse("") + " "
                + Json.map(server.body(), "identity.userAssignedIdentities").keySet();
    }

    private void protect(Resource before, Resource server, KeyIdentifier key, boolean autoRotation) {
        try {
            protection.protect(before, server, key, autoRotation);
        } catch (BrokenLink broken) {
            throw SqlErrors.ofServer(broken, server.name());
        }
    }

    private void release(Resource server) {
        try {
            protection.release(server);
        } catch (BrokenLink broken) {
            throw SqlErrors.ofServer(broken, server.name());
        }
    }

    void delete(Resource server) {
        Removal.of(world, server);
        world.table(ServerDataKey.class).remove(server.id());
        health.reset(server);
    }
}
