package io.xtcmk.exception;

import com.azure.core.exception.AzureException;
import io.xtcmk.internal.Texts;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.TenantId;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A phase could not be finished. The exception names the step and the resource, what Azure answered, the likely cause, who
 * must act and how, and what is already done. Running the same call again is always safe, and continues from there.
 */
public class CrossTenantCmkException extends AzureException {
    private static final long serialVersionUID = 1L;

    /** What is known of the failure. */
    private final Failure failure;

    /**
     * A failure.
     *
     * @param failure what is known of it
     * @param cause the exception beneath it, or null
     */
    public CrossTenantCmkException(Failure failure, @Nullable Throwable cause) {
        this(failure, List.of(), cause);
    }

    /** With facts that only a subclass knows. */
    CrossTenantCmkException(Failure failure, List<String> facts, @Nullable Throwable cause) {
        super(failure.message(facts), cause);
        this.failure = failure;
    }

    /**
     * The step that failed, as {@link StepOutcome#step} names steps.
     *
     * @return the step
     */
    public final String step() {
        return failure.step();
    }

    /**
     * The tenant in which it failed.
     *
     * @return the tenant
     */
    public final TenantId tenantId() {
        return failure.tenantId();
    }

    /**
     * The resource that the step is about.
     *
     * @return its id or name
     */
    public final String resource() {
        return failure.resource();
    }

    /**
     * What Azure answered.
     *
     * @return the answer; empty where none came, or where the failure is this library's own finding
     */
    public final Optional<AzureAnswer> azureAnswer() {
        return Optional.ofNullable(failure.answer());
    }

    /**
     * The likely cause, in a sentence.
     *
     * @return the cause
     */
    public final String likelyCause() {
        return failure.likelyCause();
    }

    /**
     * Who must act.
     *
     * @return the actor
     */
    public final Actor actor() {
        return failure.actor();
    }

    /**
     * What the actor should do, in a sentence.
     *
     * @return the fix
     */
    public final String fix() {
        return failure.fix();
    }

    /**
     * The steps that finished before the failure, in that order.
     *
     * @return the outcomes
     */
    public final List<StepOutcome> done() {
        return failure.done();
    }

    /** Who must act on a failure. */
    public enum Actor {
        /** The provider: application, identity, resource. */
        PROVIDER,
        /** The customer: consent, vault, key, role. */
        CUSTOMER,
        /** Nobody: wait. */
        WAIT
    }

    /**
     * What Azure said.
     *
     * @param status the HTTP status
     * @param code the service's error code, such as {@code AuthorizationFailed} or {@code AADSTS700016}
     * @param message the service's message
     * @param requestId the id by which Azure's support finds the request; null where none was sent
     */
    public record AzureAnswer(
            int status,
            String code,
            String message,
            @Nullable String requestId) implements Serializable {

        /** The answer on one line, whole. */
        @Override
        public String toString() {
            return Texts.oneLine(
                    status + " " + code + (requestId == null ? "" : " (request " + requestId + ")") + ": " + message);
        }
    }

    /**
     * All that is known of a failure.
     *
     * @param summary what could not be done, in a sentence without its full stop
     * @param step the step
     * @param tenantId the tenant
     * @param resource the resource
     * @param answer what Azure said, or null
     * @param likelyCause the likely cause
     * @param actor who must act
     * @param fix how
     * @param done what is already done
     */
    public record Failure(
            String summary,
            String step,
            TenantId tenantId,
            String resource,
            @Nullable AzureAnswer answer,
            String likelyCause,
            Actor actor,
            String fix,
            List<StepOutcome> done)
            implements Serializable {

        /** A failure. */
        public Failure {
            done = List.copyOf(done);
        }

        /** Everything on one line: a service's message may contain line breaks, which must not forge lines in a log. */
        String message(List<String> facts) {
            String doneText = done.isEmpty()
                    ? "nothing"
                    : done.stream()
                            .map(o -> o.step() + " " + o.resource() + " (" + o.change() + ")")
                            .collect(Collectors.joining(", "));
            // A summary may have a fact in it already.
            String news = facts.stream()
                    .filter(fact -> !summary.contains(fact))
                    .map(fact -> sentence(fact) + " ")
                    .collect(Collectors.joining());
            return Texts.oneLine(summary + " [step " + step + ", " + resource + ", tenant " + tenantId + "]. "
                    + (answer == null ? "" : "Azure said " + sentence(answer.toString()) + " ")
                    + news
                    + "Likely cause: " + sentence(likelyCause)
                    + " To do (" + actor + "): " + sentence(fix)
                    + " Done so far: " + doneText + ".");
        }

        private static String sentence(String text) {
            String stripped = text.strip();
            return stripped.endsWith(".") ? stripped : stripped + ".";
        }
    }
}
