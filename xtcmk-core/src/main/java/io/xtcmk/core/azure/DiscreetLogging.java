package io.xtcmk.core.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.HttpLoggingPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.util.BinaryData;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** azure-core's logging as the caller wants it, except that no credential is logged: no such header, and no such body. */
final class DiscreetLogging implements HttpPipelinePolicy {
    private static final Set<HttpHeaderName> CREDENTIALS = Set.of(
            HttpHeaderName.AUTHORIZATION,
            HttpHeaderName.PROXY_AUTHORIZATION,
            HttpHeaderName.COOKIE,
            HttpHeaderName.SET_COOKIE,
            HttpHeaderName.fromString("x-ms-authorization-auxiliary"));
    /** What a body that is sent may hold: a SQL server's password. */
    private static final Pattern SECRET = Pattern.compile("(?i)\"[a-z]*password\"\\s*:");

    private final boolean bodies;
    private final HttpLoggingPolicy asAsked;
    private final HttpLoggingPolicy withoutBody;

    DiscreetLogging(HttpLogOptions options) {
        this.bodies = options.getLogLevel().shouldLogBody();
        this.asAsked = new HttpLoggingPolicy(discreet(options, options.getLogLevel()));
        this.withoutBody = new HttpLoggingPolicy(withoutBodies(options));
    }

    private static HttpLogOptions withoutBodies(HttpLogOptions options) {
        HttpLogDetailLevel level = options.getLogLevel();
        return discreet(
                options,
                !level.shouldLogBody()
                        ? level
                        : level.shouldLogHeaders() ? HttpLogDetailLevel.HEADERS : HttpLogDetailLevel.BASIC);
    }

    @SuppressWarnings("deprecation") // of pretty printing, which a caller may still ask for
    private static HttpLogOptions discreet(HttpLogOptions options, HttpLogDetailLevel level) {
        HttpLogOptions copy = new HttpLogOptions()
                .setLogLevel(level)
                .setAllowedHttpHeaderNames(options.getAllowedHttpHeaderNames().stream()
                        .filter(name -> !CREDENTIALS.contains(name))
                        .collect(Collectors.toSet()))
                .setAllowedQueryParamNames(options.getAllowedQueryParamNames())
                .setPrettyPrintBody(options.isPrettyPrintBody())
                .disableRedactedHeaderLogging(options.isRedactedHeaderLoggingDisabled());
        if (options.getRequestLogger() != null) {
            copy.setRequestLogger(options.getRequestLogger());
        }
        if (options.getResponseLogger() != null) {
            copy.setResponseLogger(options.getResponseLogger());
        }
        return copy;
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        return policyFor(context.getHttpRequest()).processSync(context, next);
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return policyFor(context.getHttpRequest()).process(context, next);
    }

    private HttpLoggingPolicy policyFor(HttpRequest request) {
        BinaryData body = bodies ? request.getBodyAsBinaryData() : null;
        return body != null && SECRET.matcher(body.toString()).find() ? withoutBody : asAsked;
    }
}
