package io.xtcmk.testing.graph;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Page;
import io.xtcmk.testing.http.UnsupportedRouteError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OData's query options, as far as Graph's applications and service principals are asked with them. */
final class Query {
    private static final Pattern EQUALS = Pattern.compile("(\\w+)\\s+eq\\s+(?:'((?:[^']|'')*)'|(true|false|[\\w-]+))");
    private static final Pattern STARTS =
            Pattern.compile("startswith\\(\\s*(\\w+)\\s*,\\s*'((?:[^']|'')*)'\\s*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ANY =
            Pattern.compile("(\\w+)/any\\(\\s*(\\w+)\\s*:\\s*(\\w+)\\s+eq\\s+'((?:[^']|'')*)'\\s*\\)");
    private static final Pattern IN = Pattern.compile("(\\w+)\\s+in\\s*\\((.*)\\)");
    private static final Set<String> OPTIONS =
            Set.of("$filter", "$select", "$top", "$skiptoken", "$count", "$expand", "api-version");
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 999;

    private Query() {}

    /** Refuses what a request says and the fake does not play: to leave it out would answer another question. */
    static void check(Exchange exchange) {
        for (String name : exchange.queryNames()) {
            if (!OPTIONS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new UnsupportedRouteError("the fake does not play Graph's query option " + name);
            }
        }
        Optional<String> id = exchange.maybeParameter("id").filter(i -> i.startsWith("$") || i.equals("delta"));
        if (id.isPresent()) {
            throw new UnsupportedRouteError("the fake does not play Graph's " + exchange.path());
        }
    }

    /** A page of the bodies that the request's $filter, $top and $skiptoken ask for. */
    static Answer list(Exchange exchange, String set, List<Map<String, Object>> all) {
        Predicate<Map<String, Object>> filter =
                exchange.query("$filter").map(Query::filter).orElse(body -> true);
        List<Map<String, Object>> found = all.stream().filter(filter).toList();
        int size = exchange.world().settings().pageSize(number(exchange, "$top", PAGE));
        if (size < 1 || size > LARGEST_PAGE) {
            throw GraphErrors.badRequest(
                    "Invalid page size specified: '" + size + "'. Must be between 1 and 999" + " inclusive.");
        }
        Page page = Page.of(found, body -> Json.text(body, "id").orElse(""), exchange.query("$skiptoken"), size);
        return Answer.ok(Json.object(
                "@odata.context",
                context(exchange, set),
                "@odata.count",
                exchange.query("$count").isPresent() ? found.size() : Json.ABSENT,
                "@odata.nextLink",
                page.last().<Object>map(last -> nextLink(exchange, last)).orElse(Json.ABSENT),
                "value",
                page.items().stream().map(body -> select(exchange, body)).toList()));
    }

    /** One object, reduced to what $select asks for. */
    static Answer one(Exchange exchange, String set, Map<String, Object> body) {
        return Answer.ok(entity(exchange, set, select(exchange, body)));
    }

    /** The object with its context in front. */
    static Map<String, Object> entity(Exchange exchange, String set, Map<String, Object> body) {
        Map<String, Object> entity = new LinkedHashMap<>();
        entity.put("@odata.context", context(exchange, set) + "/$entity");
        entity.putAll(body);
        return entity;
    }

    private static String context(Exchange exchange, String set) {
        String selected = exchange.query("$select").map(s -> "(" + s + ")").orElse("");
        return exchange.origin() + "/" + exchange.parameter("version") + "/$metadata#" + set + selected;
    }

    private static Map<String, Object> select(Exchange exchange, Map<String, Object> body) {
        if (exchange.query("$select").isEmpty()) {
            return body;
        }
        List<String> expanded = List.of(exchange.query("$expand").orElse("").split("[,(]", -1));
        Map<String, Object> selected = new LinkedHashMap<>();
        for (String name : exchange.query("$select").get().split(",", -1)) {
            if (!body.containsKey(name.trim())) {
                throw GraphErrors.badRequest("Could not find a property named '" + name.trim() + "'.");
            }
            selected.put(name.trim(), body.get(name.trim()));
        }
        expanded.stream().filter(body::containsKey).forEach(name -> selected.put(name, body.get(name)));
        return selected;
    }

    private static String nextLink(Exchange exchange, String last) {
        String url = exchange.url().toString().replaceAll("([?&])(?:\\$|%24)skiptoken=[^&]*&?", "$1");
        String joint = url.indexOf('?') < 0 ? "?" : url.endsWith("?") || url.endsWith("&") ? "" : "&";
        return url + joint + "$skiptoken=" + last;
    }

    private static int number(Exchange exchange, String name, int otherwise) {
        try {
            return exchange.query(name).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw GraphErrors.badRequest("Invalid value for '" + name + "' query option found.");
        }
    }

    private static Predicate<Map<String, Object>> filter(String text) {
        Predicate<Map<String, Object>> all = body -> true;
        for (String clause : text.trim().split("(?i)\\s+and\\s+(?=(?:[^']*'[^']*')*[^']*$)", -1)) {
            all = all.and(clause(clause.trim()));
        }
        return all;
    }

    private static Predicate<Map<String, Object>> clause(String text) {
        Matcher equal = EQUALS.matcher(text);
        if (equal.matches()) {
            String value = equal.group(2) == null ? equal.group(3) : unquoted(equal.group(2));
            return body -> value.equalsIgnoreCase(String.valueOf(body.get(equal.group(1))));
        }
        Matcher starts = STARTS.matcher(text);
        if (starts.matches()) {
            String prefix = unquoted(starts.group(2)).toLowerCase(Locale.ROOT);
            return body -> String.valueOf(body.get(starts.group(1)))
                    .toLowerCase(Locale.ROOT)
                    .startsWith(prefix);
        }
        return setClause(text);
    }

    private static Predicate<Map<String, Object>> setClause(String text) {
        Matcher any = ANY.matcher(text);
        if (any.matches() && any.group(2).equals(any.group(3))) {
            String value = unquoted(any.group(4));
            return body -> Json.list(body, any.group(1)).stream()
                    .anyMatch(item -> value.equalsIgnoreCase(String.valueOf(item)));
        }
        Matcher in = IN.matcher(text);
        if (in.matches()) {
            List<String> values = List.of(in.group(2).replace("'", "").trim().split("\\s*,\\s*", -1));
            return body ->
                    values.stream().anyMatch(value -> value.equalsIgnoreCase(String.valueOf(body.get(in.group(1)))));
        }
        throw new UnsupportedRouteError("the fake does not play Graph's filter " + text);
    }

    private static String unquoted(String literal) {
        return literal.replace("''", "'");
    }
}
