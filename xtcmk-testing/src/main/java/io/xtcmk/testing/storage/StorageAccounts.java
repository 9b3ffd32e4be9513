package io.xtcmk.testing.storage;

import io.xtcmk.testing.arm.Arm;
import io.xtcmk.testing.arm.ArmOperations;
import io.xtcmk.testing.arm.ArmRoutes;
import io.xtcmk.testing.arm.Removal;
import io.xtcmk.testing.cmk.AttachedIdentities;
import io.xtcmk.testing.cmk.BrokenLink;
import io.xtcmk.testing.cmk.CustomerKeys;
import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Operations;
import io.xtcmk.testing.http.Operations.Operation;
import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Microsoft.Storage: accounts and their encryption. */
public final class StorageAccounts implements ArmRoutes {
    static final String TYPE = "Microsoft.Storage/storageAccounts";

    private static final String PROVIDER = "/providers/Microsoft.Storage";
    private static final String COLLECTION = PROVIDER + "/storageAccounts";
    private static final String ACCOUNT = Arm.GROUP + COLLECTION + "/{account}";
    private static final String READ = TYPE + "/read";
    private static final String WRITE = TYPE + "/write";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{3,24}");

    private final World world;
    private final Operations operations;
    private final AccountKeys keys;
    private final AccountNames names;

