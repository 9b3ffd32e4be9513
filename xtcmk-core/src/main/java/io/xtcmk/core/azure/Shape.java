package io.xtcmk.core.azure;

import com.azure.core.util.CoreUtils;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client of ours needs in an answer: which values, and of which kind. What has this shape can be read without a
 * further doubt, so nothing that comes of an answer is ever refused as if the caller had given it.
 *
 * @param isPage whether it is a page of a list, of which each item has the shape
 * @param bodiless the status codes with which the service sends no body
 * @param values what must or may be in it
 */
public record Shape(boolean isPage, List<Integer> bodiless, List<Value> values) {
    /** Any answer, with or without a body. */
    public static final Shape ANY = new Shape(false, List.of(200, 201, 202, 204), List.of());

    /** An object of any content. */
    public static final Shape OBJECT = new Shape(false, List.of(), List.of());

    /** 204, which is all that the service says. */
    public static final Shape NOTHING = OBJECT.orNothing(204).with("its status", false, Kind.NEVER);

    /** In the place of a value below something that is no object; of no kind. */
    private static final Object NO_OBJECT = new Object();

    /** What .NET writes for no time. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * A kind of value.
     *
     * @param name what it is, with its article
     * @param fits whether a value is one
     */
    public record Kind(String name, Predicate<Object> fits) {
        public static final Kind TEXT = text("a text", text -> !text.isBlank());
        public static final Kind UUID = text("a UUID", matching("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}"));
        public static final Kind RESOURCE_ID = text("a resource id", Answered::isResourceId);
        public static final Kind KEY_URL = text("the URL of a key", Answered::isKey);
        public static final Kind VAULT_URL = text("the URL of a vault", Answered::isVault);
        public static final Kind KEY_NAME = text("the name of a key", matching("[0-9a-zA-Z-]{1,127}"));
        public static final Kind KEY_VERSION = text("the version of a key", matching("\\p{XDigit}{32}"));
        public static final Kind TIME = text("a time of the years 1 to 9999", Kind::isTime);
        /** As key vaults write times. */
        public static final Kind SECONDS = new Kind("seconds since 1970", Kind::isSeconds);

        public static final Kind BOOLEAN = new Kind("true or false", Boolean.class::isInstance);
        public static final Kind OBJECT = new Kind("an object", Map.class::isInstance);
        public static final Kind TEXTS = new Kind("a list of texts", Kind::isTexts);
        public static final Kind TAGS = new Kind("an object of texts", Kind::isTags);
        public static final Kind RESOURCES_BY_ID = new Kind("an object by resource ids", Kind::isById);
        private static final Kind NEVER = new Kind("204", value -> false);

        public static Kind text(String name, Predicate<String> fits) {
            return new Kind(name, value -> value instanceof String text && fits.test(text));
        }

        /** The very text, but for letter case. */
        public static Kind same(Object expected) {
            return text("what was asked for", text -> text.equalsIgnoreCase(expected.toString()));
        }

        /** This kind, or a text without anything in it. */
        public Kind orBlank() {
            return new Kind(name, value -> fits.test(value) || (value instanceof String text && text.isBlank()));
        }

        private static Predicate<String> matching(String pattern) {
            return Pattern.compile(pattern).asMatchPredicate();
        }

        private static boolean isTime(String text) {
            try {
                Instant time = CoreUtils.parseBestOffsetDateTime(text).toInstant();
                return !time.isBefore(FIRST) && !time.isAfter(LAST);
            } catch (DateTimeException e) {
                return false;
            }
        }

        private static boolean isSeconds(Object value) {
            return value instanceof Double seconds && seconds >= 0 && seconds <= LAST.getEpochSecond();
        }

        private static boolean isTexts(Object value) {
            return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
        }

        private static boolean isTags(Object value) {
            return value instanceof Map<?, ?> map && map.values().stream().allMatch(String.class::isInstance);
        }

        private static boolean isById(Object value) {
            return value instanceof Map<?, ?> map
                    && map.keySet().stream().allMatch(id -> Answered.isResourceId(String.valueOf(id)));
        }
    }

    /**
     * A value.
     *
     * @param path the names that lead to it, with dots between
     * @param optional whether it may be missing or null
     * @param kind its kind
     */
    public record Value(String path, boolean optional, Kind kind) {}

    /** With a value that must be there. */
    public Shape must(String path, Kind kind) {
        return with(path, false, kind);
    }

    /** With a value that may be missing. */
    public Shape may(String path, Kind kind) {
        return with(path, true, kind);
    }

    /** Or no body, with a status. */
    public Shape orNothing(int status) {
        List<Integer> all = new ArrayList<>(bodiless);
        all.add(status);
        return new Shape(isPage, List.copyOf(all), values);
    }

    /** A page of a list of such objects. */
    public Shape page() {
        return new Shape(true, bodiless, values);
    }

    private Shape with(String path, boolean optional, Kind kind) {
        List<Value> all = new ArrayList<>(values);
        all.add(new Value(path, optional, kind));
        return new Shape(isPage, bodiless, List.copyOf(all));
    }

    /** What is wrong with a body, in words that repeat nothing of it; empty if nothing is. */
    Optional<String> problem(Map<String, Object> body) {
        return isPage ? pageProblem(body) : objectProblem(body);
    }

    private Optional<String> pageProblem(Map<String, Object> body) {
        if (!(body.get("value") instanceof List<?> items)) {
            return Optional.of("the answer does not have a list at value");
        }
        return items.stream().flatMap(item -> objectProblem(item).stream()).findFirst();
    }

    private Optional<String> objectProblem(@Nullable Object object) {
        return object instanceof Map<?, ?>
                ? values.stream()
                        .filter(value -> !fits(at(object, value.path()), value))
                        .findFirst()
                        .map(value -> "the answer does not have " + value.kind().name() + " at " + value.path())
                : Optional.of("the answer's list does not consist of objects");
    }

    private static boolean fits(@Nullable Object actual, Value value) {
        return actual == null ? value.optional() : value.kind().fits().test(actual);
    }

    /** What is on the way must be objects, or nothing. */
    private static @Nullable Object at(Object object, String path) {
        Object at = object;
        for (String name : Arrays.asList(path.split("\\.", -1))) {
            if (at == null) {
                return null;
            }
            at = at instanceof Map<?, ?> map ? map.get(name) : NO_OBJECT;
        }
        return at;
    }
}
