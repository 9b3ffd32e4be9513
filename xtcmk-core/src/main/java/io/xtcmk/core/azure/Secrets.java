package io.xtcmk.core.azure;

import io.xtcmk.internal.Texts;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps tokens and assertions out of messages, should a service or a credential ever repeat one. */
final class Secrets {
    /** Or the beginning of one: who cannot read an answer quotes as much of it as they got. */
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}(\\.[A-Za-z0-9_-]*)*");

    private Secrets() {}

    static String masked(@Nullable String text) {
        return JWT.matcher(String.valueOf(text)).replaceAll("***");
    }

    /**
     * An exception that may be told as a cause: itself, unless it or a cause of it repeats a token; then one that says the
     * same, masked, from the same place.
     */
    static @Nullable Throwable masked(@Nullable Throwable exception) {
        if (exception == null) {
            return null;
        }
        List<Throwable> chain = Failures.chain(exception);
        boolean tells = chain.stream().anyMatch(Secrets::tells);
        Throwable told = exception;
        if (tells) {
            told = null;
            for (int i = chain.size() - 1; i >= 0; i--) {
                told = new Masked(chain.get(i), told);
            }
        }
        return told;
    }

    private static boolean tells(Throwable link) {
        boolean itself = JWT.matcher(link.toString()).find();
        return itself
                || List.of(link.getSuppressed()).stream()
                        .anyMatch(other -> Failures.chain(other).stream().anyMatch(Secrets::tells));
    }

    /** In the place of an exception whose text is not to be seen; what was suppressed beneath it is left out. */
    private static final class Masked extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Masked(Throwable original, @Nullable Throwable cause) {
            super(Texts.oneLine(masked(original.toString())), cause);
            setStackTrace(original.getStackTrace());
        }
    }
}
