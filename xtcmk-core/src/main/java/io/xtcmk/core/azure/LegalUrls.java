package io.xtcmk.core.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/** Escapes in a request's URL what no wire takes, such as a space in the link to a list's next page. */
final class LegalUrls implements HttpPipelinePolicy {

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        mend(context.getHttpRequest());
        return next.processSync();
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        mend(context.getHttpRequest());
        return next.process();
    }

    private static void mend(HttpRequest request) {
        String url = request.getUrl().toString();
        String legal = Urls.legal(url);
        if (!legal.equals(url)) {
            request.setUrl(legal);
        }
    }
}
