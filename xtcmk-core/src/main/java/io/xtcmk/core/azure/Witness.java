package io.xtcmk.core.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Notes which requests a piece of work sends and how they are answered, for who asks. All work is on one thread, see
 * {@link Transport}, so the thread is what a note belongs to.
 */
public final class Witness implements HttpPipelinePolicy {
    private static final ThreadLocal<@Nullable List<Seen>> WATCHED = new ThreadLocal<>();

    Witness() {}

    /**
     * A request and its answer.
     *
     * @param request method and URL, without the query
     * @param status the answer's; 0 if none came
     * @param requestId the service's id of the request, or null
     */
    public record Seen(String request, int status, @Nullable String requestId) {}

    /** Does the work, and adds what it sends to a list, whether it succeeds or fails. */
    public static <T> T watching(List<Seen> seen, Supplier<T> work) {
        List<Seen> mine = new ArrayList<>();
        WATCHED.set(mine);
        try {
            return work.get();
        } finally {
            WATCHED.remove();
            seen.addAll(mine);
        }
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        Function<HttpResponse, HttpResponse> note = begin(context.getHttpRequest());
        return note.apply(next.processSync());
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        Function<HttpResponse, HttpResponse> note = begin(context.getHttpRequest());
        return next.process().map(note);
    }

    /** The request is noted before it is sent: it may not be answered. */
    private static Function<HttpResponse, HttpResponse> begin(HttpRequest request) {
        List<Seen> watched = WATCHED.get();
        if (watched == null) {
            return response -> response;
        }
        URL url = request.getUrl();
        String line = request.getHttpMethod() + " " + url.getProtocol() + "://" + url.getAuthority() + url.getPath();
        int place = watched.size();
        watched.add(new Seen(line, 0, null));
        return response -> {
            watched.set(place, new Seen(line, response.getStatusCode(), Headers.requestId(response.getHeaders())));
            return response;
        };
    }
}
