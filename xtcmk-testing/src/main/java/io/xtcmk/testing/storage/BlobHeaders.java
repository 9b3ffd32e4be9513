package io.xtcmk.testing.storage;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.world.World;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What blob requests and answers carry in headers. */
final class BlobHeaders {
    private static final String METADATA = "x-ms-meta-";

    private BlobHeaders() {}

    static String etag(World world) {
        return "\"0x8" + world.ids().hex32().substring(0, 14).toUpperCase(Locale.ROOT) + "\"";
    }

    /** An ETag as XML has it. */
    static String unquoted(String etag) {
        return etag.replace("\"", "");
    }

    /** The caller's names and values. */
    static Map<String, String> metadata(Exchange exchange) {
        Map<String, String> metadata = new LinkedHashMap<>();
        exchange.headers().forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), value);
            }
        });
        return metadata;
    }

    static Answer withMetadata(Answer answer, Map<String, String> metadata) {
        Answer with = answer;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            with = with.header(METADATA + entry.getKey(), entry.getValue());
        }
        return with;
    }

    /** What a GET is to show of a blob's content. */
    static Map<String, String> content(Exchange exchange, String md5) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", exchange.header("x-ms-blob-content-type").orElse("application/octet-stream"));
        headers.put("Content-MD5", exchange.header("x-ms-blob-content-md5").orElse(md5));
        for (String name :
                new String[] {"Content-Encoding", "Content-Language", "Content-Disposition", "Cache-Control"}) {
            Optional<String> value = exchange.header("x-ms-blob-" + name.toLowerCase(Locale.ROOT));
            value.ifPresent(v -> headers.put(name, v));
        }
        return headers;
    }
}
