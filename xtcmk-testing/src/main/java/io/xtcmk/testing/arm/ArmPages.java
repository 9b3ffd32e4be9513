package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Lists of Resource Manager by pages: {@code $top} makes them smaller, {@code nextLink} leads to the next. */
final class ArmPages {
    private static final int LARGEST = 1000;

    private ArmPages() {}

    static Answer page(Exchange exchange, List<? extends Map<String, Object>> items) {
        int from = Math.min(start(exchange), items.size());
        int to = Math.min(items.size(), from + size(exchange));
        return Answer.ok(Json.object(
                "value",
                new ArrayList<>(items.subList(from, to)),
                "nextLink",
                to < items.size() ? nextLink(exchange, to) : Json.ABSENT));
    }

    private static int size(Exchange exchange) {
        int page = exchange.world().settings().pageSize(LARGEST);
        return exchange.query("$top")
                .map(ArmPages::top)
                .map(t -> Math.min(t, page))
                .orElse(page);
    }

    private static int top(String text) {
        try {
            int top = Integer.parseInt(text);
            if (top > 0) {
                return top;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw AzureError.of(
                400, "InvalidTopQuery", "The query parameter $top is not valid: '" + text + "'. It must be positive.");
    }

    /** The token is nobody's business but ours, and looks it. */
    private static String nextLink(Exchange exchange, int from) {
        String url = exchange.url().toString().replaceAll("([?&])(?:\\$|%24)skip[tT]oken=[^&]*&?", "$1");
        String joint = url.indexOf('?') < 0 ? "?" : url.endsWith("?") || url.endsWith("&") ? "" : "&";
        String token = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("from:" + from).getBytes(StandardCharsets.US_ASCII));
        return url + joint + "$skiptoken=" + token;
    }

    private static int start(Exchange exchange) {
        return exchange.query("$skiptoken").map(ArmPages::from).orElse(0);
    }

    private static int from(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
            return Integer.parseUnsignedInt(text.replaceFirst("^from:", ""));
        } catch (IllegalArgumentException e) {
            throw AzureError.of(400, "InvalidSkipToken", "The query parameter $skiptoken is not valid.");
        }
    }
}
