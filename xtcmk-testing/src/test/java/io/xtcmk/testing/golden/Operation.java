package io.xtcmk.testing.golden;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An operation of a service, as its specification declares it.
 *
 * @param id its name, such as {@code Vaults_Get}
 * @param version the api-version
 * @param method GET, PUT, ...
 * @param template its path with places for parameters
 * @param parameters their declarations
 * @param examples the examples' files by titles
 */
record Operation(
        String id, String version, String method, String template, List<Node> parameters, Map<String, Node> examples) {
    private static final String ARM = "https://management.azure.com";

    static Operation of(Node item, String template, String method) {
        Node operation = item.child(method);
        List<Node> parameters = java.util.stream.Stream.concat(
                        item.children("parameters").stream(), operation.children("parameters").stream())
                .map(Node::followed)
                .toList();
        return new Operation(
                operation.text("operationId"),
                item.files().root(item.file()).child("info").text("version"),
                method.toUpperCase(Locale.ROOT),
                template.replaceFirst("\\?.*", ""),
                parameters,
                operation.entries("x-ms-examples"));
    }

    /** The URL with these parameters; a place for which there is none keeps its name. */
    String url(Map<String, Object> values) {
        String path = template;
        StringBuilder query = new StringBuilder();
        for (Node parameter : parameters) {
            String name = parameter.text("name");
            String value = String.valueOf(values.getOrDefault(name, name));
            if (parameter.text("in").equals("path")) {
                path = path.replace("{" + name + "}", value);
            } else if (parameter.text("in").equals("query") && values.containsKey(name)) {
                query.append(query.length() == 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(value);
            }
        }
        Object host = values.getOrDefault("vaultBaseUrl", ARM);
        return String.valueOf(host).replaceFirst("/$", "") + path.replaceAll("/{2,}", "/") + query;
    }

    /** Whether a path without parameters is one of this operation's. */
    boolean serves(String path) {
        String regex = template.replace("{scope}", ".+").replaceAll("\\{[^}]*}", "[^/]+");
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(path).matches();
    }

    private Optional<Node> body() {
        return parameters.stream().filter(p -> p.text("in").equals("body")).findFirst();
    }

    /** What is sent, if anything is. */
    @org.jspecify.annotations.Nullable
    Object body(Map<String, Object> values) {
        return body().map(p -> values.get(p.text("name"))).orElse(null);
    }

    /** What of a shown resource can be sent by this operation. */
    Object writable(Object shown) {
        return Schema.writable(body().orElseThrow().child("schema"), shown);
    }

    /** The paths of the properties that this operation is not sent without. */
    Set<String> required() {
        return Schema.required(body().orElseThrow().child("schema"));
    }
}
