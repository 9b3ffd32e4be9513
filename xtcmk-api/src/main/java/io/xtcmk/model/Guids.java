package io.xtcmk.model;

import io.xtcmk.exception.InvalidInputException;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reading GUIDs strictly: {@link UUID#fromString} takes "1-2-3-4-5". */
final class Guids {
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final UUID ZERO = new UUID(0, 0);

    private Guids() {}

    static UUID parse(String argument, @Nullable String text, String hint) {
        String folded = Checks.notBlank(argument, text).strip().toLowerCase(Locale.ROOT);
        if (!GUID.matcher(folded).matches()) {
            throw new InvalidInputException(
                    argument, "\"" + Checks.shown(text) + "\" is not a GUID of 36 characters", "give " + hint);
        }
        return check(argument, UUID.fromString(folded));
    }

    static UUID check(String argument, @Nullable UUID value) {
        if (value == null) {
            throw new InvalidInputException(argument, "is null", "give a GUID");
        }
        if (value.equals(ZERO)) {
            throw new InvalidInputException(argument, "is the empty GUID", "give the real id");
        }
        return value;
    }
}
