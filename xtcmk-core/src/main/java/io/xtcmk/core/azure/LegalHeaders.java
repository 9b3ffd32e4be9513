package io.xtcmk.core.azure;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.internal.Texts;
import reactor.core.publisher.Mono;

/**
 * Refuses to send a header that not every HTTP client sends as it is, such as a token with a line break at its end. Some
 * clients would refuse it as well, and repeat the value, which may be a secret, in their exception.
 */
final class LegalHeaders implements HttpPipelinePolicy {

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        check(context.getHttpRequest());
        return next.processSync();
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return Mono.fromRunnable(() -> check(context.getHttpRequest())).then(Mono.defer(next::process));
    }

    private static void check(HttpRequest request) {
        for (HttpHeader header : request.getHeaders()) {
            if (!Texts.isHeaderName(header.getName()) || !Texts.isHeaderValue(header.getValue())) {
                throw new AzureFailure(
                        0,
                        OwnCodes.CLIENT,
                        "the header " + header.getName()
                                + " has a line break or another character that no header can carry",
                        null,
                        null,
                        null);
            }
        }
    }
}
