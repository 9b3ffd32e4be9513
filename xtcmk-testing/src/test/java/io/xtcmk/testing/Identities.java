package io.xtcmk.testing;

import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Application.FederatedCredential;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Identities and applications put straight into the world, where a test is about what happens after their making. */
final class Identities {
    static final String EXCHANGE_SCOPE = "api://AzureADTokenExchange/.default";

    private Identities() {}

    /** A user-assigned managed identity. */
    static Resource identity(FakeAzure azure, FakeTenant tenant, String name) {
        World world = azure.world();
        String id = "/subscriptions/" + tenant.subscriptionId()
                + "/resourceGroups/rg-identities/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + name;
        Map<String, Object> properties = Json.object(
                "tenantId", tenant.tenantId().toString(),
                "principalId", world.ids().uuid().toString(),
                "clientId", world.ids().uuid().toString());
        Resource identity = new Resource(id, Json.object("id", id, "properties", properties), world.now());
        world.resources().put(id, identity);
        return identity;
    }

    static String principalId(Resource identity) {
        return identity.text("properties.principalId").orElseThrow();
    }

    /** An application, without a service principal anywhere. */
    static Application application(FakeAzure azure, FakeTenant tenant, String name, String audience) {
        World world = azure.world();
        Map<String, Object> web = Json.object("redirectUris", List.of("https://contoso.example/done"));
        Application application = new Application(
                world.ids().uuid(),
                world.ids().uuid(),
                tenant.tenantId().value(),
                Json.object("displayName", name, "signInAudience", audience, "web", web),
                List.of(),
                List.of(),
                List.of(),
                world.now(),
                world.now(),
                null);
        put(azure, application);
        return application;
    }

    static void trust(FakeAzure azure, Application application, String issuer, String subject, String audience) {
        trust(azure, application, issuer, subject, audience, azure.clock().now());
    }

    static void trust(
            FakeAzure azure,
            Application application,
            String issuer,
            String subject,
            String audience,
            Instant effectiveAt) {
        Application now = azure.world()
                .applications()
                .find(application.objectId().toString())
                .orElseThrow();
        List<FederatedCredential> credentials = new ArrayList<>(now.credentials());
        UUID id = azure.world().ids().uuid();
        credentials.add(new FederatedCredential(id, "credential-" + id, issuer, subject, audience, null, effectiveAt));
        put(azure, now.withCredentials(credentials));
    }

    static void put(FakeAzure azure, Application application) {
        azure.world().applications().put(application.objectId().toString(), application);
    }

    /** Installs the application in a tenant. */
    static void install(FakeAzure azure, Application application, FakeTenant tenant) {
        new io.xtcmk.testing.world.Directory(azure.world())
                .install(application, tenant.tenantId().value());
    }
}
