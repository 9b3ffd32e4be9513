package io.xtcmk.core.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.xtcmk.core.engine.AzureFailure;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * Reads answers where they arrive: refusals, before each of Microsoft's clients makes an exception of its own of them, and
 * successes, before one of them takes for the service's what is not.
 */
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
        return taken(Question.current(), next.processSync());
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        // A policy of the caller's may go on on another thread, which nobody has asked anything.
        Question question = Question.current();
        return next.process().map(response -> taken(question, response));
    }

    private HttpResponse taken(Question question, HttpResponse response) {
        if (isRefusal(response)) {
            throw known.apply(
                    failures.of(response, response.getBodyAsBinaryData().toBytes(), null));
        }
        question.take(response);
        return response;
    }

    /** Redirects too: nobody follows them, and a token must not. */
    private static boolean isRefusal(HttpResponse response) {
        return response.getStatusCode() < 200 || response.getStatusCode() >= 300;
    }
}
