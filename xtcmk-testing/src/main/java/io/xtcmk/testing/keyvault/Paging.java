package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Key Vault's lists: pages of at most 25 lines. Pages can be empty although more follow; here one is, behind the first,
 * where a test has asked for small pages.
 */
final class Paging {
    private static final int PAGE = 25;

    /** The kinds of continuation tokens: an empty page comes next, or the lines behind a key. */
    private static final String EMPTY = "empty:";

    private static final String BEHIND = "behind:";

    private Paging() {}

    /** The page of a list that is asked for; its lines are in the order of their ids. */
    static Answer page(Exchange exchange, List<Map<String, Object>> items) {
        return page(exchange, items, item -> Json.text(item, "kid").orElse(""));
    }

    /** The page of a list to which lines are only ever added, in the list's own order. */
    static Answer pageOfVersions(Exchange exchange, List<Map<String, Object>> items) {
        return page(exchange, items, item -> String.format(Locale.ROOT, "%08d", items.indexOf(item)));
    }

    private static Answer page(
            Exchange exchange, List<Map<String, Object>> items, Function<Map<String, Object>, String> key) {
        int asked = exchange.query("maxresults").map(Paging::number).orElse(PAGE);
        int size = exchange.world().settings().pageSize(asked);
        String token = exchange.query("$skiptoken").map(Paging::decoded).orElse("");
        if (token.startsWith(EMPTY)) {
            return answer(List.of(), nextLink(exchange, BEHIND + token.substring(EMPTY.length()), asked));
        }
        Optional<String> after = token.isEmpty() ? Optional.empty() : Optional.of(token.substring(BEHIND.length()));
        Page page = Page.of(items, key, after, size);
        boolean isEmptyNext = after.isEmpty() && size < asked;
        return answer(
                page.items(),
                page.last()
                        .map(last -> nextLink(exchange, (isEmptyNext ? EMPTY : BEHIND) + last, asked))
                        .orElse(null));
    }

    private static Answer answer(List<Map<String, Object>> items, @org.jspecify.annotations.Nullable String nextLink) {
        return Answer.ok(Json.object("value", items, "nextLink", nextLink));
    }

    /** Key Vault writes the port. */
    private static String nextLink(Exchange exchange, String token, int asked) {
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        return exchange.origin() + ":443" + exchange.path() + "?api-version=" + exchange.apiVersion() + "&$skiptoken="
                + encoded + "&maxresults=" + asked;
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= PAGE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw KeyErrors.badParameter("maxresults must be from 1 to " + PAGE);
    }

    private static String decoded(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(EMPTY) || text.startsWith(BEHIND)) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw KeyErrors.badParameter("not a continuation token: " + token);
    }
}
