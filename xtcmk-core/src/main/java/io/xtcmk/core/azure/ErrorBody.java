package io.xtcmk.core.azure;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error as the services write it: {@code {"error":{"code","message"}}}, sometimes without the envelope, Key Vault's
 * with an {@code innererror} that says it more exactly or with an AKV code at the message's beginning, as Entra's has AADSTS.
 */
record ErrorBody(Optional<String> code, Optional<String> message) {
    private static final Pattern NUMBERED = Pattern.compile("(AKV|AADSTS)\\d+");

    static ErrorBody parse(byte[] body) {
        return of(Json.object(body));
    }

    /** Reads an answer that has, or is, an error. */
    static ErrorBody of(Map<String, Object> body) {
        Map<String, Object> error = Json.object(body, "error").orElse(body);
        Optional<String> message = Json.text(error, "message").or(() -> Json.text(error, "error_description"));
        Optional<String> code = Json.object(error, "innererror")
                .flatMap(inner -> Json.text(inner, "code"))
                .or(() -> message.flatMap(ErrorBody::numberedCode))
                .or(() -> Json.text(error, "code"))
                .or(() -> Json.text(error, "error"));
        return new ErrorBody(code, message);
    }

    private static Optional<String> numberedCode(String message) {
        Matcher matcher = NUMBERED.matcher(message);
        return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
