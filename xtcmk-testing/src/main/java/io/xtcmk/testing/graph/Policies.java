package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.AuthorizationPolicy;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;

/** The tenant's authorization policy: what its users may do without a role. */
final class Policies {
    private static final String CONSENT = "defaultUserRolePermissions.permissionGrantPoliciesAssigned";
    private static final String CREATE = "defaultUserRolePermissions.allowedToCreateApps";
    /** Any policy of this kind lets users consent to applications that ask for nothing, which those of this scenario do. */
    private static final String FOR_SELF = "ManagePermissionGrantsForSelf.";

    private final World world;

    Policies(World world) {
        this.world = world;
    }

    /** {@code GET /policies/authorizationPolicy}. */
    Answer get(Exchange exchange) {
        AuthorizationPolicy policy = policy(exchange);
        return Answer.ok(Query.entity(
                exchange,
                "policies/authorizationPolicy",
                Json.object(
                        "id",
                        "authorizationPolicy",
                        "displayName",
                        "Authorization Policy",
                        "allowInvitesFrom",
                        "everyone",
                        "defaultUserRolePermissions",
                        Json.object(
                                "allowedToCreateApps",
                                policy.usersMayCreateApps(),
                                "allowedToReadOtherUsers",
                                true,
                                "permissionGrantPoliciesAssigned",
                                policy.usersMayConsent()
                                        ? List.of(FOR_SELF + "microsoft-user-default-legacy")
                                        : List.of()))));
    }

    /** {@code PATCH /policies/authorizationPolicy}. */
    Answer update(Exchange exchange) {
        Map<String, Object> body = exchange.json();
        AuthorizationPolicy policy = policy(exchange);
        if (Json.at(body, CONSENT).isPresent()) {
            policy = policy.withUsersMayConsent(Json.list(body, CONSENT).stream()
                    .anyMatch(p -> String.valueOf(p).startsWith(FOR_SELF)));
        }
        if (Json.flag(body, CREATE).isPresent()) {
            policy = policy.withUsersMayCreateApps(Json.flag(body, CREATE).get());
        }
        policy.put(world);
        return Answer.empty(204);
    }

    private AuthorizationPolicy policy(Exchange exchange) {
        return AuthorizationPolicy.of(world, exchange.caller().tenantId());
    }
}
