package io.xtcmk.core.engine;

import io.xtcmk.core.errors.ErrorCatalogue;
import io.xtcmk.core.errors.ErrorCatalogue.Entry;
import io.xtcmk.core.errors.ErrorCatalogue.Kind;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.exception.CallTimeoutException;
import io.xtcmk.exception.ConditionalAccessException;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.CrossTenantCmkException.Failure;
import io.xtcmk.exception.KeyAccessException;
import io.xtcmk.exception.PermissionMissingException;
import io.xtcmk.exception.PropagationTimeoutException;
import io.xtcmk.exception.ResourceConflictException;
import io.xtcmk.exception.ResourceMissingException;
import io.xtcmk.exception.WrongTenantException;
import io.xtcmk.model.RequiredRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the exception for a step that failed. */
public final class Translator {
    private static final Set<String> ONLY_THE_FAILURE_KNOWS = Set.of(
            OwnCodes.NO_CREDENTIAL,
            OwnCodes.WRONG_TENANT,
            OwnCodes.UNKNOWN_TENANT,
            OwnCodes.IDENTITY_NOT_ASSIGNED,
            OwnCodes.SYSTEM_ASSIGNED_ONLY,
            OwnCodes.IDENTITY_ENDPOINT_REFUSED,
            OwnCodes.IDENTITY_ENDPOINT_UNREACHABLE,
            OwnCodes.IDENTITY_ENDPOINT_MISSING,
            OwnCodes.IDENTITY_ENDPOINT_THROTTLED,
            OwnCodes.IDENTITY_ENDPOINT_FAILED);

    /** Of the caller's own sign-in these do not mean the federated application. */
    private static final Map<String, String> OF_A_SIGN_IN = Map.of(
            "AADSTS700016", "SignInUnknownApplication",
            "AADSTS7000229", "SignInUnknownApplication",
            "AADSTS7000112", "SignInDisabledApplication");

    private Translator() {}

    /**
     * The exception.
     *
     * @param step the step that failed
     * @param cause an {@link AzureFailure}, {@link Retry.NotYet} or {@link Conflict}
     * @param ledger what is done
     */
    public static CrossTenantCmkException exception(Step<?> step, RuntimeException cause, Ledger ledger) {
        if (cause instanceof Conflict conflict) {
            return conflict(step, conflict, ledger);
        }
        if (cause instanceof Retry.NotYet notYet) {
            return timeout(step, notYet, ledger);
        }
        return refusal(step, (AzureFailure) cause, ledger);
    }

    /**
     * The exception for a call whose time is over.
     *
     * @param steps all of its steps
     * @param underWay those that had begun and were not finished
     * @param timeout how long it was given
     * @param ledger what is done
     */
    public static CrossTenantCmkException timedOut(
            List<Step<?>> steps, List<Step<?>> underWay, Duration timeout, Ledger ledger) {
        Step<?> first = Stream.concat(underWay.stream(), steps.stream().filter(step -> !ledger.isDone(step)))
                .findFirst()
                .orElseGet(() -> steps.get(steps.size() - 1));
        Failure failure = new Failure(
                "It was not done within " + timeout,
                first.name(),
                first.tenantId(),
                first.resource(),
                null,
                "The call was given less time than it needs, or a service is slow.",
                Actor.WAIT,
                "Run again: it goes on from what is done. If it ends so again, give it more time.",
                ledger.outcomes());
        return new CallTimeoutException(
                failure,
                timeout,
                underWay.stream()
                        .map(step -> step.name() + " " + step.resource())
                        .toList());
    }

    /**
     * The catalogue's line for a failure. Why a credential cannot be used, and where it signs in, only the failure knows: the
     * cause says it.
     */
    public static Entry entryOf(AzureFailure failure) {
        Entry entry = failure instanceof SignInRefused
                ? ofSignIn(failure)
                : ErrorCatalogue.of(failure.status(), failure.code());
        return ONLY_THE_FAILURE_KNOWS.contains(failure.code())
                ? new Entry(
                        entry.code(),
                        entry.nature(),
                        entry.kind(),
                        entry.cause() + " " + failure.message(),
                        entry.who(),
                        entry.fix())
                : entry;
    }

