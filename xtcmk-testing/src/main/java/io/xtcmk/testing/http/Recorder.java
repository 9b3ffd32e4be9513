package io.xtcmk.testing.http;

import io.xtcmk.testing.RecordedCall;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the journal's entries: masks secrets, tokens and assertions before anything is kept. */
final class Recorder {
    private static final String MASK = "***";
    private static final Set<String> SECRET_NAMES = Set.of(
            "access_token",
            "client_assertion",
            "client_secret",
            "refresh_token",
            "id_token",
            "secrettext",
            "administratorloginpassword",
            "password",
            "d",
            "p",
            "q",
            "dp",
            "dq",
            "qi",
            "k",
            // Access keys of an account, and what a vault's key encrypts, decrypts or backs up.
            "value");
    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "proxy-authorization", "set-cookie", "x-ms-authorization-auxiliary");
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "(?i)(?<=[?&])(sig|code|client_secret|client_assertion|access_token|id_token|refresh_token)=[^&#]*");

    private Recorder() {}

    /** The call, from what went in and what came out. */
    static RecordedCall record(
            Exchange exchange, Answer answer, Service service, Route route, Instant at, Instant answeredAt) {
        byte[] nothing = new byte[0];
        return new RecordedCall(
                service.name(),
                route.toString(),
                exchange.method(),
                URI.create(masked(exchange.url().toString())),
                answer.status(),
                exchange.maybeCaller().map(Caller::tenantId).orElse(null),
                masked(service.carriesData() ? nothing : exchange.body()),
                masked(answer.headers()),
                masked(service.carriesData() ? nothing : answer.body()),
                at,
                answeredAt);
    }

    private static Map<String, String> masked(Map<String, String> headers) {
        Map<String, String> copy = new LinkedHashMap<>();
        headers.forEach((name, value) ->
                copy.put(name, SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? MASK : masked(value)));
        return Collections.unmodifiableMap(copy);
    }

    /** Text without the tokens, and the secret parameters of URLs, that it quotes. */
    private static String masked(String text) {
        String withoutTokens = TOKEN.matcher(text).replaceAll(MASK);
        return SECRET_PARAMETER.matcher(withoutTokens).replaceAll("$1=" + MASK);
    }

    private static @Nullable Object masked(byte[] body) {
        return parse(body).map(Recorder::mask).orElse(null);
    }

    private static Optional<Object> parse(byte[] body) {
        if (body.length == 0 || (body[0] != '{' && body[0] != '[')) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Json.parse(body));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object mask(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, inner) -> copy.put(
                    String.valueOf(name),
                    inner instanceof String && isSecret(String.valueOf(name)) ? MASK : mask(inner)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(mask(item)));
            return Collections.unmodifiableList(copy);
        }
        return value instanceof String text ? masked(text) : value;
    }

    private static boolean isSecret(String name) {
        return SECRET_NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}
