package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Resource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code $filter} of the lists of groups and resources: equalities, joined by {@code and}; what else there is fails. */
final class ArmFilter {
    private static final Pattern EQUALS = Pattern.compile("(?i)(\\w+) eq '((?:[^']|'')*)'");
    private static final Pattern AND = Pattern.compile("(?i)\\s+and\\s+(?=(?:[^']*'[^']*')*[^']*$)");

    private ArmFilter() {}

    /** What the request asks for. */
    static Predicate<Resource> of(Exchange exchange) {
        String filter = exchange.query("$filter").orElse("").trim();
        Predicate<Resource> all = resource -> true;
        if (filter.isEmpty()) {
            return all;
        }
        Optional<String> tag = Optional.empty();
        for (String clause : AND.split(filter, -1)) {
            Matcher matcher = EQUALS.matcher(clause.trim());
            if (!matcher.matches()) {
                throw invalid(filter);
            }
            String value = matcher.group(2).replace("''", "'");
            switch (matcher.group(1).toLowerCase(Locale.ROOT)) {
                case "tagname" -> {
                    tag = Optional.of(value);
                    all = all.and(r -> Json.text(tags(r), value).isPresent());
                }
                case "tagvalue" -> all = all.and(valueOf(tag.orElseThrow(() -> invalid(filter)), value));
                default -> all = all.and(property(matcher.group(1), value, filter));
            }
        }
        return all;
    }

    private static Map<String, Object> tags(Resource resource) {
        return Json.map(resource.body(), "tags");
    }

    private static Predicate<Resource> valueOf(String tag, String value) {
        return r -> Json.text(tags(r), tag).filter(value::equals).isPresent();
    }

    private static Predicate<Resource> property(String name, String value, String filter) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "resourcetype" -> r -> value.equalsIgnoreCase(r.text("type").orElse(""));
            case "name" -> r -> value.equalsIgnoreCase(r.name());
            case "resourcegroup" -> r -> value.equalsIgnoreCase(Arm.groupName(r.id()));
            case "location" ->
                r -> Arm.location(value).equals(r.text("location").orElse(""));
            default -> throw invalid(filter);
        };
    }

    private static AzureError invalid(String filter) {
        return AzureError.of(
                400, "InvalidFilterInQueryString", "Invalid $filter '" + filter + "' specified in the query string.");
    }
}
