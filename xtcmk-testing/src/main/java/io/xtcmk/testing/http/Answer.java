package io.xtcmk.testing.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the fake answers.
 *
 * @param status the HTTP status
 * @param headers header names as the service spells them, with their values
 * @param body the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // answers are never compared
public record Answer(int status, Map<String, String> headers, byte[] body) {

    /** An answer with a JSON body. */
    public static Answer json(int status, @Nullable Object body) {
        return new Answer(status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.write(body));
    }

    /** 200 with a JSON body. */
    public static Answer ok(Object body) {
        return json(200, body);
    }

    /** An answer without a body. */
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new byte[0]);
    }

    /** An answer with a body of another kind. */
    public static Answer of(int status, String contentType, byte[] body) {
        return new Answer(status, Map.of("Content-Type", contentType), body);
    }

    /** The same answer with one more header. */
    public Answer header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }
}
