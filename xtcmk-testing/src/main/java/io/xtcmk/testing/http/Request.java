package io.xtcmk.testing.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it arrives.
 *
 * @param method GET, PUT, ...
 * @param url the whole URL
 * @param headers by name
 * @param body the bytes, empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // requests are never compared
record Request(String method, URI url, Map<String, String> headers, byte[] body) {

    /** Scheme and host, as in {@code https://management.azure.com}. */
    String origin() {
        return url.getScheme() + "://" + url.getHost();
    }

    /** The decoded path: one leading slash, no doubled and no trailing ones. */
    String path() {
        String raw = Optional.ofNullable(url.getRawPath()).orElse("");
        // Microsoft's clients also double slashes by encoding them, in a scope that begins with one.
        String path = URLDecoder.decode("/" + raw.replace("+", "%2B"), StandardCharsets.UTF_8)
                .replaceAll("/{2,}", "/");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** The query's names and values, decoded. */
    Map<String, String> query() {
        return UrlEncoded.parse(Optional.ofNullable(url.getRawQuery()).orElse(""));
    }

    /** Whether it only looks. */
    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
