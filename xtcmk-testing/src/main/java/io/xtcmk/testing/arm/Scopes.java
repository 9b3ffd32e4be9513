package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.Subscription;
import io.xtcmk.testing.world.World;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scopes of extension resources such as role assignments: subscription, group, resource, or below a resource. */
final class Scopes {
    private static final UUID NONE = new UUID(0, 0);
    private static final Pattern SUBSCRIPTION = Pattern.compile("(?i)/subscriptions/([^/]+).*");
    private static final Pattern GROUP = Pattern.compile("(?i)(/subscriptions/[^/]+/resourceGroups/([^/]+))(/.*)?");
    private static final Pattern RESOURCE =
            Pattern.compile("(?i)(/subscriptions/[^/]+/resourceGroups/([^/]+)/providers/([^/]+/[^/]+/[^/]+))(/.*)?");

    private Scopes() {}

    /** The request's scope, whose resource (of something below one, the outermost) must be there. */
    static String existing(Exchange exchange) {
        String scope = Arm.scope(exchange);
        World world = exchange.world();
        Matcher group = GROUP.matcher(scope);
        if (group.matches() && world.resources().find(group.group(1)).isEmpty()) {
            throw AzureError.ofGateway(
                    404, "ResourceGroupNotFound", "Resource group '" + group.group(2) + "' could not be found.");
        }
        Matcher resource = RESOURCE.matcher(scope);
        if (!resource.matches()) {
            return scope;
        }
        Optional<Resource> outermost = world.resources().find(resource.group(1));
        return outermost
                .map(r -> r.id() + (resource.group(4) == null ? "" : resource.group(4)))
                .orElseThrow(() -> AzureError.resourceNotFound(resource.group(3), resource.group(2)));
    }

    /** The tenant of the scope's subscription. */
    static UUID tenantOf(World world, String scope) {
        Matcher matcher = SUBSCRIPTION.matcher(scope);
        return matcher.matches()
                ? world.subscriptions()
                        .find(matcher.group(1))
                        .map(Subscription::tenantId)
                        .orElse(NONE)
                : NONE;
    }
}
