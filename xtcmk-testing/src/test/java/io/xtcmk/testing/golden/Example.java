package io.xtcmk.testing.golden;

import io.xtcmk.testing.http.Json;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A published example of an operation: what is sent, and what may be answered.
 *
 * @param file its name below the folder
 * @param operation of what it is an example
 * @param tree its JSON
 */
record Example(String file, Operation operation, Map<String, Object> tree) {

    /** The same example in other words. */
    Example with(Map<String, Object> changed) {
        return new Example(file, operation, changed);
    }

    Map<String, Object> parameters() {
        return Json.map(tree, "parameters");
    }

    String parameter(String name) {
        return String.valueOf(parameters().getOrDefault(name, ""));
    }

    String method() {
        return operation.method();
    }

    String url() {
        return operation.url(parameters());
    }

    String host() {
        return url().split("/", -1)[2];
    }

    /** The path, decoded, without a trailing slash. */
    String path() {
        return URI.create(url().replaceFirst("\\?.*", "")
                        .replace(" ", "%20")
                        .replace("{", "%7B")
                        .replace("}", "%7D"))
                .getPath()
                .replaceFirst("(?<=.)/$", "");
    }

    @Nullable
    Object request() {
        return operation.body(parameters());
    }

    /** The request's body as an object. */
    Map<String, Object> requested() {
        return request() instanceof Map<?, ?> map ? Json.cast(map) : Map.of();
    }

    /** The possible answers by status. */
    private Map<Integer, Map<String, Object>> responses() {
        Map<Integer, Map<String, Object>> responses = new TreeMap<>();
        Json.map(tree, "responses").forEach((status, response) -> {
            if (status.matches("\\d+")) {
                responses.put(Integer.valueOf(status), Json.cast(response));
            }
        });
        return responses;
    }

    Set<Integer> statuses() {
        return responses().keySet();
    }

    Map<String, Object> headers(int status) {
        return Json.map(responses().getOrDefault(status, Map.of()), "headers");
    }

    Optional<Object> body(int status) {
        return Optional.ofNullable(responses().getOrDefault(status, Map.of()).get("body"));
    }

    /** The resource, or list of them, that is shown by any of the answers; empty if none has a body. */
    Map<String, Object> shown() {
        return statuses().stream()
                .flatMap(s -> body(s).stream())
                .filter(Map.class::isInstance)
                .map(Json::cast)
                .findFirst()
                .orElse(Map.of());
    }
}
