package io.xtcmk.testing.golden;

import java.util.regex.Pattern;

/** What kind of text it is. */
enum Shape {
    GUID("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    TIME("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)"),
    URL("https://[^ ]+"),
    RESOURCE_ID("/subscriptions/[^ ]+"),
    DURATION("P\\d+[YMWD].*"),
    FLAG("true|false"),
    THUMBPRINT("[0-9A-F]{40}"),
    EMPTY(""),
    TEXT("(?s).+");

    private final Pattern pattern;

    Shape(String regex) {
        pattern = Pattern.compile(regex);
    }

    static Shape of(String text) {
        Shape first = TEXT;
        for (Shape shape : values()) {
            if (shape.includes(text)) {
                first = shape;
                break;
            }
        }
        return first;
    }

    boolean includes(String text) {
        return this == EMPTY || pattern.matcher(text).matches();
    }
}
