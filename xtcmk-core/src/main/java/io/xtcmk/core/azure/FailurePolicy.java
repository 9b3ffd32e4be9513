package io.xtcmk.core.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.xtcmk.core.engine.AzureFailure;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** Reads refusals where they arrive, before each of Microsoft's clients makes an exception of its own of them. */
final class FailurePolicy implements HttpPipelinePolicy {
    private final Failures failures;
    private final UnaryOperator<AzureFailure> known;

    FailurePolicy(Failures failures) {
        this(failures, UnaryOperator.identity());
    }

    /** With a meaning that some refusals have, for whom they reach. */
    FailurePolicy(Failures failures, UnaryOperator<AzureFailure> known) {
        this.failures = failures;
        this.known = known;
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        HttpResponse response = next.processSync();
        if (isRefusal(response)) {
            throw known.apply(
                    failures.of(response, response.getBodyAsBinaryData().toBytes(), null));
        }
        return response;
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return next.process().flatMap(response -> isRefusal(response) ? refusal(response) : Mono.just(response));
    }

    private Mono<HttpResponse> refusal(HttpResponse response) {
        return response.getBodyAsByteArray()
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> Mono.error(known.apply(failures.of(response, body, null))));
    }

    /** Redirects too: nobody follows them, and a token must not. */
    private static boolean isRefusal(HttpResponse response) {
        return response.getStatusCode() >= 300;
    }
}
