package io.xtcmk.core.convergence;

import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.Definition;
import io.xtcmk.FederatedAppDefinition;
import io.xtcmk.KeyAuthorization;
import io.xtcmk.KeyAuthorization.KeyPlane;
import io.xtcmk.KeyOwnership;
import io.xtcmk.KeyRotation;
import io.xtcmk.MicrosoftKeyEncryption;
import io.xtcmk.ResourceHealing;
import io.xtcmk.SqlServerEncryption;
import io.xtcmk.SqlServerEncryption.PrincipalType;
import io.xtcmk.StorageEncryption;
import io.xtcmk.core.convergence.Companies.Program;
import io.xtcmk.model.FederatedApp;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * A terminal verb of the API.
 *
 * @param name its name in reports
 * @param definition makes the definition, from a process and what earlier verbs resulted in
 * @param blocking the verb
 * @param async its twin
 * @param then what is known after it
 */
record Verb<D extends Definition<D>, R>(
        String name,
        BiFunction<Program, Known, D> definition,
        Function<D, R> blocking,
        Function<D, Mono<R>> async,
        BiFunction<Known, R, Known> then) {

    /** How a verb is called. */
    enum Kind {
        BLOCKING,
        ASYNC;

        /** One or the other, in turn. */
        static Kind either(int number) {
            return number % 2 == 0 ? BLOCKING : ASYNC;
        }
    }

    static final Verb<FederatedAppDefinition, ?> PHASE_1 = new Verb<>(
            "phase 1",
            (process, known) -> CrossTenantCmk.provider(process.provider())
                    .application("contoso-cmk")
                    .managedIdentity("rg-identities", "id-cmk", Region.EUROPE_WEST),
            FederatedAppDefinition::createFederatedApp,
            FederatedAppDefinition::createFederatedAppAsync,
            Known::withApp);

    static final Verb<KeyAuthorization, ?> PHASE_2 = new Verb<>(
            "phase 2",
            (process, known) -> authorization(process, known, "kv-fabrikam", "contoso-cmk"),
            KeyAuthorization::authorize,
            KeyAuthorization::authorizeAsync,
            Known::withKey);

    static final Verb<KeyAuthorization, ?> PHASE_2_DATA_PLANE = new Verb<>(
            "phase 2 by the data plane",
            (process, known) ->
                    authorization(process, known, "kv-fabrikam-2", "other-cmk").keyPlane(KeyPlane.DATA),
            KeyAuthorization::authorize,
            KeyAuthorization::authorizeAsync,
            Known::withOtherKey);

    static final Verb<StorageEncryption, ?> STORAGE = new Verb<>(
            "phase 3, storage",
            (process, known) -> storage(process, known).withCustomerKey(known.key()),
            StorageEncryption::create,
            StorageEncryption::createAsync,
            Known::withResource);

    static final Verb<SqlServerEncryption, ?> SQL = new Verb<>(
            "phase 3, SQL",
            (process, known) -> sql(process, known).withCustomerKey(known.key()).autoRotation(true),
            SqlServerEncryption::create,
            SqlServerEncryption::createAsync,
            Known::withResource);

    static final Verb<KeyAuthorization, ?> TAGGING = new Verb<>(
            "phase 2 with a tag",
            (process, known) -> authorization(process, known, "kv-fabrikam", "contoso-cmk")
                    .ownershipTag(process.tag().value()),
            KeyAuthorization::authorize,
            KeyAuthorization::authorizeAsync,
            Known::withKey);

    static final Verb<KeyOwnership, ?> PROOF = new Verb<>(
            "proof of ownership",
            (process, known) -> CrossTenantCmk.provider(process.provider())
                    .ownership(known.key())
                    .tag(process.tag())
                    .managedIdentity(process.identity().apply(known.app())),
            KeyOwnership::prove,
            KeyOwnership::proveAsync,
            Known::withProof);

    static final Verb<StorageEncryption, ?> STORAGE_UPDATE = new Verb<>(
            "storage to another key",
            (process, known) -> storage(process, known).withCustomerKey(known.otherKey()),
            StorageEncryption::update,
            StorageEncryption::updateAsync,
            Known::withResource);

    static final Verb<SqlServerEncryption, ?> SQL_UPDATE = new Verb<>(
            "SQL to another key",
            (process, known) -> sql(process, known).withCustomerKey(known.otherKey()),
            SqlServerEncryption::update,
            SqlServerEncryption::updateAsync,
            Known::withResource);

    static final Verb<StorageEncryption, ?> STORAGE_MOVE = new Verb<>(
            "storage to another application, identity and key",
            (process, known) -> storage(process, known)
                    .federatedApp(known.successor().app())
                    .withCustomerKey(known.successor().key()),
            StorageEncryption::update,
            StorageEncryption::updateAsync,
            Known::withResource);

    static final Verb<SqlServerEncryption, ?> SQL_MOVE = new Verb<>(
            "SQL to another application, identity and key",
            (process, known) -> sql(process, known)
                    .federatedApp(known.successor().app())
                    .withCustomerKey(known.successor().key()),
            SqlServerEncryption::update,
            SqlServerEncryption::updateAsync,
            Known::withResource);

    static final Verb<MicrosoftKeyEncryption, ?> STORAGE_BACK = new Verb<>(
            "storage to Microsoft's keys",
            (process, known) -> storage(process, known).withMicrosoftKeys(),
            MicrosoftKeyEncryption::update,
            MicrosoftKeyEncryption::updateAsync,
            Known::with);

    static final Verb<MicrosoftKeyEncryption, ?> SQL_BACK = new Verb<>(
            "SQL to Microsoft's keys",
            (process, known) -> sql(process, known).withMicrosoftKeys(),
            MicrosoftKeyEncryption::update,
            MicrosoftKeyEncryption::updateAsync,
            Known::with);

    static final Verb<KeyRotation, ?> ROTATION = new Verb<>(
            "rotation",
            (process, known) -> CrossTenantCmk.customer(process.customer()).key(known.key()),
            KeyRotation::rotate,
            KeyRotation::rotateAsync,
            Known::with);

    /** Such that it can be repeated. */
    static final Verb<KeyRotation, ?> ROTATION_FROM = new Verb<>(
            "rotation from a version",
            (process, known) ->
                    CrossTenantCmk.customer(process.customer()).key(known.key()).ifCurrent(known.version()),
            KeyRotation::rotate,
            KeyRotation::rotateAsync,
            Known::with);

    static final Verb<KeyAuthorization, ?> RECOVERY = new Verb<>(
            "phase 2 with vault and key deleted",
            (process, known) ->
                    authorization(process, known, "kv-fabrikam", "contoso-cmk").recoverDeleted(),
            KeyAuthorization::authorize,
            KeyAuthorization::authorizeAsync,
            Known::withKey);

    static final Verb<ResourceHealing, ?> HEALING = new Verb<>(
            "healing of databases that stayed closed",
            (process, known) -> sql(process, known).healing(),
            ResourceHealing::heal,
            ResourceHealing::healAsync,
            Known::with);

    /** The key was deleted, its vault too, and databases have been closed for hours. */
    static final List<Verb<?, ?>> MENDING = List.of(RECOVERY, HEALING);

    /** Nothing is there at first. */
    static final List<Verb<?, ?>> PHASES = List.of(PHASE_1, PHASE_2, STORAGE, SQL);

    /** All is there at first. */
    static final List<Verb<?, ?>> DAY_2 = List.of(
            PHASE_2_DATA_PLANE,
            TAGGING,
            PROOF,
            STORAGE_MOVE,
            SQL_MOVE,
            STORAGE_UPDATE,
            SQL_UPDATE,
            ROTATION_FROM,
            ROTATION,
            STORAGE_BACK,
            SQL_BACK);

    /** Both applications may use the first key and the successor's, so that each can take over from the other. */
    static Known.Successor successor(Program process, Known known) {
        FederatedApp app = CrossTenantCmk.provider(process.provider())
                .application("contoso-cmk-2")
                .managedIdentity("rg-identities", "id-cmk-2", Region.EUROPE_WEST)
                .createFederatedApp();
        authorization(process, known, "kv-fabrikam", "second-cmk").authorize();
        authorization(process, app, "kv-fabrikam", "contoso-cmk").authorize();
        return new Known.Successor(
                app, authorization(process, app, "kv-fabrikam", "second-cmk").authorize());
    }

    private static KeyAuthorization authorization(Program process, Known known, String vault, String key) {
        return authorization(process, known.app(), vault, key);
    }

    private static KeyAuthorization authorization(Program process, FederatedApp app, String vault, String key) {
        return CrossTenantCmk.customer(process.customer())
                .application(app.clientId())
                .keyVault("rg-keys", vault, Region.EUROPE_WEST)
                .key(key);
    }

    private static StorageEncryption storage(Program process, Known known) {
        return CrossTenantCmk.provider(process.provider())
                .storage("rg-data", "stfabrikam")
                .federatedApp(known.app());
    }

    private static SqlServerEncryption sql(Program process, Known known) {
        return CrossTenantCmk.provider(process.provider())
                .sql("rg-data", "sql-fabrikam")
                .federatedApp(known.app())
                .entraAdministrator(
                        PrincipalType.GROUP, "dba", UUID.fromString("00000000-0000-0000-0000-0000000000db"));
    }

    Known run(Program process, Kind kind, Known known) {
        return run(process, kind, known, definition -> definition);
    }

    /** Runs it on a definition that is made more of. */
    Known run(Program process, Kind kind, Known known, UnaryOperator<D> more) {
        D defined = more.apply(definition.apply(process, known));
        R result = kind == Kind.BLOCKING ? blocking.apply(defined) : awaited(process, async.apply(defined));
        return then.apply(known, result);
    }

    /** Subscribes to it; tells its result or its failure. */
    Disposable subscribe(Program process, Known known, CompletableFuture<Object> end) {
        return async.apply(definition.apply(process, known)).subscribe(end::complete, end::complete);
    }

    private static <R> R awaited(Program process, Mono<R> mono) {
        try {
            return process.time().await(mono.toFuture());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
