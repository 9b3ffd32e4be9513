package io.xtcmk.testing;

import com.azure.core.credential.TokenCredential;
import com.azure.core.management.AzureEnvironment;
import io.xtcmk.TenantConnection;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.ServicePrincipalId;
import io.xtcmk.model.SubscriptionId;
import io.xtcmk.model.TenantId;
import io.xtcmk.testing.entra.Consent;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.AuthorizationPolicy;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.Subscription;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.World;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** One tenant of a {@link FakeAzure}: its ids, a wired connection, and what happens there by hand. */
public final class FakeTenant {
    private final FakeAzure azure;
    private final Tenant tenant;
    private final Subscription subscription;
    private final Hands hands;
    private final FakePrincipal administrator;

    FakeTenant(FakeAzure azure, String name, AzureEnvironment environment) {
        Cloud.of(environment);
        this.azure = azure;
        World world = azure.world();
        this.tenant = new Tenant(world.ids().uuid(), name, environment);
        this.subscription = new Subscription(world.ids().uuid(), tenant.id(), name);
        this.hands = new Hands(world, tenant, subscription);
        world.locked(() -> {
            world.tenants().put(tenant.id().toString(), tenant);
            world.subscriptions().put(subscription.id().toString(), subscription);
            return null;
        });
        this.administrator = newPrincipal(
                name + "-admin", "Application Developer", "Cloud Application Administrator", "Directory Readers");
        world.locked(() -> {
            hands.assign(administrator.servicePrincipalId().value(), "Owner", subscriptionScope(), world.now());
            return null;
        });
    }

    /**
     * The tenant's id.
     *
     * @return the id
     */
    public TenantId tenantId() {
        return new TenantId(tenant.id());
    }

    /**
     * The id of its one subscription.
     *
     * @return the id
     */
    public SubscriptionId subscriptionId() {
        return new SubscriptionId(subscription.id());
    }

    /**
     * The cloud in which it lives.
     *
     * @return the cloud
     */
    public AzureEnvironment environment() {
        return tenant.cloud();
    }

    /**
     * A connection to this tenant, wired to the fake's transport and clock, signed in as its administrator: Owner of the
     * subscription and administrator of applications, without any role on keys or data.
     *
     * @return the connection
     */
    public TenantConnection connection() {
        return administrator.connection();
    }

    /**
     * The administrator's credential.
     *
     * @return the credential
     * @see FakePrincipal#credential()
     */
    public TokenCredential credential() {
        return administrator.credential();
    }

    /**
     * The administrator: Owner of the subscription and administrator of applications, without any role on keys or data.
     *
     * @return the principal
     */
    public FakePrincipal administrator() {
        return administrator;
    }

    /**
     * Somebody else who acts in this tenant, with these directory roles only and no Azure role;
     * {@link FakePrincipal#grant} adds those.
     *
     * @param name a display name
     * @param directoryRoles such as {@code Application Developer}, {@code Cloud Application Administrator} or
     *     {@code Directory Readers}
     * @return the principal
     * @throws IllegalArgumentException if the fake does not know a role
     */
    public FakePrincipal newPrincipal(String name, String... directoryRoles) {
        return azure.world().locked(() -> {
            Application application = hands.register(name);
            ServicePrincipal principal = hands.install(application, directoryRoles);
            return new FakePrincipal(this, application, principal);
        });
    }

    /**
     * A person in this tenant, with these directory roles and no Azure role; {@link FakeUser#grant} adds those.
     *
     * @param name a short name such as {@code alice}
     * @param directoryRoles such as {@code Application Administrator}; none for an ordinary user
     * @return the user
     * @throws IllegalArgumentException if the fake does not know a role
     */
    public FakeUser newUser(String name, String... directoryRoles) {
        return azure.world().locked(() -> new FakeUser(this, hands.person(name, directoryRoles)));
    }

    /**
     * Whether this tenant's policy lets users install applications of other tenants by consenting to them. By default it
     * does.
     *
     * @param may whether they may
     * @return this
     */
    public FakeTenant usersMayConsent(boolean may) {
        return setPolicy(p -> p.withUsersMayConsent(may));
    }

    /**
     * Whether this tenant's policy lets users register applications. By default it does.
     *
     * @param may whether they may
     * @return this
     */
    public FakeTenant usersMayCreateApplications(boolean may) {
        return setPolicy(p -> p.withUsersMayCreateApps(may));
    }

