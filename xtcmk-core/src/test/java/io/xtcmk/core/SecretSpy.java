package io.xtcmk.core;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sits on the line to the fake, and remembers every secret that passes. */
final class SecretSpy {
    private static final Pattern IN_JSON = Pattern.compile(
            "\"(access_token|id_token|refresh_token|secretText|administratorLoginPassword)\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern IN_FORM =
            Pattern.compile("(?:^|&)(client_secret|client_assertion|assertion|refresh_token)=([^&]+)");

    private final Set<String> secrets = Collections.synchronizedSet(new LinkedHashSet<>());

    HttpClient on(HttpClient real) {
        return new Intercepted(real, (request, onward) -> {
            read(request);
            HttpResponse response = onward.send();
            String body = Intercepted.text(response);
            all(IN_JSON, body);
            return response;
        });
    }

    private void read(HttpRequest request) {
        String authorization = request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION);
        if (authorization != null) {
            add(authorization.substring(authorization.indexOf(' ') + 1));
        }
        BinaryData body = request.getBodyAsBinaryData();
        if (body != null) {
            all(IN_JSON, body.toString());
            all(IN_FORM, body.toString());
        }
    }

    private void all(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            add(URLDecoder.decode(matcher.group(2).replace("+", "%2B"), StandardCharsets.UTF_8));
        }
    }

    /** A token's signature is as good as the token: with it, the rest can be put together again. */
    void add(String secret) {
        secrets.add(secret);
        String signature = secret.substring(secret.lastIndexOf('.') + 1);
        if (secret.startsWith("eyJ") && signature.length() > 20) {
            secrets.add(signature);
        }
    }

    Set<String> secrets() {
        return Set.copyOf(secrets);
    }
}
