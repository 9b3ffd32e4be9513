package io.xtcmk.testing.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a service's table: method, path template, what the caller must be allowed, and the handler. In a
 * template {@code {x}} stands for one segment or part of one, {@code {+x}} for one or more segments; the rest is
 * compared regardless of case.
 *
 * @param method GET, PUT, ...
 * @param template the path template
 * @param needs the permission, in the service's own words (ARM: an action such as
 *     {@code Microsoft.Storage/storageAccounts/write}); {@code -} where any authenticated caller may, or where the
 *     handler itself decides
 * @param summary a few words for the table of what is supported
 * @param handler answers
 */
public record Route(
        String method,
        String template,
        String needs,
        String summary,
        Function<Exchange, Answer> handler,
        Pattern regex,
        List<String> names) {

    private static final Pattern PLACE = Pattern.compile("\\{(\\+?)([A-Za-z]+)}");

    /** A route. */
    public static Route of(
            String method, String template, String needs, String summary, Function<Exchange, Answer> handler) {
        StringBuilder regex = new StringBuilder();
        List<String> names = new ArrayList<>();
        Matcher place = PLACE.matcher(template);
        int from = 0;
        while (place.find()) {
            regex.append(Pattern.quote(template.substring(from, place.start())));
            regex.append(place.group(1).isEmpty() ? "([^/]+?)" : "(.+?)");
            names.add(place.group(2));
            from = place.end();
        }
        regex.append(Pattern.quote(template.substring(from)));
        return new Route(
                method,
                template,
                needs,
                summary,
                handler,
                Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE),
                List.copyOf(names));
    }

    /** The parameters, if the path fits the template. */
    public Optional<Map<String, String>> match(String path) {
        Matcher matcher = regex.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            parameters.put(names.get(i), matcher.group(i + 1));
        }
        return Optional.of(parameters);
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
