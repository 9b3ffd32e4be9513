package io.xtcmk.testing;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Role;
import io.xtcmk.testing.world.RoleAssignment;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.World;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** A service principal put straight into the world, with tokens signed by the world's key: no token service needed. */
record Someone(FakeAzure azure, UUID tenantId, UUID objectId, UUID appId) {
    private static final OffsetDateTime NEVER = OffsetDateTime.parse("2999-01-01T00:00:00Z");

    static Someone in(FakeAzure azure, FakeTenant tenant) {
        World world = azure.world();
        UUID tenantId = tenant.tenantId().value();
        Someone someone =
                new Someone(azure, tenantId, world.ids().uuid(), world.ids().uuid());
        world.servicePrincipals()
                .put(
                        someone.objectId.toString(),
                        new ServicePrincipal(
                                someone.objectId,
                                someone.appId,
                                tenantId,
                                ServicePrincipal.Kind.Application,
                                "someone",
                                true,
                                Set.of(),
                                Map.of(),
                                world.now()));
        return someone;
    }

    Someone granted(Role role, String scope) {
        World world = azure.world();
        String id = scope + "/providers/Microsoft.Authorization/roleAssignments/"
                + world.ids().uuid();
        world.roleAssignments().put(id, new RoleAssignment(id, scope, role.id(), objectId, Map.of(), world.now()));
        return this;
    }

    String token(String audience) {
        Instant now = azure.world().now();
        return token(audience, now, now.plusSeconds(3600));
    }

    String token(String audience, Instant from, Instant until) {
        return azure.tokens()
                .sign(Json.object(
                        "aud", audience,
                        "iss", "https://sts.windows.net/" + tenantId + "/",
                        "nbf", from.getEpochSecond(),
                        "exp", until.getEpochSecond(),
                        "tid", tenantId.toString(),
                        "oid", objectId.toString(),
                        "appid", appId.toString()));
    }

    TokenCredential credential() {
        return request -> Mono.fromSupplier(
                () -> new AccessToken(token(request.getScopes().get(0).replace("/.default", "")), NEVER));
    }

    HttpPipeline armPipeline() {
        return new HttpPipelineBuilder()
                .httpClient(azure.httpClient())
                .policies(new BearerTokenAuthenticationPolicy(credential(), "https://management.azure.com/.default"))
                .build();
    }
}