    /**
     * The provider over one world.
     *
     * @param world the state
     * @param operations long-running operations
     * @param customerKeys the walk to customers' keys
     */
    public StorageAccounts(World world, Operations operations, CustomerKeys customerKeys) {
        this.world = world;
        this.operations = operations;
        this.keys = new AccountKeys(world, customerKeys);
        this.names = new AccountNames(world);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("PUT", ACCOUNT, WRITE, "create an account, or change it", this::put),
                Route.of("PATCH", ACCOUNT, WRITE, "change an account", this::patch),
                Route.of("GET", ACCOUNT, READ, "an account", this::get),
                Route.of("DELETE", ACCOUNT, TYPE + "/delete", "delete an account", this::delete),
                Route.of("POST", ACCOUNT + "/listKeys", TYPE + "/listkeys/action", "its access keys", this::listKeys),
                Route.of("GET", Arm.GROUP + COLLECTION, READ, "the accounts of a group", this::ofGroup),
                Route.of("GET", Arm.SUBSCRIPTION + COLLECTION, READ, "the accounts of a subscription", this::all),
                Route.of(
                        "POST",
                        Arm.SUBSCRIPTION + PROVIDER + "/checkNameAvailability",
                        "Microsoft.Storage/checknameavailability/read",
                        "whether an account's name is free",
                        this::checkName),
                Route.of(
                        "GET",
                        Arm.SUBSCRIPTION + PROVIDER + "/locations/{location}/asyncoperations/{operation}",
                        "-",
                        "how a creation goes",
                        this::operation));
    }

    private Answer put(Exchange exchange) {
        String name = exchange.parameter("account");
        String id = Arm.id(exchange, TYPE, name);
        if (!NAME.matcher(name).matches()) {
            throw StorageErrors.nameInvalid(name);
        }
        Optional<Resource> existing = world.resources().find(id);
        if (existing.isEmpty()) {
            return create(exchange, id);
        }
        AttachedIdentities.checkLocation(existing.get(), Arm.requiredLocation(exchange));
        return update(exchange, existing.get());
    }

    private Answer create(Exchange exchange, String id) {
        String name = exchange.parameter("account");
        if (names.isTaken(name)) {
            throw StorageErrors.nameTaken(name);
        }
        Resource account = identified(exchange, AccountBody.create(exchange, id));
        try {
            AccountEncryption.check(account);
            AccountIdentity.check(account);
            keys.begin(account);
            save(protect(account, account));
        } catch (AzureError refusal) {
            keys.forget(account);
            Removal.of(world, account);
            throw refusal;
        }
        names.take(name, id);
        new StoredBlobs(world).forget(id);
        Operation operation =
                operations.begin("CreateStorageAccount", world.settings().storageCreate, () -> finish(exchange, id));
        return accepted(exchange, operation);
    }

    private Object finish(Exchange exchange, String id) {
        Resource account = Arm.remaining(world, id);
        Resource made = save(account.withBody(Json.with(account.body(), "properties.provisioningState", "Succeeded")));
        return AccountBody.shown(made, exchange.apiVersion());
    }

    /** The first answer has neither body nor Azure-AsyncOperation; so has each until the account is there. */
    private Answer accepted(Exchange exchange, Operation operation) {
        String url = ArmOperations.url(
                exchange,
                Arm.subscriptionId(exchange) + PROVIDER + "/locations/" + Arm.requiredLocation(exchange)
                        + "/asyncoperations/" + operation.id() + "?monitor=true");
        return Answer.of(202, "text/plain; charset=utf-8", new byte[0])
                .header("Location", url)
                .header("Retry-After", retryAfter());
    }

    private Answer operation(Exchange exchange) {
        Operation operation = ArmOperations.find(operations, exchange.parameter("operation"));
        Answer answer = ArmOperations.result(exchange, operation);
        return operation.isRunning() ? answer.header("Retry-After", retryAfter()) : answer;
    }

    /** Storage says 17 seconds; less where a test has asked for accounts that are made sooner. */
    private String retryAfter() {
        long needed = Math.max(1, world.settings().storageCreate.toSeconds());
        return Long.toString(Math.min(17, needed));
    }

    private Answer patch(Exchange exchange) {
        return update(exchange, Arm.resource(exchange, TYPE, exchange.parameter("account")));
    }

    private Answer update(Exchange exchange, Resource found) {
        if (!isReady(found)) {
            throw StorageErrors.busy();
        }
        Resource before = keys.rotated(found);
        Resource account = identified(exchange, AccountBody.changed(exchange, before));
        AccountEncryption.check(account);
        AccountIdentity.check(account);
        AccountIdentity.checkChange(before, account);
        boolean aboutKeys = Json.at(exchange.json(), "identity").isPresent()
                || Json.at(exchange.json(), "properties.encryption").isPresent();
        return shown(exchange, save(aboutKeys ? protect(before, account) : account));
    }

    private Resource protect(Resource before, Resource account) {
        try {
            return AccountEncryption.timed(before, keys.protect(before, account), world.now());
        } catch (BrokenLink broken) {
            throw StorageErrors.ofProvider(broken);
        }
    }

    private static Resource identified(Exchange exchange, Resource account) {
        Map<String, Object> identity =
                AttachedIdentities.change(exchange, Json.map(account.body(), "identity"), account.id());
        return account.withBody(
                identity.isEmpty()
                        ? Json.without(account.body(), "identity")
                        : Json.with(account.body(), "identity", identity));
    }

    private static boolean isReady(Resource account) {
        return account.text("properties.provisioningState").orElse("").equals("Succeeded");
    }

    private Answer get(Exchange exchange) {
        Resource account = keys.rotated(Arm.resource(exchange, TYPE, exchange.parameter("account")));
        boolean isExpanded = exchange.query("$expand")
                .filter("geoReplicationStats"::equalsIgnoreCase)
                .isPresent();
        return shown(
                exchange,
                isExpanded ? account.withBody(AccountReplication.expanded(account.body(), exchange.now())) : account);
    }

    private static Answer shown(Exchange exchange, Resource account) {
        return Answer.ok(AccountBody.shown(account, exchange.apiVersion()));
    }

    private Answer delete(Exchange exchange) {
        Optional<Resource> account = Arm.find(exchange, TYPE, exchange.parameter("account"));
        if (account.isEmpty()) {
            return Answer.empty(204);
        }
        if (!isReady(account.get())) {
            throw StorageErrors.busy();
        }
        Removal.of(world, account.get());
        keys.forget(account.get());
        new StoredBlobs(world).forget(account.get().id());
        return Answer.of(200, "text/plain; charset=utf-8", new byte[0]);
    }

    private Answer ofGroup(Exchange exchange) {
        return list(exchange, Arm.inGroup(exchange, TYPE));
    }

    private Answer all(Exchange exchange) {
        return list(exchange, Arm.inSubscription(exchange, TYPE));
    }

    private Answer list(Exchange exchange, List<Resource> accounts) {
        return Arm.list(
                exchange,
                accounts.stream()
                        .map(keys::rotated)
                        .map(a -> AccountBody.shown(a, exchange.apiVersion()))
                        .toList());
    }

    private Answer listKeys(Exchange exchange) {
        Resource account = Arm.resource(exchange, TYPE, exchange.parameter("account"));
        if (!isReady(account)) {
            throw StorageErrors.notProvisioned();
        }
        String time = Arm.time(account.createdAt());
        return Answer.ok(
                Json.object("keys", List.of(accessKey(account, "key1", time), accessKey(account, "key2", time))));
    }

    private static Map<String, Object> accessKey(Resource account, String name, String time) {
        byte[] value = (name + " of " + account.id() + " since " + time).getBytes(StandardCharsets.UTF_8);
        return Json.object(
                "creationTime",
                time,
                "keyName",
                name,
                "value",
                Base64.getEncoder().encodeToString(value),
                "permissions",
                "FULL");
    }

    private Answer checkName(Exchange exchange) {
        String name = Json.text(exchange.json(), "name").orElse("");
        if (!NAME.matcher(name).matches()) {
            return Answer.ok(Json.object(
                    "nameAvailable",
                    false,
                    "reason",
                    "AccountNameInvalid",
                    "message",
                    name + " is not a valid storage account name. " + StorageErrors.NAME_RULE));
        }
        return names.isTaken(name)
                ? Answer.ok(Json.object(
                        "nameAvailable",
                        false,
                        "reason",
                        "AlreadyExists",
                        "message",
                        StorageErrors.nameTaken(name).message()))
                : Answer.ok(Json.object("nameAvailable", true));
    }

    private Resource save(Resource account) {
        world.resources().put(account.id(), account);
        return account;
    }
}
