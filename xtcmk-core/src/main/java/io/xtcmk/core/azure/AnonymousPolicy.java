package io.xtcmk.core.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import reactor.core.publisher.Mono;

/** Sends to the hosts of one audience only, and no credential to them, whatever a policy of the caller's has added. */
record AnonymousPolicy(Audience audience) implements HttpPipelinePolicy {

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        strip(context);
        return next.processSync();
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return Mono.fromRunnable(() -> strip(context)).then(Mono.defer(next::process));
    }

    private void strip(HttpPipelineCallContext context) {
        audience.check(context.getHttpRequest());
        context.getHttpRequest().getHeaders().remove(HttpHeaderName.AUTHORIZATION);
    }
}
