package io.xtcmk.samples;

import com.azure.core.management.Region;
import io.xtcmk.TenantConnection;
import io.xtcmk.model.SubscriptionId;
import io.xtcmk.model.TenantId;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeTenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The only place that knows whether the programs talk to Azure or to the fake: the connections come from here. */
final class Azure {
    private final Optional<FakeAzure> fake;
    private final Map<Side, TenantConnection> connections = new EnumMap<>(Side.class);

    private Azure(Optional<FakeAzure> fake) {
        this.fake = fake;
    }

    /**
     * Azure where the settings name tenants, otherwise a fake on which grants take two minutes to be honored.
     *
     * @param needed the sides that the program connects to; on the fake it may connect to both
     */
    static Azure open(Side... needed) {
        Set<Side> sides = EnumSet.noneOf(Side.class);
        sides.addAll(Arrays.asList(needed));
        boolean real = Settings.realAzure(sides);
        Azure azure = new Azure(
                real ? Optional.empty() : Optional.of(FakeAzure.create().rolePropagation(Duration.ofMinutes(2))));
        for (Side side : real ? sides : EnumSet.allOf(Side.class)) {
            azure.connections.put(side, azure.connect(side));
        }
        return azure;
    }

    private TenantConnection connect(Side side) {
        return fake.map(f -> fakeTenant(f, side).connection()).orElseGet(() -> signIn(side));
    }

    private static TenantConnection signIn(Side side) {
        TenantId tenant = new TenantId(Settings.id(side.tenantSetting()));
        SubscriptionId subscription = new SubscriptionId(Settings.id(side.subscriptionSetting()));
        return TenantConnection.builder()
                .tenantId(tenant)
                .subscriptionId(subscription)
                .credential(SignIn.to(tenant, subscription, Settings.cloud()))
                .environment(Settings.cloud())
                .build();
    }

    private static FakeTenant fakeTenant(FakeAzure fake, Side side) {
        return fake.tenant(Settings.nameOf(side), Settings.cloud());
    }

    /** The provider's tenant, with the provider's credential. */
    TenantConnection provider() {
        return connection(Side.PROVIDER);
    }

    /** The customer's tenant, with the customer's credential. */
    TenantConnection customer() {
        return connection(Side.CUSTOMER);
    }

    private TenantConnection connection(Side side) {
        return Optional.ofNullable(connections.get(side))
                .orElseThrow(() -> new IllegalStateException("this program does not connect to the " + side));
    }

    Region region() {
        return Settings.region();
    }

    /** The fake, for the few things that only a fake can show. */
    Optional<FakeAzure> fake() {
        return fake;
    }

    String where() {
        return fake.isPresent()
                ? "the embedded fake: an Azure in memory, on its own clock; nothing leaves this machine"
                : "Azure (" + Settings.cloud().getManagementEndpoint() + ")";
    }

    String nameOf(TenantId tenant) {
        return connections.entrySet().stream()
                .filter(entry -> entry.getValue().tenantId().equals(tenant))
                .map(entry -> Settings.nameOf(entry.getKey()))
                .findFirst()
                .orElseGet(tenant::toString);
    }

    /** A name that nobody else in Azure has: the fake is ours alone, elsewhere the subscription makes it so. */
    String unique(String name, TenantConnection owner) {
        if (fake.isPresent()) {
            return name;
        }
        UUID hash = UUID.nameUUIDFromBytes(owner.subscriptionId().toString().getBytes(StandardCharsets.UTF_8));
        return name + hash.toString().substring(0, 8);
    }

    /**
     * Lets whoever is signed in use data, which even an Owner may not. On Azure that is left to somebody who may assign
     * roles, with the command to do it.
     */
    void letSignedInUser(Side side, String role, String scope, Screen screen) {
        TenantConnection connection = connection(side);
        SignedIn user = SignedIn.to(connection);
        screen.note(Settings.nameOf(side) + "'s user gets the role " + role + ", to handle data in this program.");
        fake.ifPresentOrElse(
                f -> fakeTenant(f, side).grant(user.objectId(), role, scope),
                () -> screen.note(
                        "If it is not assigned yet, do it now in another terminal; the program waits ten minutes:",
                        "",
                        user.roleAssignment(role, scope, connection.subscriptionId()),
                        ""));
    }
}
