package io.xtcmk.testing.golden;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakePrincipal;
import io.xtcmk.testing.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends plain requests to a fake, and waits for what takes long. */
final class Sender {
    private static final Duration POLL = Duration.ofMinutes(1);

    private final FakeAzure azure;

    Sender(FakeAzure azure) {
        this.azure = azure;
    }

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param headers names and values
     * @param body the JSON, or null
     */
    record Reply(
            int status,
            Map<String, String> headers,
            @Nullable Object body) {
        @Nullable
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }

        Map<String, Object> json() {
            return body instanceof Map<?, ?> map ? Json.cast(map) : Map.of();
        }

        /** The reply of a request that must not be refused: the world would be another than it should. */
        Reply accepted() {
            if (status >= 300) {
                throw new AssertionError("the world cannot be arranged: " + status + " " + body);
            }
            return this;
        }
    }

    Reply send(FakePrincipal who, String method, String url, @Nullable Object body) {
        HttpRequest request = new HttpRequest(HttpMethod.valueOf(method), url.replace(" ", "%20"));
        request.setHeader(
                HttpHeaderName.AUTHORIZATION,
                "Bearer " + token(who, URI.create(request.getUrl().toString())));
        if (body != null) {
            request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json").setBody(Json.write(body));
        }
        try (HttpResponse response = azure.httpClient().sendSync(request, Context.NONE)) {
            byte[] bytes = response.getBodyAsBinaryData().toBytes();
            return new Reply(
                    response.getStatusCode(),
                    response.getHeaders().toMap(),
                    bytes.length == 0 ? null : Json.parse(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String token(FakePrincipal who, URI url) {
        String host = url.getHost().endsWith(".vault.azure.net") ? "vault.azure.net" : url.getHost();
        return who.credential()
                .getTokenSync(new TokenRequestContext().addScopes("https://" + host + "/.default"))
                .getToken();
    }

    /** The final answer to a request: its own, or what becomes of it. */
    Reply settled(FakePrincipal who, Reply first) {
        String status = first.header("Azure-AsyncOperation");
        String location = first.header("Location");
        if (first.status() != 202 || location == null) {
            return first;
        }
        while (status != null && isRunning(send(who, "GET", status, null))) {
            azure.clock().advance(POLL);
        }
        Reply reply = send(who, "GET", location, null);
        while (reply.status() == 202) {
            azure.clock().advance(POLL);
            reply = send(who, "GET", location, null);
        }
        return reply;
    }

    private static boolean isRunning(Reply status) {
        return "InProgress".equals(status.accepted().json().get("status"));
    }
}