    private static Entry ofSignIn(AzureFailure failure) {
        Entry entry = ErrorCatalogue.of(failure.status(), failure.code());
        return entry.kind() == Kind.KEY_ACCESS || entry.kind() == Kind.PERMISSION
                ? ErrorCatalogue.of(failure.status(), OF_A_SIGN_IN.getOrDefault(failure.code(), "AuthenticationFailed"))
                : entry;
    }

    private static CrossTenantCmkException conflict(Step<?> step, Conflict conflict, Ledger ledger) {
        boolean missing = conflict.isMissing();
        Failure failure = new Failure(
                missing ? "It is not there" : "It is there, but not as it must be: " + conflict.getMessage(),
                step.name(),
                step.tenantId(),
                step.resource(),
                null,
                missing
                        ? "It was never created, or was deleted, or is in another subscription or resource group."
                        : "It was made for something else, or changed since.",
                actorOf(step),
                conflict.fix(),
                ledger.outcomes());
        if (missing) {
            return new ResourceMissingException(failure);
        }
        return step.explain(conflict, failure)
                .orElseGet(() -> new ResourceConflictException(failure, conflict.differences(), null));
    }

    private static CrossTenantCmkException timeout(Step<?> step, Retry.NotYet notYet, Ledger ledger) {
        Entry entry = entryOf(notYet.last());
        Failure failure = failure(
                "Waited " + notYet.waited() + " in vain for " + notYet.what(),
                step,
                notYet.last(),
                new Entry(
                        entry.code(),
                        entry.nature(),
                        entry.kind(),
                        "It takes longer than usual to become visible, or it is not a matter of time: " + entry.cause(),
                        entry.who(),
                        "Run again to go on waiting; if it stays: " + entry.fix()),
                ledger);
        return new PropagationTimeoutException(failure, notYet.what(), notYet.waited(), notYet.probes(), notYet.last());
    }

    private static CrossTenantCmkException refusal(Step<?> step, AzureFailure azure, Ledger ledger) {
        Entry entry = entryOf(azure);
        // What Azure did not say, only the failure's own message says.
        boolean isSaid = azure.answer().isPresent() || entry.cause().contains(azure.message());
        String summary = isSaid ? "It could not be done" : "It could not be done: " + azure.message();
        Failure failure = failure(summary, step, azure, entry, ledger);
        if (azure instanceof WrongTenant other) {
            return new WrongTenantException(failure, other.actual(), azure);
        }
        return step.explain(azure, failure).orElseGet(() -> exception(entry.kind(), failure, azure));
    }

    private static CrossTenantCmkException exception(Kind kind, Failure failure, AzureFailure azure) {
        @Nullable Throwable cause = azure;
        return switch (kind) {
            case PERMISSION -> new PermissionMissingException(failure, cause);
            case KEY_ACCESS -> new KeyAccessException(failure, cause);
            case CONFLICT -> new ResourceConflictException(failure, List.of(), cause);
            case CONDITIONAL_ACCESS -> new ConditionalAccessException(failure, cause);
            case OTHER -> new CrossTenantCmkException(failure, cause);
        };
    }

    private static Failure failure(String summary, Step<?> step, AzureFailure azure, Entry entry, Ledger ledger) {
        String advice = step.advice(azure).isEmpty() ? "" : " " + step.advice(azure);
        String roles = entry.kind() != Kind.PERMISSION || step.roles().isEmpty()
                ? ""
                : " Least-privileged: "
                        + step.roles().stream().map(RequiredRole::toString).collect(Collectors.joining("; ")) + ".";
        return new Failure(
                summary,
                step.name(),
                step.tenantId(),
                step.resource(),
                azure.answer().orElse(null),
                entry.cause(),
                entry.kind() == Kind.PERMISSION || entry.kind() == Kind.CONFLICT
                        ? actorOf(step)
                        : entry.who().in(step.isCustomers()),
                entry.fix() + advice + roles,
                ledger.outcomes());
    }

    private static Actor actorOf(Step<?> step) {
        return step.isCustomers() ? Actor.CUSTOMER : Actor.PROVIDER;
    }
}
