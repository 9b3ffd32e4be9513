package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Caller;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.Regions;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What resource providers have in common: ids, look-ups with their refusals, lists. */
public final class Arm {
    /** The beginning of the templates of all resources in a group. */
    public static final String GROUP = "/subscriptions/{subscription}/resourceGroups/{group}";
    /** The beginning of the templates of what is asked of a whole subscription. */
    public static final String SUBSCRIPTION = "/subscriptions/{subscription}";

    private static final Pattern SUBSCRIPTION_PATH =
            Pattern.compile("/subscriptions/([^/]+)(/.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROVIDER = Pattern.compile("/providers/", Pattern.CASE_INSENSITIVE);

    private Arm() {}

    // ids

    /** The subscription's id in the request's path, if it has one. */
    static Optional<String> subscriptionIn(Exchange exchange) {
        Matcher matcher = SUBSCRIPTION_PATH.matcher(exchange.path());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * The scope at which a role must allow the request: the resource that the path names, or what would contain it
     * where the path names a collection or ends in an action.
     */
    static String scope(Exchange exchange) {
        return scopeOf(exchange.path());
    }

    static String scopeOf(String path) {
        int at = -1;
        Matcher matcher = PROVIDER.matcher(path);
        while (matcher.find()) {
            at = matcher.start();
        }
        if (at < 0) {
            return paired(path.substring(1), "");
        }
        String before = path.substring(0, at);
        String[] rest = path.substring(at + "/providers/".length()).split("/", 2);
        boolean isExtension = rest[0].equalsIgnoreCase("Microsoft.Authorization");
        if (isExtension || rest.length == 1 || !rest[1].contains("/")) {
            return before.isEmpty() ? "/" : before;
        }
        return paired(rest[1], before + "/providers/" + rest[0]);
    }

    /** Segments by pairs of type and name; a last lone one (a collection or an action) does not count. */
    private static String paired(String segments, String prefix) {
        String[] parts = segments.split("/", -1);
        StringBuilder scope = new StringBuilder(prefix);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            scope.append('/').append(parts[i]).append('/').append(parts[i + 1]);
        }
        return scope.length() == 0 ? "/" : scope.toString();
    }

    /** The id of the request's subscription, as made. */
    public static String subscriptionId(Exchange exchange) {
        return "/subscriptions/"
                + exchange.world()
                        .subscriptions()
                        .find(exchange.parameter("subscription"))
                        .orElseThrow()
                        .id();
    }

    /** The resource id of the request's group, as the path has it. */
    public static String groupId(Exchange exchange) {
        return subscriptionId(exchange) + "/resourceGroups/" + exchange.parameter("group");
    }

    /**
     * The id of a resource in the request's group, which must be there.
     *
     * @param type such as {@code Microsoft.Sql/servers/keys}
     * @param names one for each part of the type after the first
     */
    public static String id(Exchange exchange, String type, String... names) {
        return group(exchange).id() + "/providers/" + typeAndNames(type, names);
    }

    private static String typeAndNames(String type, String... names) {
        String[] parts = type.split("/", -1);
        StringBuilder text = new StringBuilder(parts[0]);
        for (int i = 0; i < names.length; i++) {
            text.append('/').append(parts[i + 1]).append('/').append(names[i]);
        }
        return text.toString();
    }

    // look-ups

    /** The request's resource group, or 404 ResourceGroupNotFound. */
    public static Resource group(Exchange exchange) {
        return exchange.world()
                .resources()
                .find(groupId(exchange))
                .orElseThrow(() -> groupNotFound(exchange.parameter("group")));
    }

    /** A resource in the request's group, if it is there; without the group, 404 ResourceGroupNotFound. */
    public static Optional<Resource> find(Exchange exchange, String type, String... names) {
        if (exchange.method().equals("GET") && isRemembered(exchange)) {
            return Optional.empty();
        }
        return exchange.world().resources().find(id(exchange, type, names));
    }

    /** Whether the request's group has gone, and those who read do not know yet. */
    private static boolean isRemembered(Exchange exchange) {
        World world = exchange.world();
        return world.resources().find(groupId(exchange)).isEmpty()
                && world.table(EndedGroup.class)
                        .find(groupId(exchange))
                        .filter(ended ->
                                ended.at().plus(world.settings().groupMemory).isAfter(world.now()))
                        .isPresent();
    }

    /**
     * A resource in the request's group, or 404: ResourceNotFound, ParentResourceNotFound where the request is for what is
     * below it, or ResourceGroupNotFound.
     */
    public static Resource resource(Exchange exchange, String type, String... names) {
        return find(exchange, type, names).orElseThrow(() -> notFound(exchange, type, names));
    }

    private static AzureError notFound(Exchange exchange, String type, String... names) {
        String asked = typeIn(exchange.path());
        boolean isBelow = asked.length() > type.length() && !exchange.method().equals("POST");
        return isBelow
                ? AzureError.ofGateway(
                        404,
                        "ParentResourceNotFound",
                        "Failed to perform '" + verb(exchange.method()) + "' on resource(s) of type '"
                                + asked.substring(asked.indexOf('/') + 1) + "', because the parent resource '"
                                + groupId(exchange) + "/providers/" + typeAndNames(type, names)
                                + "' could not be found.")
                : AzureError.resourceNotFound(typeAndNames(type, names), exchange.parameter("group"));
    }

    private static String verb(String method) {
        return switch (method) {
            case "GET" -> "read";
            case "DELETE" -> "delete";
            default -> "write";
        };
    }

    /** What an operation finds still there at its end, or 404: its group may have been deleted meanwhile. */
    public static Resource remaining(World world, String id) {
        return world.resources().find(id).orElseThrow(() -> {
            String[] parts = id.split("(?i)/providers/", -1);
            return AzureError.resourceNotFound(parts[parts.length - 1], groupName(id));
        });
    }

    /** Refuses what an operation would put into a group that was deleted meanwhile. */
    public static void checkGroupRemains(World world, String id) {
        String group = id.split("(?i)/providers/", -1)[0];
        if (world.resources().find(group).isEmpty()) {
            throw groupNotFound(groupName(id));
        }
    }

    private static AzureError groupNotFound(String name) {
        return AzureError.ofGateway(404, "ResourceGroupNotFound", "Resource group '" + name + "' could not be found.");
    }

    /** The resources of a type in the request's group, which must be there. */
    public static List<Resource> inGroup(Exchange exchange, String type) {
        return below(exchange, group(exchange).id(), type);
    }

    /** The resources of a type in the request's subscription. */
    public static List<Resource> inSubscription(Exchange exchange, String type) {
        return below(exchange, subscriptionId(exchange), type);
    }

    /** The resources of a type below a scope. */
    public static List<Resource> below(Exchange exchange, String scope, String type) {
        return exchange.world()
                .resources()
                .where(r -> Rbac.isWithin(r.id(), scope)
                        && r.text("type").orElse("").equalsIgnoreCase(type));
    }

    /** The name of the group in a resource id. */
    public static String groupName(String id) {
        Matcher matcher = Pattern.compile("(?i)/resourcegroups/([^/]+)").matcher(id);
        return matcher.find() ? matcher.group(1) : "";
    }

    // answers

    /** 200 with {@code {"value": [...]}}, or the page of it that is asked for. */
    public static Answer list(Exchange exchange, List<? extends Map<String, Object>> items) {
        return ArmPages.page(exchange, items);
    }

    /** 200 with the bodies of these, or the page of them that is asked for. */
    public static Answer listOf(Exchange exchange, List<Resource> resources) {
        return list(exchange, resources.stream().map(Resource::body).toList());
    }

    /** {@code systemData} of a resource made or changed now by the request's caller. */
    public static Map<String, Object> systemData(Exchange exchange, Optional<Resource> before) {
        String who = exchange.caller().name();
        String kind = exchange.caller().isUser() ? "User" : "Application";
        return Json.object(
                "createdBy",
                before.flatMap(r -> r.text("systemData.createdBy")).orElse(who),
                "createdByType",
                before.flatMap(r -> r.text("systemData.createdByType")).orElse(kind),
                "createdAt",
                time(before.map(Resource::createdAt).orElse(exchange.now())),
                "lastModifiedBy",
                who,
                "lastModifiedByType",
                kind,
                "lastModifiedAt",
                time(exchange.now()));
    }

    /** An instant as ARM writes it. */
    public static String time(Instant when) {
        return when.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** A place as providers keep it: "West Europe" is {@code westeurope}. */
    public static String location(String given) {
        return given.replace(" ", "").toLowerCase(java.util.Locale.ROOT);
    }

    /** The body's location, normalized, or the refusal of a resource without one, or at a place that is none. */
    public static String requiredLocation(Exchange exchange) {
        String given = Json.text(exchange.json(), "location")
                .filter(l -> !l.isBlank())
                .orElseThrow(() -> AzureError.ofGateway(
                        400, "LocationRequired", "The location property is required for this definition."));
        UUID tenant = exchange.caller().tenantId();
        Cloud cloud = Cloud.of(
                exchange.world().tenants().find(tenant.toString()).orElseThrow().cloud());
        List<String> regions = Regions.of(cloud);
        if (!regions.contains(location(given))) {
            throw notAvailable(given, typeIn(exchange.path()), String.join(",", regions));
        }
        return location(given);
    }

    private static AzureError notAvailable(String location, String type, String regions) {
        return type.isEmpty()
                ? AzureError.ofGateway(
                        400,
                        "LocationNotAvailableForResourceGroup",
                        "The provided location '" + location
                                + "' is not available for resource group. List of available regions is '" + regions
                                + "'.")
                : AzureError.ofGateway(
                        400,
                        "LocationNotAvailableForResourceType",
                        "The provided location '" + location + "' is not available for resource type '" + type
                                + "'. List of available regions for the resource type is '" + regions + "'.");
    }

    /** The type of the resource that a path names; empty for a group. */
    static String typeIn(String path) {
        String[] providers = PROVIDER.split(path, -1);
        if (providers.length == 1) {
            return "";
        }
        String[] parts = providers[providers.length - 1].split("/", -1);
        StringBuilder type = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.length; i += 2) {
            type.append('/').append(parts[i]);
        }
        return type.toString();
    }

    // refusals

    /** Refuses to move a resource: its location is for life. */
    public static void checkLocation(Resource resource, String location) {
        String actual = resource.text("location").orElse(location);
        if (!actual.equals(location)) {
            throw AzureError.ofGateway(
                    409,
                    "InvalidResourceLocation",
                    "The resource '" + resource.name() + "' already exists in location '" + actual
                            + "' in resource group '" + groupName(resource.id())
                            + "'. A resource with the same name cannot be created in location '" + location
                            + "'. Please select a new resource name.");
        }
    }

    /** 403 AuthorizationFailed. */
    public static AzureError authorizationFailed(Caller caller, String action, String scope) {
        return AzureError.ofGateway(
                403,
                "AuthorizationFailed",
                "The client '" + caller.name() + "' with object id '" + caller.objectId()
                        + "' does not have authorization to perform action '" + action + "' over scope '" + scope
                        + "' or the scope is invalid. If access was recently granted, please refresh your"
                        + " credentials.");
    }

    /** {@code {"error": {"code", "message", "details"}}}. */
    public static Map<String, Object> errorBody(AzureError error) {
        return Json.object("error", error(error));
    }

    static Map<String, Object> error(AzureError error) {
        return Json.object(
                "code",
                error.code(),
                "message",
                error.message(),
                "details",
                error.details().isEmpty() ? Json.ABSENT : error.details());
    }
}
