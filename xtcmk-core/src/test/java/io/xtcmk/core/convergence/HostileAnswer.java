package io.xtcmk.core.convergence;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.test.http.MockHttpResponse;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A success that is not the service's, or not as it sent it.
 *
 * @param name its name in reports
 * @param effect what may come of it
 * @param act makes the answer, from the request and the real exchange
 */
record HostileAnswer(String name, Effect effect, Act act) {
    /** What may come of a call whose request is answered so. */
    enum Effect {
        /** Nobody can take it for an answer of the service: it is reported as what it is. */
        FOREIGN,
        /** Part of it is not what the service sends: a typed exception, or a success that is true. */
        BENT,
        /** It is well-formed and untrue: a typed exception, or a success that nobody can see to be untrue. */
        LIE
    }

    /** Answers a request. */
    @FunctionalInterface
    interface Act {
        HttpResponse answer(HttpRequest request, Supplier<HttpResponse> real);
    }

    private static final String PAGE = "<!DOCTYPE html><html><body>Sign in to the hotel's network</body></html>";
    private static final String OTHER_ID = "99999999-9999-9999-9999-999999999999";
    /** More than the library reads of one answer. */
    private static final byte[] HUGE = huge();

    static final List<HostileAnswer> ALL = all();

    static boolean isInvented(HttpRequest request) {
        return request.getUrl().toString().contains("hostile-page");
    }

    private static List<HostileAnswer> all() {
        List<HostileAnswer> all = new ArrayList<>();
        all.add(body("captive portal", 200, "text/html", PAGE));
        all.add(body("captive portal in JSON's clothes", 200, "application/json", PAGE));
        all.add(body("page without a type", 200, null, PAGE));
        all.add(body("plain text", 200, "text/plain", "OK"));
        all.add(body("XML", 200, "application/xml", "<?xml version=\"1.0\"?><ok/>"));
        all.add(body("JSON as text/html", 200, "text/html", "{\"id\":\"x\",\"value\":[]}"));
        all.add(body("type that is none", 200, ";;;", "{\"id\":\"x\"}"));
        all.add(body("nothing", 200, "application/json", ""));
        all.add(body("nothing without a type", 200, null, ""));
        all.add(body("blanks", 200, "application/json", " \r\n\t "));
        all.add(body("empty object", 200, "application/json", "{}"));
        all.add(body("empty object, created", 201, "application/json", "{}"));
        all.add(body("accepted, and no word of where", 202, "application/json", "{}"));
        all.add(body("null", 200, "application/json", "null"));
        all.add(body("list", 200, "application/json", "[]"));
        all.add(body("text", 200, "application/json", "\"succeeded\""));
        all.add(body("number", 200, "application/json", "0"));
        all.add(body("truth", 200, "application/json", "true"));
        all.add(body("error as a success", 200, "application/json", """
                {"error":{"code":"Conflict","message":"m"}}"""));
        all.add(body("value is null", 200, "application/json", "{\"value\":null}"));
        all.add(body("value is an object", 200, "application/json", "{\"value\":{}}"));
        all.add(body("value of nulls", 200, "application/json", "{\"value\":[null]}"));
        all.add(body("value of empty objects", 200, "application/json", "{\"value\":[{}]}"));
        all.add(body("value of texts", 200, "application/json", "{\"value\":[\"x\"]}"));
        all.add(body("value of lists", 200, "application/json", "{\"value\":[[]]}"));
        all.add(body("single quotes", 200, "application/json", "{'id':'x'}"));
        all.add(body("comment", 200, "application/json", "/* ok */{\"id\":\"x\"}"));
        all.add(body("not a number", 200, "application/json", "{\"id\":NaN,\"value\":[]}"));
        all.add(body("endless number", 200, "application/json", "{\"id\":1e999999999,\"value\":[]}"));
        all.add(body("deep lists", 200, "application/json", "{\"id\":" + "[".repeat(200_000)));
        all.add(body("deep objects", 200, "application/json", "{\"a\":".repeat(5000) + "1" + "}".repeat(5000)));
        all.add(bytes("without an end", "application/json", HUGE));
        all.add(bytes("not UTF-8", "application/json", new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}));
        all.add(new HostileAnswer(
                "no content", Effect.LIE, (request, real) -> answer(request, 204, null, new byte[0])));
        all.add(body("empty list", Effect.LIE, 200, "application/json", "{\"value\":[]}"));

