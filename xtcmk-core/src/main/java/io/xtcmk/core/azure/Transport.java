package io.xtcmk.core.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.core.engine.AzureFailure;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * The caller's HTTP client, or azure-core's default, as all of Microsoft's clients use it.
 *
 * <p>It sends on the thread that asks, whichever of the two ways a client asks: a step then is on one thread from end to
 * end, which may block, is what an interrupt stops, and is what a virtual clock counts. It reads an answer to its end, or to its {@link Bound}:
 * whatever an HTTP client throws, at the answer's head or in the middle of its body, is thrown here as an
 * {@link AzureFailure}, before another client makes something else of it.
 */
final class Transport implements HttpClient {
    /** The {@link Bound} of an answer, in the context of its request. */
    static final String BOUND = "io.xtcmk.bound";

    /**
     * azure-core's name for reading a body before it is handed out. Vert.x's client listens to the body of an answer that it
     * has handed out only when somebody reads it: if the connection breaks before that, the reader waits without end. So
     * bodies are read by the client, but for those with a bound in time, which ends such a wait.
     */
    private static final String EAGERLY = "azure-eagerly-read-response";

    private final Lazy<HttpClient> client;
    private final Failures failures;

    Transport(Supplier<HttpClient> client, Failures failures) {
        this.client = new Lazy<>(client);
        this.failures = failures;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return Mono.fromCallable(() -> sendSync(request, context));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        try {
            Optional<Bound> asked = context.getData(BOUND).map(Bound.class::cast);
            Context eagerly = context.addData(EAGERLY, asked.isEmpty());
            return ReadResponse.of(
                    client.get().sendSync(request, eagerly), asked.orElseGet(() -> Bound.usual(failures.time())));
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            throw failures.ofClient(e);
        }
    }
}
