package io.xtcmk.samples;

import com.azure.core.management.Region;
import com.azure.identity.DefaultAzureCredentialBuilder;
import io.xtcmk.TenantConnection;
import io.xtcmk.model.SubscriptionId;
import io.xtcmk.model.TenantId;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeTenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The only place that knows whether the programs talk to Azure or to the fake: two connections come from here. */
final class Azure {
    private final Optional<FakeAzure> fake;

    private Azure(Optional<FakeAzure> fake) {
        this.fake = fake;
    }

    /** Azure where a tenant is given, otherwise a fake on which grants take two minutes to be honoured. */
    static Azure open() {
        return new Azure(
                Settings.realAzure()
                        ? Optional.empty()
                        : Optional.of(FakeAzure.create().rolePropagation(Duration.ofMinutes(2))));
    }

    /** The provider's tenant, with the provider's credential. */
    TenantConnection provider() {
        return fake.map(f -> fakeTenant(f, Settings.providerName()).connection())
                .orElseGet(() -> connect(Settings.PROVIDER_TENANT, Settings.PROVIDER_SUBSCRIPTION));
    }

    /** The customer's tenant, with the customer's credential. */
    TenantConnection customer() {
        return fake.map(f -> fakeTenant(f, Settings.customerName()).connection())
                .orElseGet(() -> connect(Settings.CUSTOMER_TENANT, Settings.CUSTOMER_SUBSCRIPTION));
    }

    private static TenantConnection connect(String tenantSetting, String subscriptionSetting) {
        UUID tenant = Settings.id(tenantSetting);
        return TenantConnection.builder()
                .tenantId(new TenantId(tenant))
                .subscriptionId(new SubscriptionId(Settings.id(subscriptionSetting)))
                .credential(new DefaultAzureCredentialBuilder()
                        .tenantId(tenant.toString())
                        .authorityHost(Settings.cloud().getActiveDirectoryEndpoint())
                        .build())
                .environment(Settings.cloud())
                .build();
    }

    private static FakeTenant fakeTenant(FakeAzure fake, String name) {
        return fake.tenant(name, Settings.cloud());
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
        return tenant.equals(provider().tenantId()) ? Settings.providerName() : Settings.customerName();
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
    void letSignedInUser(TenantConnection connection, String role, String scope, Screen screen) {
        SignedIn user = SignedIn.to(connection);
        String tenant = nameOf(connection.tenantId());
        screen.note(tenant + "'s user gets the role " + role + ", to handle data in this program.");
        fake.ifPresentOrElse(
                f -> fakeTenant(f, tenant).grant(user.objectId(), role, scope),
                () -> screen.note(
                        "If it is not assigned yet, do it now; the program waits ten minutes:",
                        "  az role assignment create --assignee-object-id " + user.objectId()
                                + " --assignee-principal-type " + (user.isPerson() ? "User" : "ServicePrincipal"),
                        "     --role \"" + role + "\" --scope " + scope));
    }
}