        all.add(raw("cut off", body -> Arrays.copyOf(body, body.length / 2)));
        all.add(raw("more behind it", body -> text(new String(body, StandardCharsets.UTF_8) + "x")));
        all.add(raw("twice", body -> text(new String(body, StandardCharsets.UTF_8).repeat(2))));
        all.add(raw("name twice", body -> text("{\"id\":\"x\",\"id\":\"y\"," + inside(body))));
        all.add(raw("in UTF-16", body -> recoded(body, StandardCharsets.UTF_16)));
        all.add(raw("compressed", HostileAnswer::compressed));

        all.add(bent("texts are null", value -> value instanceof String ? null : value));
        all.add(bent("texts are empty", value -> value instanceof String ? "" : value));
        all.add(bent("texts are numbers", value -> value instanceof String ? 7 : value));
        all.add(bent("texts are lists", value -> value instanceof String ? List.of(value) : value));
        all.add(bent("texts are x", value -> value instanceof String ? "x" : value));
        all.add(bent("texts are long", value -> value instanceof String text ? text + "x".repeat(5_000) : value));
        all.add(bent(
                "texts have lines", value -> value instanceof String text ? text + "\r\nFORGED \u001b[31m" : value));
        all.add(bent("inner objects are lists", value -> value instanceof Map<?, ?> ? List.of(value) : value));
        all.add(bent("inner objects are null", value -> value instanceof Map<?, ?> ? null : value));
        all.add(bent("inner objects are empty", value -> value instanceof Map<?, ?> ? Map.of() : value));
        all.add(bent("lists are objects", value -> value instanceof List<?> list ? Map.of("0", list) : value));
        all.add(bent("lists are texts", value -> value instanceof List<?> ? "none" : value));
        all.add(bent("numbers are texts", value -> value instanceof Number ? "many" : value));
        all.add(bent("numbers are huge", value -> value instanceof Number ? Long.MAX_VALUE : value));
        all.add(bent("numbers are less than nothing", value -> value instanceof Number ? Long.MIN_VALUE : value));
        all.add(bent("truth is a text", value -> value instanceof Boolean ? "perhaps" : value));
        all.add(bent("truth is null", value -> value instanceof Boolean ? null : value));
        all.add(bent("dates are none", value -> isDate(value) ? "yesterday" : value));
        all.add(bent("dates are far", value -> isDate(value) ? "+999999999-12-31T23:59:59Z" : value));
        all.add(bent("ids are none", value -> isUuid(value) ? "not-an-id" : value));
        all.add(bent(
                "resource ids are cut",
                value -> isResourceId(value) ? ((String) value).substring(0, ((String) value).length() / 2) : value));
        all.add(bent("resources are others", value -> isResourceId(value) ? value + "-other" : value));
        all.add(bent(
                "URLs are elsewhere",
                value -> isUrl(value) ? ((String) value).replaceFirst("://[^/]*", "://evil.example") : value));
        all.add(bent(
                "keys are in another vault",
                value -> isUrl(value) ? ((String) value).replaceFirst("://[^.]*", "://kv-mallory") : value));
        all.add(bent("URLs are none", value -> isUrl(value) ? "https://[" : value));
        all.add(bent(
                "key versions are none",
                value -> isUrl(value) ? ((String) value).replaceFirst("/[0-9a-f]{32}$", "/latest") : value));
        all.add(new HostileAnswer("ids are others", Effect.LIE, bending(value -> isUuid(value) ? OTHER_ID : value)));

