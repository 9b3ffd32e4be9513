package io.xtcmk.testing;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.testing.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Plain requests, for what Microsoft's clients would not send or would not show. */
final class Rest {
    private final HttpClient client;
    private final Map<String, String> headers;

    private Rest(HttpClient client, Map<String, String> headers) {
        this.client = client;
        this.headers = headers;
    }

    static Rest over(HttpClient client) {
        return new Rest(client, Map.of());
    }

    Rest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Rest(client, more);
    }

    Rest as(TokenCredential credential, String scope) {
        return with("Authorization", "Bearer " + token(credential, scope));
    }

    static String token(TokenCredential credential, String scope) {
        return credential
                .getTokenSync(new TokenRequestContext().addScopes(scope))
                .getToken();
    }

    Reply get(String url) {
        return send("GET", url, null, null);
    }

    Reply delete(String url) {
        return send("DELETE", url, null, null);
    }

    Reply post(String url, Map<String, Object> json) {
        return send("POST", url, "application/json", Json.write(json));
    }

    Reply put(String url, Map<String, Object> json) {
        return send("PUT", url, "application/json", Json.write(json));
    }

    Reply patch(String url, Map<String, Object> json) {
        return send("PATCH", url, "application/json", Json.write(json));
    }

    Reply form(String url, Map<String, String> form) {
        String text = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send("POST", url, "application/x-www-form-urlencoded", text.getBytes(StandardCharsets.UTF_8));
    }

    private Reply send(String method, String url, String contentType, byte[] body) {
        HttpRequest request = new HttpRequest(HttpMethod.valueOf(method), url.replace(" ", "%20"));
        headers.forEach((name, value) -> request.setHeader(HttpHeaderName.fromString(name), value));
        if (body != null) {
            request.setHeader(HttpHeaderName.CONTENT_TYPE, contentType).setBody(body);
        }
        try (HttpResponse response = client.sendSync(request, Context.NONE)) {
            byte[] bytes = response.getBodyAsBinaryData().toBytes();
            boolean isJson = bytes.length > 0 && bytes[0] == '{';
            return new Reply(
                    response.getStatusCode(),
                    response.getHeaders().toMap(),
                    isJson ? Json.cast(Json.parse(bytes)) : Map.of(),
                    new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Reply(int status, Map<String, String> headers, Map<String, Object> json, String text) {
        String at(String path) {
            return Json.at(json, path).map(String::valueOf).orElse(null);
        }

        /** Graph's and ARM's error code. */
        String code() {
            return at("error.code");
        }
    }
}
