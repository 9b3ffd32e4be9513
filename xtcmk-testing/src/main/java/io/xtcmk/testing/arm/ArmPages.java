package io.xtcmk.testing.arm;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Page;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists of Resource Manager by pages: {@code $top} makes them smaller, {@code nextLink} leads to the next. */
final class ArmPages {
    private static final int LARGEST = 1000;

    private static final String BEHIND = "behind:";

    private ArmPages() {}

    static Answer page(Exchange exchange, List<? extends Map<String, Object>> items) {
        Page page = Page.of(items, ArmPages::key, start(exchange), size(exchange));
        return Answer.ok(Json.object(
                "value",
                page.items(),
                "nextLink",
                page.last().<Object>map(last -> nextLink(exchange, last)).orElse(Json.ABSENT)));
    }

    private static String key(Map<String, Object> item) {
        return Json.text(item, "id").or(() -> Json.text(item, "name")).orElse("");
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
    private static String nextLink(Exchange exchange, String last) {
        String url = exchange.url().toString().replaceAll("([?&])(?:\\$|%24)skip[tT]oken=[^&]*&?", "$1");
        String joint = url.indexOf('?') < 0 ? "?" : url.endsWith("?") || url.endsWith("&") ? "" : "&";
        String token = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((BEHIND + last).getBytes(StandardCharsets.UTF_8));
        return url + joint + "$skiptoken=" + token;
    }

    private static Optional<String> start(Exchange exchange) {
        return exchange.query("$skiptoken").map(ArmPages::last);
    }

    private static String last(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(BEHIND)) {
                return text.substring(BEHIND.length());
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw AzureError.of(400, "InvalidSkipToken", "The query parameter $skiptoken is not valid.");
    }
}