        all.add(paged("next page is a number", Effect.BENT, (request, page) -> 7));
        all.add(paged("next page is no URL", Effect.BENT, (request, page) -> "https://["));
        all.add(paged("next page is elsewhere", Effect.BENT, (request, page) -> "https://evil.example/?page=2"));
        all.add(paged(
                "next page is this page",
                Effect.LIE,
                (request, page) -> request.getUrl().toString()));
        all.add(paged("pages without end", Effect.LIE, (request, page) -> next(request, page)));
        all.add(followed("operation without an end", "Azure-AsyncOperation", "https://["));
        all.add(followed("operation elsewhere", "Azure-AsyncOperation", "https://evil.example/operations/1"));
        all.add(followed("place elsewhere", "Location", "https://evil.example/operations/1"));
        return List.copyOf(all);
    }

    // in a service's place

    private static HostileAnswer body(String name, int status, @Nullable String type, String body) {
        return body(name, Effect.FOREIGN, status, type, body);
    }

    private static HostileAnswer body(String name, Effect effect, int status, @Nullable String type, String body) {
        return new HostileAnswer(name, effect, (request, real) -> answer(request, status, type, text(body)));
    }

    private static HostileAnswer bytes(String name, String type, byte[] body) {
        return new HostileAnswer(name, Effect.FOREIGN, (request, real) -> answer(request, 200, type, body));
    }

    private static HostileAnswer followed(String name, String header, String link) {
        return new HostileAnswer(name, Effect.FOREIGN, (request, real) -> {
            HttpHeaders headers = new HttpHeaders()
                    .set(HttpHeaderName.CONTENT_TYPE, "application/json")
                    .set(HttpHeaderName.fromString(header), link);
            return new MockHttpResponse(request, 202, headers, text("{}"));
        });
    }

    private static HttpResponse answer(HttpRequest request, int status, @Nullable String type, byte[] body) {
        HttpHeaders headers = new HttpHeaders();
        if (type != null) {
            headers.set(HttpHeaderName.CONTENT_TYPE, type);
        }
        return new MockHttpResponse(request, status, headers, body);
    }

    // between the service and the process

    /** What is no success, or says nothing, passes as it is. */
    private static HttpResponse rewritten(HttpRequest request, HttpResponse real, UnaryOperator<byte[]> change) {
        byte[] body = real.getBodyAsBinaryData().toBytes();
        HttpHeaders headers = new HttpHeaders(real.getHeaders());
        headers.remove(HttpHeaderName.CONTENT_LENGTH);
        boolean passes = real.getStatusCode() >= 300 || body.length == 0;
        return new MockHttpResponse(request, real.getStatusCode(), headers, passes ? body : change.apply(body));
    }

    private static HostileAnswer raw(String name, UnaryOperator<byte[]> change) {
        return new HostileAnswer(name, Effect.BENT, (request, real) -> rewritten(request, real.get(), change));
    }

    private static HostileAnswer bent(String name, Function<Object, @Nullable Object> change) {
        return new HostileAnswer(name, Effect.BENT, bending(change));
    }

    private static Act bending(Function<Object, @Nullable Object> change) {
        return (request, real) -> rewritten(request, real.get(), body -> {
            Map<String, Object> bent = new LinkedHashMap<>();
            object(body).forEach((name, value) -> bent.put(name, bent(value, change)));
            return json(bent);
        });
    }

    private static @Nullable Object bent(@Nullable Object value, Function<Object, @Nullable Object> change) {
        if (value == null) {
            return null;
        }
        Object changed = change.apply(value);
        if (changed != value) {
            return changed;
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((name, inner) -> all.put((String) name, bent(inner, change)));
            return all;
        } else if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(inner -> all.add(bent(inner, change)));
            return all;
        }
        return value;
    }

    /** The link to a next page. */
    @FunctionalInterface
    private interface Link {
        Object after(HttpRequest request, int page);
    }

    private static HostileAnswer paged(String name, Effect effect, Link link) {
        return new HostileAnswer(name, effect, (request, real) -> {
            if (isInvented(request)) {
                String url = request.getUrl().toString();
                int page = Integer.parseInt(url.substring(url.lastIndexOf('=') + 1));
                return answer(request, 200, "application/json", json(page(request, List.of(), link, page)));
            }
            return rewritten(
                    request,
                    real.get(),
                    body -> object(body).get("value") instanceof List<?> list
                            ? json(page(request, list, link, 0))
                            : body);
        });
    }

    private static Map<String, Object> page(HttpRequest request, List<?> value, Link link, int page) {
        Object next = link.after(request, page);
        return Map.of("value", value, "nextLink", next, "@odata.nextLink", next);
    }

    private static String next(HttpRequest request, int page) {
        String url = request.getUrl().toString().replaceFirst("[?&]hostile-page=.*$", "");
        return url + (url.contains("?") ? "&" : "?") + "hostile-page=" + (page + 1);
    }

    // values

    private static boolean isDate(Object value) {
        return value instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\dT.*");
    }

    private static boolean isUuid(Object value) {
        return value instanceof String text && text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }

    private static boolean isResourceId(Object value) {
        return value instanceof String text && text.startsWith("/subscriptions/");
    }

    private static boolean isUrl(Object value) {
        return value instanceof String text && text.startsWith("https://");
    }

    // bodies

    private static byte[] huge() {
        byte[] huge = new byte[20 << 20];
        Arrays.fill(huge, (byte) ' ');
        huge[0] = '{';
        return huge;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String inside(byte[] object) {
        String text = new String(object, StandardCharsets.UTF_8).strip();
        return text.substring(1);
    }

    private static byte[] recoded(byte[] body, Charset charset) {
        return new String(body, StandardCharsets.UTF_8).getBytes(charset);
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, Object> object(byte[] body) {
        try (JsonReader reader = JsonProviders.createReader(body)) {
            return reader.readMap(JsonReader::readUntyped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] json(Map<String, Object> object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter writer = JsonProviders.createWriter(bytes)) {
            writer.writeUntyped(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return name;
    }
}
