package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.Subscription;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;

/** Microsoft.Resources: subscriptions, tenants, locations, and resource providers, all of which are registered. */
public final class Subscriptions implements ArmRoutes {
    private static final String READ = "Microsoft.Resources/subscriptions/read";
    private static final String PROVIDERS = Arm.SUBSCRIPTION + "/providers";
    private static final Map<String, String> LOCATIONS = Map.of(
            "westeurope", "West Europe",
            "northeurope", "North Europe",
            "eastus", "East US",
            "eastus2", "East US 2",
            "westus", "West US");

    private final World world;

    public Subscriptions(World world) {
        this.world = world;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/subscriptions", "-", "list the caller's subscriptions", this::list),
                Route.of("GET", Arm.SUBSCRIPTION, READ, "get a subscription", e -> Answer.ok(body(subscription(e)))),
                Route.of("GET", "/tenants", "-", "list the caller's tenants", this::tenants),
                Route.of("GET", Arm.SUBSCRIPTION + "/locations", READ, "list locations", Subscriptions::locations),
                Route.of("GET", PROVIDERS + "/{provider}", "-", "get a resource provider", Subscriptions::provider),
                Route.of(
                        "POST",
                        PROVIDERS + "/{provider}/register",
                        "{provider}/register/action",
                        "register a resource provider",
                        Subscriptions::provider));
    }

    private Answer list(Exchange exchange) {
        return Arm.list(
                exchange,
                world
                        .subscriptions()
                        .where(s -> s.tenantId().equals(exchange.caller().tenantId()) && hasRoleIn(exchange, s))
                        .stream()
                        .map(this::body)
                        .toList());
    }

    private boolean hasRoleIn(Exchange exchange, Subscription subscription) {
        String scope = "/subscriptions/" + subscription.id();
        return world.roleAssignments()
                .first(a -> a.principalId().equals(exchange.caller().objectId())
                        && (Rbac.isWithin(a.scope(), scope) || Rbac.isWithin(scope, a.scope())))
                .isPresent();
    }

    private Subscription subscription(Exchange exchange) {
        return world.subscriptions().find(exchange.parameter("subscription")).orElseThrow();
    }

    private Map<String, Object> body(Subscription subscription) {
        return Json.object(
                "id", "/subscriptions/" + subscription.id(),
                "authorizationSource", "RoleBased",
                "managedByTenants", List.of(),
                "subscriptionId", subscription.id().toString(),
                "tenantId", subscription.tenantId().toString(),
                "displayName", subscription.name(),
                "state", "Enabled",
                "subscriptionPolicies",
                        Json.object(
                                "locationPlacementId", "Public_2014-09-01",
                                "quotaId", "PayAsYouGo_2014-09-01",
                                "spendingLimit", "Off"));
    }

    private Answer tenants(Exchange exchange) {
        Tenant tenant = world.tenants()
                .find(exchange.caller().tenantId().toString())
                .orElseThrow(() -> AzureError.of(401, "InvalidAuthenticationToken", "The access token is invalid."));
        return Arm.list(
                exchange,
                List.of(Json.object(
                        "id", "/tenants/" + tenant.id(),
                        "tenantId", tenant.id().toString(),
                        "tenantCategory", "Home",
                        "displayName", tenant.name(),
                        "defaultDomain", tenant.domain(),
                        "domains", List.of(tenant.domain()))));
    }

    private static Answer locations(Exchange exchange) {
        return Arm.list(
                exchange,
                LOCATIONS.keySet().stream()
                        .sorted()
                        .map(name -> Json.object(
                                "id",
                                Arm.subscriptionId(exchange) + "/locations/" + name,
                                "name",
                                name,
                                "type",
                                "Region",
                                "displayName",
                                LOCATIONS.get(name),
                                "regionalDisplayName",
                                LOCATIONS.get(name)))
                        .toList());
    }

    private static Answer provider(Exchange exchange) {
        String namespace = exchange.parameter("provider");
        return Answer.ok(Json.object(
                "id",
                Arm.subscriptionId(exchange) + "/providers/" + namespace,
                "namespace",
                namespace,
                "registrationPolicy",
                "RegistrationRequired",
                "resourceTypes",
                List.of(),
                "registrationState",
                "Registered"));
    }
}
