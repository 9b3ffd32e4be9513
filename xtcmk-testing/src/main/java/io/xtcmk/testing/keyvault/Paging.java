package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Key Vault's lists: pages of at most 25 lines. */
final class Paging {
    private static final int PAGE = 25;

    private Paging() {}

    static Answer page(Exchange exchange, List<Map<String, Object>> items) {
        int size = exchange.world().settings().pageSize(number(exchange, "maxresults", PAGE));
        int from = Math.min(number(exchange, "$skiptoken", 0), items.size());
        int to = Math.min(from + size, items.size());
        String next = exchange.origin() + exchange.path() + "?api-version=" + exchange.apiVersion() + "&$skiptoken="
                + to + "&maxresults=" + size;
        return Answer.ok(Json.object(
                "value", new ArrayList<>(items.subList(from, to)), "nextLink", to < items.size() ? next : null));
    }

    private static int number(Exchange exchange, String name, int otherwise) {
        int number = exchange.query(name).map(Paging::parse).orElse(otherwise);
        if (name.equals("maxresults") && (number < 1 || number > PAGE)) {
            throw KeyErrors.badParameter("maxresults must be from 1 to " + PAGE);
        }
        return number;
    }

    private static int parse(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw KeyErrors.badParameter("not a number: " + text);
        }
    }
}
