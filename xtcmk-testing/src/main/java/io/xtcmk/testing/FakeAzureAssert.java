package io.xtcmk.testing;

import io.xtcmk.model.ClientId;
import io.xtcmk.model.ResourceId;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a {@link FakeAzure}: what there is, and what was called. */
public final class FakeAzureAssert extends AbstractAssert<FakeAzureAssert, FakeAzure> {
    FakeAzureAssert(FakeAzure azure) {
        super(azure, FakeAzureAssert.class);
    }

    /**
     * Goes on with a storage account, which there must be.
     *
     * @param id its resource id
     * @return what can be asserted of its encryption
     */
    public EncryptionAssert storageAccount(ResourceId id) {
        return encryption(id, "Microsoft.Storage/storageAccounts");
    }

    /**
     * Goes on with an Azure SQL server, which there must be.
     *
     * @param id its resource id
     * @return what can be asserted of its encryption
     */
    public EncryptionAssert sqlServer(ResourceId id) {
        return encryption(id, "Microsoft.Sql/servers");
    }

    private EncryptionAssert encryption(ResourceId id, String type) {
        World world = azure().world();
        return world.locked(() -> {
            Resource resource = world.resources().find(id.toString()).orElse(null);
            if (resource == null || !resource.text("type").orElse("").equalsIgnoreCase(type)) {
                throw failure("Expected a resource of type %s:%n  %s%nbut there are:%n%s", type, id, resourcesOf(type));
            }
            return new EncryptionAssert(Encryption.of(world, resource).orElseThrow(), resource.id());
        });
    }

    private String resourcesOf(String type) {
        String ids = azure()
                .world()
                .resources()
                .where(r -> r.text("type").orElse("").equalsIgnoreCase(type))
                .stream()
                .map(r -> "  " + r.id())
                .collect(Collectors.joining(System.lineSeparator()));
        return ids.isEmpty() ? "  none" : ids;
    }

    /**
     * Goes on with an app registration, which there must be.
     *
     * @param clientId its client id
     * @return what can be asserted of it
     */
    public ApplicationAssert application(ClientId clientId) {
        World world = azure().world();
        return world.locked(() -> {
            Application application = world.applications()
                    .first(a -> a.appId().equals(clientId.value()) && !a.isDeleted())
                    .orElseThrow(() -> failure(
                            "Expected an application with the client id%n  %s%nbut there are:%n  %s",
                            clientId,
                            world.applications().where(a -> !a.isDeleted()).stream()
                                    .map(a -> a.displayName() + " " + a.appId())
                                    .collect(Collectors.joining(System.lineSeparator() + "  "))));
            return new ApplicationAssert(application, azure());
        });
    }

    /**
     * There is a resource.
     *
     * @param id its resource id
     * @return this
     */
    public FakeAzureAssert hasResource(ResourceId id) {
        if (!exists(id)) {
            throw failure("Expected the resource%n  %s%nin%n%s", id, actual);
        }
        return this;
    }

    /**
     * There is no such resource.
     *
     * @param id a resource id
     * @return this
     */
    public FakeAzureAssert hasNoResource(ResourceId id) {
        if (exists(id)) {
            throw failure("Expected no resource%n  %s%nbut it is there", id);
        }
        return this;
    }

    private boolean exists(ResourceId id) {
        World world = azure().world();
        return world.locked(() -> world.resources().find(id.toString()).isPresent());
    }

    /**
     * A route was called, with whatever outcome.
     *
     * @param method GET, PUT, ...
     * @param template the route's path template, as in the table of what is supported
     * @return this
     * @throws IllegalArgumentException if the fake has no such route
     */
    public FakeAzureAssert hasCalled(String method, String template) {
        if (calls(method, template) == 0) {
            throw failure("Expected a call of%n  %s %s%nbut the calls were:%n%s", method, template, journal());
        }
        return this;
    }

    /**
     * A route was called so many times, with whatever outcome.
     *
     * @param times how many
     * @param method GET, PUT, ...
     * @param template the route's path template, as in the table of what is supported
     * @return this
     * @throws IllegalArgumentException if the fake has no such route
     */
    public FakeAzureAssert hasCalledTimes(int times, String method, String template) {
        long calls = calls(method, template);
        if (calls != times) {
            throw failure(
                    "Expected %d calls of%n  %s %s%nbut there were %d. The calls were:%n%s",
                    times, method, template, calls, journal());
        }
        return this;
    }

    /**
     * A route was not called.
     *
     * @param method GET, PUT, ...
     * @param template the route's path template, as in the table of what is supported
     * @return this
     * @throws IllegalArgumentException if the fake has no such route
     */
    public FakeAzureAssert hasNotCalled(String method, String template) {
        return hasCalledTimes(0, method, template);
    }

    /**
     * Nothing was changed: all calls but those for tokens only read.
     *
     * @return this
     */
    public FakeAzureAssert hasChangedNothing() {
        List<RecordedCall> changes = azure().calls().stream()
                .filter(c -> !c.method().equals("GET")
                        && !c.method().equals("HEAD")
                        && !c.route().endsWith("/token"))
                .toList();
        if (!changes.isEmpty()) {
            throw failure("Expected calls that only read, but there were:%n%s", lines(changes));
        }
        return this;
    }

    /**
     * Every fault has struck as often as it should.
     *
     * @return this
     */
    public FakeAzureAssert hasNoPendingFaults() {
        List<InjectedFault> pending = azure().pendingFaults();
        if (!pending.isEmpty()) {
            throw failure(
                    "Expected all faults to have struck, but there are%n%s%nThe calls were:%n%s", pending, journal());
        }
        return this;
    }

    private long calls(String method, String template) {
        String route = azure().dispatcher().routeNamed(method, template).toString();
        return azure().calls().stream().filter(c -> c.route().equals(route)).count();
    }

    private String journal() {
        return lines(azure().calls());
    }

    private static String lines(List<RecordedCall> calls) {
        return calls.isEmpty()
                ? "  none"
                : calls.stream().map(c -> "  " + c).collect(Collectors.joining(System.lineSeparator()));
    }

    private FakeAzure azure() {
        isNotNull();
        return actual;
    }
}
