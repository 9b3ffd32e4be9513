package io.xtcmk.core.azure;

import com.azure.core.exception.HttpRequestException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementException;
import com.microsoft.graph.models.odataerrors.MainError;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.kiota.ApiException;
import io.xtcmk.TimeSource;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Retry;
import io.xtcmk.core.errors.OwnCodes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** Makes one shape of all the exceptions that Microsoft's clients throw. */
final class Failures {
    private final TimeSource time;

    Failures(TimeSource time) {
        this.time = time;
    }

    /**
     * Sends a request whose answer is of a shape.
     *
     * @throws AzureFailure if it was refused, could not be sent, or was answered otherwise
     * @throws Retry.Interrupted if the thread was told to stop
     */
    <T> T call(Shape shape, Supplier<T> request) {
        try {
            return Question.ask(shape, request, this);
        } catch (LinkageError | ServiceConfigurationError e) {
            throw client(e);
        }
    }

    /** Asks a credential; whatever it throws, checked exceptions that it does not declare among it, is a refusal. */
    <T> T token(Supplier<T> request) {
        try {
            return request.get();
        } catch (Exception e) {
            throw TokenFailures.of(e, this);
        } catch (LinkageError | ServiceConfigurationError e) {
            throw client(e);
        }
    }

    /**
     * What an HTTP client's exception means. Its I/O exceptions, and those of its own making (Vert.x has
     * {@code HttpClosedException}), are the network's; Java's own, such as {@link IllegalArgumentException}, and errors of
     * linkage say that it cannot do its work.
     */
    RuntimeException ofClient(Throwable exception) {
        return of(exception).orElseGet(() -> {
            Throwable root = Exceptions.unwrap(exception);
            if (Thread.currentThread().isInterrupted()) {
                return new Retry.Interrupted(root);
            }
            boolean isJavas = root.getClass().getName().startsWith("java.");
            return root instanceof RuntimeException && !isJavas ? network(root) : client(root);
        });
    }

    static AzureFailure client(Throwable e) {
        return new AzureFailure(0, OwnCodes.CLIENT, Secrets.masked(e.toString()), null, null, Secrets.masked(e));
    }

    /** What an exception means; empty for a mistake in a program, which nobody should take for an answer of Azure. */
    Optional<RuntimeException> of(Throwable exception) {
        return chain(exception).stream().flatMap(link -> known(link).stream()).findFirst();
    }

    /** A refusal, from the service's own words. */
    AzureFailure of(HttpResponse response, byte[] body, @Nullable Throwable cause) {
        ErrorBody error = ErrorBody.parse(body);
        HttpHeaders headers = response.getHeaders();
        int status = response.getStatusCode();
        // A page of a proxy's says nothing of the resource: its 404 does not mean that there is none. Of 5xx, the
        // status
        // says enough.
        boolean foreign = !isChallenge(response)
                && status < 500
                && body.length > 0
                && !Json.isObject(body)
                && !isThrottle(status);
        return new AzureFailure(
                status,
                foreign ? OwnCodes.UNREADABLE : code(response, error),
                foreign
                        ? "HTTP " + status + " with a body that is no error of Azure's"
                        : Secrets.masked(error.message().orElse("the service gave no reason")),
                Headers.requestId(headers),
                Headers.retryAfter(headers, time.now()),
                Secrets.masked(cause));
    }

    private static String code(HttpResponse response, ErrorBody error) {
        return isChallenge(response)
                ? OwnCodes.CONDITIONAL_ACCESS
                : error.code().orElse(AzureFailure.withoutCode(response.getStatusCode()));
    }

    /** {@link TokenPolicy} has answered a first challenge for claims; one that is left is repeated, or cannot be read. */
    private static boolean isChallenge(HttpResponse response) {
        return TokenPolicy.isClaimsChallenge(response);
    }

    /** Often sent by what stands before a service, in whatever form. */
    private static boolean isThrottle(int status) {
        return status == 408 || status == 429;
    }

    /** An answer that the service sent as a success, and that cannot be read. */
    static AzureFailure unreadable(int status, HttpHeaders headers, @Nullable Throwable cause) {
        return new AzureFailure(
                status,
                OwnCodes.UNREADABLE,
                "HTTP " + status + " with a body that cannot be read",
                Headers.requestId(headers),
                null,
                cause);
    }

    static List<Throwable> chain(Throwable exception) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable link = exception; link != null && !chain.contains(link); link = link.getCause()) {
            chain.add(link);
        }
        return chain;
    }

    private Optional<RuntimeException> known(Throwable e) {
        if (e instanceof AzureFailure || e instanceof Retry.Interrupted) {
            return Optional.of((RuntimeException) e);
        } else if (isInterrupt(e)) {
            return Optional.of(new Retry.Interrupted(e));
        } else if (e instanceof HttpResponseException answer && answer.getResponse() != null) {
            return Optional.of(answered(answer));
        } else if (e instanceof ApiException answer) {
            return Optional.of(answered(answer));
        } else if (isNetwork(e)) {
            return Optional.of(network(e));
        }
        return Optional.empty();
    }

    private AzureFailure answered(HttpResponseException e) {
        HttpResponse response = e.getResponse();
        if (response.getStatusCode() < 300) {
            return unreadable(response.getStatusCode(), response.getHeaders(), e);
        }
        if (e instanceof ManagementException refusal && refusal.getValue() != null) {
            return new AzureFailure(
                    response.getStatusCode(),
                    Optional.ofNullable(refusal.getValue().getCode())
                            .orElse(AzureFailure.withoutCode(response.getStatusCode())),
                    Secrets.masked(String.valueOf(refusal.getValue().getMessage())),
                    Headers.requestId(response.getHeaders()),
                    Headers.retryAfter(response.getHeaders(), time.now()),
                    Secrets.masked(e));
        }
        return of(response, response.getBodyAsBinaryData().toBytes(), e);
    }

    private AzureFailure answered(ApiException e) {
        HttpHeaders headers = new HttpHeaders();
        e.getResponseHeaders().forEach((name, values) -> Headers.set(headers, name, List.copyOf(values)));
        int status = e.getResponseStatusCode();
        MainError error = e instanceof ODataError odata ? odata.getError() : null;
        // An ODataError takes its message from the error in it, whether there is one or not: without, it cannot be
        // printed.
        boolean isMute = e instanceof ODataError && error == null;
        return new AzureFailure(
                status,
                Optional.ofNullable(error).map(MainError::getCode).orElse(AzureFailure.withoutCode(status)),
                isMute ? "the service gave no reason" : Secrets.masked(e.getMessage()),
                Headers.requestId(headers),
                Headers.retryAfter(headers, time.now()),
                isMute ? null : Secrets.masked(e));
    }

    AzureFailure network(Throwable e) {
        return new AzureFailure(0, "Network", Secrets.masked(e.toString()), null, null, Secrets.masked(e));
    }

    /** Some transports say that they were interrupted when only their own patience ended; the thread knows. */
    static boolean isInterrupt(Throwable e) {
        return e instanceof InterruptedException
                || (e instanceof InterruptedIOException
                        && Thread.currentThread().isInterrupted());
    }

    static boolean isNetwork(Throwable e) {
        return e instanceof IOException || e instanceof TimeoutException || e instanceof HttpRequestException;
    }

    TimeSource time() {
        return time;
    }
}