    private FakeTenant setPolicy(UnaryOperator<AuthorizationPolicy> policy) {
        World world = azure.world();
        return change(
                () -> policy.apply(AuthorizationPolicy.of(world, tenant.id())).put(world));
    }

    /**
     * The service principal of an application or managed identity in this tenant.
     *
     * @param clientId the client id
     * @return its object id, or empty if the application is not installed here
     */
    public Optional<ServicePrincipalId> servicePrincipalOf(ClientId clientId) {
        return azure.world().locked(() -> hands.find(clientId.value()).map(p -> new ServicePrincipalId(p.id())));
    }

    /**
     * Enables or disables an enterprise application of this tenant, as its administrator may at any time.
     *
     * @param clientId the application's client id
     * @param enabled whether it may sign in
     * @return this
     * @throws IllegalArgumentException if the application is not installed here
     */
    public FakeTenant enableApplication(ClientId clientId, boolean enabled) {
        return change(() -> hands.enable(clientId.value(), enabled));
    }

    /**
     * Assigns an Azure role in this tenant. The role has its effect after the fake's
     * {@linkplain FakeAzure#rolePropagation role propagation}.
     *
     * @param principalId object id of a service principal or user, or principal id of a managed identity
     * @param role a built-in role's name, such as {@code Key Vault Crypto Service Encryption User}
     * @param scope the resource id at and below which it holds
     * @return this
     * @throws IllegalArgumentException if the fake does not know the role
     */
    public FakeTenant grant(UUID principalId, String role, String scope) {
        World world = azure.world();
        return change(() -> hands.assign(principalId, role, scope, world.after(world.settings().rolePropagation)));
    }

    /**
     * Removes a role assignment. The services honour it for as long as the fake's
     * {@linkplain FakeAzure#rolePropagation role propagation} takes.
     *
     * @param principalId object id of a service principal or user, or principal id of a managed identity
     * @param role a built-in role's name
     * @param scope the resource id at which the role was assigned
     * @return this
     * @throws IllegalArgumentException if there is no such assignment
     */
    public FakeTenant revoke(UUID principalId, String role, String scope) {
        return change(() -> hands.unassign(principalId, role, scope));
    }

    /**
     * A credential for a user-assigned managed identity, as a program has it to which the identity is assigned.
     *
     * @param resourceId the identity's resource id
     * @return the credential
     * @see FakeAzure#workload
     */
    public TokenCredential managedIdentity(String resourceId) {
        return azure.workload(resourceId).credential();
    }

    /**
     * An administrator of this tenant opens a consent URL and accepts: the application is installed here.
     *
     * @param url an {@code adminconsent} or {@code oauth2/authorize} URL
     * @return where the browser is sent
     * @throws IllegalArgumentException if Entra would show an error page instead; the message has the AADSTS number
     */
    public URI acceptConsent(URI url) {
        return accept(url, true);
    }

    URI accept(URI url, boolean isAdministrator) {
        return azure.world().locked(() -> new Consent(azure.world()).accept(url, tenant, isAdministrator));
    }

    void permit(UUID principalId, String permission) {
        change(() -> hands.permit(principalId, permission));
    }

    TenantConnection connection(TokenCredential credential) {
        return TenantConnection.builder()
                .tenantId(tenantId())
                .subscriptionId(subscriptionId())
                .environment(environment())
                .credential(credential)
                .httpClient(azure.httpClient())
                .timeSource(azure.clock())
                .executor(azure.clock().executor())
                .build();
    }

    /**
     * An administrator of this tenant opens a consent URL and declines.
     *
     * @param url an {@code adminconsent} or {@code oauth2/authorize} URL
     * @return where the browser is sent
     * @throws IllegalArgumentException if Entra would show an error page instead; the message has the AADSTS number
     */
    public URI declineConsent(URI url) {
        return azure.world().locked(() -> new Consent(azure.world()).decline(url, tenant));
    }

    /** What is changed by hand is noticed like what is changed by a request. */
    private FakeTenant change(Runnable work) {
        return azure.world().locked(() -> {
            work.run();
            azure.world().changed();
            return this;
        });
    }

    FakeAzure azure() {
        return azure;
    }

    private String subscriptionScope() {
        return "/subscriptions/" + subscription.id();
    }

    @Override
    public String toString() {
        return "FakeTenant[" + tenant.name() + ", " + tenant.id() + "]";
    }
}
