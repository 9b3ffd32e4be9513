package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Operations;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Microsoft.Resources: resource groups, and lists of the resources in them. */
public final class ResourceGroups implements ArmRoutes {
    private static final String TYPE = "Microsoft.Resources/resourceGroups";
    private static final String READ = "Microsoft.Resources/subscriptions/resourceGroups/read";
    private static final String WRITE = "Microsoft.Resources/subscriptions/resourceGroups/write";
    private static final String DELETE = "Microsoft.Resources/subscriptions/resourceGroups/delete";
    private static final String OPERATIONS = Arm.SUBSCRIPTION + "/operationresults/{operation}";
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_().-]{0,89}[\\p{L}\\p{N}_()-]");

    private final Operations operations;

    public ResourceGroups(Operations operations) {
        this.operations = operations;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("PUT", Arm.GROUP, WRITE, "create or update a resource group", this::put),
                Route.of("PATCH", Arm.GROUP, WRITE, "change a resource group's tags", this::patch),
                Route.of(
                        "GET",
                        Arm.GROUP,
                        READ,
                        "get a resource group",
                        e -> Answer.ok(Arm.group(e).body())),
                Route.of("HEAD", Arm.GROUP, READ, "whether a resource group exists", this::head),
                Route.of("DELETE", Arm.GROUP, DELETE, "delete a resource group and all in it", this::delete),
                Route.of("GET", OPERATIONS, "-", "whether a resource group's deletion is done", this::poll),
                Route.of("GET", Arm.SUBSCRIPTION + "/resourceGroups", READ, "list resource groups", this::list),
                Route.of(
                        "GET",
                        Arm.GROUP + "/resources",
                        READ,
                        "list the resources of a group",
                        e -> resources(e, Arm.group(e).id())),
                Route.of(
                        "GET",
                        Arm.SUBSCRIPTION + "/resources",
                        READ,
                        "list resources",
                        e -> resources(e, Arm.subscriptionId(e))));
    }

    private Answer put(Exchange exchange) {
        String name = exchange.parameter("group");
        if (!NAME.matcher(name).matches()) {
            throw AzureError.of(
                    400,
                    "InvalidResourceGroup",
                    "The provided resource group name '" + name + "' has these invalid characters: only"
                            + " alphanumerics, underscores, parentheses, hyphens and periods are allowed, and it"
                            + " cannot end with a period.");
        }
        String location = Arm.requiredLocation(exchange);
        Optional<Resource> before = exchange.world().resources().find(Arm.groupId(exchange));
        before.ifPresent(group -> checkLocation(group, location));
        String id = before.map(Resource::id).orElse(Arm.groupId(exchange));
        Map<String, Object> body = Json.object(
                "id", id,
                "name", before.map(Resource::name).orElse(name),
                "type", TYPE,
                "location", location,
                "tags", Json.orAbsent(exchange.json().get("tags")),
                "managedBy", Json.orAbsent(exchange.json().get("managedBy")),
                "properties", Json.object("provisioningState", "Succeeded"));
        exchange.world()
                .resources()
                .put(id, new Resource(id, body, before.map(Resource::createdAt).orElse(exchange.now())));
        return Answer.json(before.isPresent() ? 200 : 201, body);
    }

    private static void checkLocation(Resource group, String location) {
        String actual = group.text("location").orElseThrow();
        if (!actual.equals(location)) {
            throw AzureError.of(
                    409,
                    "InvalidResourceGroupLocation",
                    "Invalid resource group location '" + location + "'. The Resource group already exists in"
                            + " location '" + actual + "'.");
        }
    }

    private Answer patch(Exchange exchange) {
        Resource group = Arm.group(exchange);
        Object tags = exchange.json().getOrDefault("tags", group.body().get("tags"));
        Resource changed = tags == null ? group : group.withBody(Json.with(group.body(), "tags", tags));
        exchange.world().resources().put(group.id(), changed);
        return Answer.ok(changed.body());
    }

    private Answer head(Exchange exchange) {
        Arm.group(exchange);
        return Answer.empty(204);
    }

    private Answer delete(Exchange exchange) {
        Resource group = Arm.group(exchange);
        String id = jobId(group);
        Operations.Operation operation = operations
                .find(id)
                .filter(Operations.Operation::isRunning)
                .orElseGet(() -> operations.begin(
                        id,
                        "DeleteResourceGroup",
                        exchange.world().settings().groupDeletion,
                        () -> removeAll(exchange, group)));
        return ArmOperations.withLocation(
                Answer.empty(202), exchange, Arm.subscriptionId(exchange) + "/operationresults/" + operation.id());
    }

    /** Whoever deletes a group that is being deleted follows the same job: its id is made of the group's name and place. */
    private static String jobId(Resource group) {
        String location = group.text("location").orElseThrow();
        String name = group.name().replace("-", ":2D").replace("_", ":5F").replace(".", ":2E");
        String job = "{\"jobId\":\"RESOURCEGROUPDELETIONJOB-" + (name + "-" + location).toUpperCase(Locale.ROOT)
                + "\",\"jobLocation\":\"" + location + "\"}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(job.getBytes(StandardCharsets.UTF_8));
    }

    @org.jspecify.annotations.Nullable
    private static Object removeAll(Exchange exchange, Resource group) {
        exchange.world().table(EndedGroup.class).put(group.id(), new EndedGroup(exchange.now()));
        exchange.world()
                .resources()
                .where(r -> Rbac.isWithin(r.id(), group.id()))
                .forEach(r -> Removal.of(exchange.world(), r));
        return null;
    }

    private Answer poll(Exchange exchange) {
        return ArmOperations.result(exchange, ArmOperations.find(operations, exchange.parameter("operation")));
    }

    private Answer list(Exchange exchange) {
        return Arm.listOf(
                exchange,
                Arm.inSubscription(exchange, TYPE).stream()
                        .filter(ArmFilter.of(exchange))
                        .toList());
    }

    private Answer resources(Exchange exchange, String scope) {
        return Arm.list(
                exchange,
                exchange
                        .world()
                        .resources()
                        .where(ArmFilter.of(exchange).and(r -> Rbac.isWithin(r.id(), scope) && isTopLevel(r)))
                        .stream()
                        .map(ResourceGroups::summary)
                        .toList());
    }

    /** A generic list has tracked resources only: a provider's own, neither groups nor what is below another. */
    private static boolean isTopLevel(Resource resource) {
        String type = resource.text("type").orElse("");
        return !type.equals(TYPE) && type.indexOf('/') == type.lastIndexOf('/');
    }

    private static Map<String, Object> summary(Resource resource) {
        Map<String, Object> body = resource.body();
        return Json.object(
                "id", resource.id(),
                "name", resource.name(),
                "type", Json.orAbsent(body.get("type")),
                "location", Json.orAbsent(body.get("location")),
                "kind", Json.orAbsent(body.get("kind")),
                "sku", Json.orAbsent(body.get("sku")),
                "identity", Json.orAbsent(body.get("identity")),
                "tags", Json.orAbsent(body.get("tags")));
    }
}
