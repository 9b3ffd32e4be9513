package io.xtcmk.testing.entra;

import java.util.Map;

/** The forms that are sent to the token endpoint. */
final class Forms {
    private Forms() {}

    /** A field that must be there. */
    static String required(Map<String, String> form, String name) {
        String value = form.get(name);
        if (value == null || value.isBlank()) {
            throw Aadsts.missingParameter(name);
        }
        return value;
    }
}
