package io.xtcmk.testing.cmk;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.ServicePrincipal;
import io.xtcmk.testing.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The {@code identity} of a resource: which managed identities it may act as. */
public final class AttachedIdentities {
    private static final String ASSIGN = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

    private AttachedIdentities() {}

    /**
     * The identity block after a PUT or PATCH. An identity whose value is null is taken away; one that is not there, or
     * that the caller may not assign, is refused.
     *
     * @param exchange the request
     * @param before the resource's block so far; empty where it had none
     * @param resourceId the resource
     * @return the block as a GET shows it; empty for none
     */
    public static Map<String, Object> change(Exchange exchange, Map<String, Object> before, String resourceId) {
        Map<String, Object> asked = Json.map(exchange.json(), "identity");
        if (asked.isEmpty()) {
            return before;
        }
        String type = Json.text(asked, "type").orElse("None");
        // even an empty map: github.com/Azure/azure-rest-api-specs/issues/17650
        if (isSystemAssigned(type) && !isUserAssigned(type) && asked.get("userAssignedIdentities") != null) {
            throw failed(
                    resourceId,
                    "The request format was unexpected, a non-UserAssigned identity type should not contain:"
                            + " userAssignedIdentities");
        }
        Map<String, Object> users = isUserAssigned(type) ? users(exchange, before, asked, resourceId) : Map.of();
        Map<String, Object> system = isSystemAssigned(type) ? system(exchange, before, resourceId) : Map.of();
        Map<String, Object> block = new LinkedHashMap<>(system);
        block.put("type", type);
        if (!users.isEmpty()) {
            block.put("userAssignedIdentities", users);
        }
        return type.equalsIgnoreCase("None") ? Map.of() : block;
    }

    /** The refusal of the service that Resource Manager asks about identities. */
    private static AzureError failed(String resourceId, String message) {
        return AzureError.ofGateway(
                400,
                "FailedIdentityOperation",
                "Identity operation for resource '" + resourceId + "' failed with error 'Failed to perform"
                        + " resource identity operation. Status: 'BadRequest'. Response: '{\"error\":{\"code\":"
                        + "\"BadRequest\",\"message\":\"" + message + "\"}}'.'.");
    }

    private static boolean isUserAssigned(String type) {
        return type.toLowerCase(Locale.ROOT).contains("userassigned");
    }

    private static boolean isSystemAssigned(String type) {
        return type.toLowerCase(Locale.ROOT).contains("systemassigned");
    }

    private static Map<String, Object> users(
            Exchange exchange, Map<String, Object> before, Map<String, Object> asked, String resourceId) {
        Map<String, Object> users = new LinkedHashMap<>(Json.map(before, "userAssignedIdentities"));
        Json.map(asked, "userAssignedIdentities").forEach((id, value) -> {
            users.keySet().removeIf(id::equalsIgnoreCase);
            if (value != null) {
                users.put(id, ids(identity(exchange, id, resourceId)));
            }
        });
        return users;
    }

    private static Map<String, Object> ids(Resource identity) {
        return Json.object(
                "principalId", identity.text("properties.principalId").orElseThrow(),
                "clientId", identity.text("properties.clientId").orElseThrow());
    }

    private static Resource identity(Exchange exchange, String id, String resourceId) {
        Resource identity = exchange.world()
                .resources()
                .find(id)
                .orElseThrow(() -> failed(
                        resourceId,
                        "Resource '" + id.replaceFirst("(?i)/resourcegroups/", "/resourcegroups/")
                                + "' was not found."));
        if (!new Rbac(exchange.world()).allows(exchange.caller().objectId(), ASSIGN, id)) {
            throw AzureError.ofGateway(
                    403,
                    "LinkedAuthorizationFailed",
                    "The client '" + exchange.caller().name() + "' with object id '"
                            + exchange.caller().objectId() + "' has permission to perform the write action on scope '"
                            + resourceId + "'; however, it does not have permission to perform action(s) '" + ASSIGN
                            + "' on the linked scope(s) '" + id
                            + "' (respectively) or the linked scope(s) are invalid.");
        }
        return identity;
    }

    private static Map<String, Object> system(Exchange exchange, Map<String, Object> before, String resourceId) {
        if (Json.text(before, "principalId").isPresent()) {
            return Json.object("principalId", before.get("principalId"), "tenantId", before.get("tenantId"));
        }
        World world = exchange.world();
        UUID tenant = exchange.caller().tenantId();
        ServicePrincipal principal = new ServicePrincipal(
                world.ids().uuid(),
                world.ids().uuid(),
                tenant,
                ServicePrincipal.Kind.ManagedIdentity,
                resourceId.substring(resourceId.lastIndexOf('/') + 1),
                true,
                Set.of(),
                Json.object(
                        "alternativeNames",
                        List.of(
                                "isExplicit=False",
                                resourceId.replaceFirst("(?i)/resourcegroups/", "/resourcegroups/"))),
                exchange.now());
        world.servicePrincipals().put(principal.id().toString(), principal);
        return Json.object("principalId", principal.id().toString(), "tenantId", tenant.toString());
    }

    /**
     * The identity that a resource acts as: the user-assigned one that is named, if it is attached and there; without a
     * name, its own system-assigned one.
     *
     * @param world the state
     * @param resource the resource
     * @param named the user-assigned identity's resource id, or null
     * @return the identity as an ARM resource of that kind; null where there is none
     */
    public static @Nullable Resource find(World world, Resource resource, @Nullable String named) {
        if (named == null) {
            return own(world, resource).orElse(null);
        }
        boolean attached = Json.map(resource.body(), "identity.userAssignedIdentities").keySet().stream()
                .anyMatch(named::equalsIgnoreCase);
        return attached ? world.resources().find(named).orElse(null) : null;
    }

    private static Optional<Resource> own(World world, Resource resource) {
        return resource.text("identity.principalId")
                .flatMap(world.servicePrincipals()::find)
                .map(p -> new Resource(
                        resource.id(),
                        Json.object(
                                "properties",
                                Json.object(
                                        "tenantId", p.tenantId().toString(),
                                        "clientId", p.appId().toString(),
                                        "principalId", p.id().toString())),
                        resource.createdAt()));
    }

    /** 409 for a resource whose name is taken elsewhere in the group: resources do not move between places. */
    public static void checkLocation(Resource existing, String location) {
        String is = existing.text("location").map(Arm::location).orElse(location);
        if (!is.equals(location)) {
            throw AzureError.ofGateway(
                    409,
                    "InvalidResourceLocation",
                    "The resource '" + existing.name() + "' already exists in location '" + is + "' in resource group '"
                            + Arm.groupName(existing.id()) + "'. A resource with the same name cannot be created in"
                            + " location '" + location + "'. Please select a new resource name.");
        }
    }
}
