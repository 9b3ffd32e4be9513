package io.xtcmk.core.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/** Reads refusals where they arrive, before each of Microsoft's clients makes an exception of its own of them. */
final class FailurePolicy implements HttpPipelinePolicy {
    private final Failures failures;

    FailurePolicy(Failures failures) {
        this.failures = failures;
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        HttpResponse response = next.processSync();
        if (isRefusal(response)) {
            throw failures.of(response, response.getBodyAsBinaryData().toBytes(), null);
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
                .flatMap(body -> Mono.error(failures.of(response, body, null)));
    }

    /** Redirects too: nobody follows them, and a token must not. */
    private static boolean isRefusal(HttpResponse response) {
        return response.getStatusCode() >= 300;
    }
}
