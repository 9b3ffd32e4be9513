package io.xtcmk.core.azure;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps tokens and assertions out of messages, should a service or a credential ever repeat one. */
final class Secrets {
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]*)*");

    private Secrets() {}

    static String masked(@Nullable String text) {
        return JWT.matcher(String.valueOf(text)).replaceAll("***");
    }
}
