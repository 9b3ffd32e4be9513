package io.xtcmk.testing.http;

import io.xtcmk.testing.world.World;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One request on its way through the fake, with all that a handler may want to know. */
public final class Exchange {
    private final World world;
    private final Request request;
    private final String path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final UUID requestId;
    private Map<String, String> parameters = Map.of();
    private @Nullable Caller caller;
    private boolean isSentByAzure;

    /** Begins the exchange, which gives the request its id. Names of the query and of headers match in any case. */
    Exchange(World world, Request request) {
        this.world = world;
        this.request = request;
        this.path = request.path();
        this.query = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        this.query.putAll(request.query());
        this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        this.headers.putAll(request.headers());
        this.requestId = world.ids().uuid();
    }

    public World world() {
        return world;
    }

    public Instant now() {
        return world.now();
    }

    public String method() {
        return request.method();
    }

    /** Whether it only looks. */
    boolean isRead() {
        return request.isRead();
    }

    public URI url() {
        return request.url();
    }

    /** Scheme and host, as in {@code https://management.azure.com}. */
    public String origin() {
        return request.origin();
    }

    public String host() {
        return request.url().getHost();
    }

    /** The decoded path: one leading slash, no doubled and no trailing ones. */
    public String path() {
        return path;
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** The names of all that the query says. */
    public Set<String> queryNames() {
        return Collections.unmodifiableSet(query.keySet());
    }

    /** The api-version asked for, or an empty string. */
    public String apiVersion() {
        return query("api-version").orElse("");
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** All headers, by names whose case does not matter. */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    public byte[] body() {
        return request.body();
    }

    /** The body as a JSON object; an empty one where there is no body. */
    public Map<String, Object> json() {
        if (body().length == 0) {
            return Map.of();
        }
        try {
            if (Json.parse(body()) instanceof Map<?, ?> map) {
                return Json.cast(map);
            }
        } catch (IOException | RuntimeException e) {
            // falls through to the refusal below
        }
        throw AzureError.of(
                400, "InvalidRequestContent", "The request content was invalid and could not be deserialized.");
    }

    /** The part of the path that stands for {@code {name}} in the route's template, decoded. */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no {" + name + "}: " + parameters.keySet());
        }
        return value;
    }

    /** The same, where only some of the templates of a handler have it. */
    public Optional<String> maybeParameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Who sends this; present on every route that asks for a token. */
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("this route does not ask for a token");
        }
        return caller;
    }

    public Optional<Caller> maybeCaller() {
        return Optional.ofNullable(caller);
    }

    /** The request's id, in every answer's header and error body. */
    public UUID requestId() {
        return requestId;
    }

    void matched(Map<String, String> routeParameters) {
        this.parameters = routeParameters;
    }

    /** Whether one of Azure's own services sends this, such as storage asking Key Vault. */
    public boolean isSentByAzure() {
        return isSentByAzure;
    }

    void sentByAzure() {
        this.isSentByAzure = true;
    }

    /** Tells who the caller is; the service's {@link Service#authenticate} does. */
    public void calledBy(Caller who) {
        this.caller = who;
    }
}
