package io.xtcmk.testing.golden;

import java.util.List;
import java.util.Optional;

/**
 * A resource's id, or the path of a collection or an action below one.
 *
 * @param scope what comes before its provider: its group, say
 * @param provider the provider, such as {@code Microsoft.Sql}; empty where there is none
 * @param segments what follows the provider, types and names in turn
 */
record ResourceId(String scope, String provider, List<String> segments) {
    private static final String PROVIDERS = "/providers/";

    static ResourceId of(String path) {
        int at = path.lastIndexOf(PROVIDERS);
        if (at < 0) {
            return new ResourceId(path, "", List.of());
        }
        String[] rest = path.substring(at + PROVIDERS.length()).split("/", -1);
        return new ResourceId(path.substring(0, at), rest[0], List.of(rest).subList(1, rest.length));
    }

    /** Whether it ends with a name, as resources do. */
    boolean isResource() {
        return !segments.isEmpty() && segments.size() % 2 == 0;
    }

    String name() {
        return segments.get(segments.size() - 1);
    }

    /** Such as {@code Microsoft.Sql/servers/keys}. */
    String type() {
        StringBuilder type = new StringBuilder(provider);
        for (int i = 0; i < segments.size(); i += 2) {
            type.append('/').append(segments.get(i));
        }
        return type.toString();
    }

    /** The resource that this one, collection or action is directly below or, for an extension, upon. */
    Optional<String> parent() {
        int length = isResource() ? segments.size() - 2 : segments.size() - 1;
        if (length > 0) {
            return Optional.of(scope + PROVIDERS + provider + "/" + String.join("/", segments.subList(0, length)));
        }
        return scope.contains(PROVIDERS) ? Optional.of(scope) : Optional.empty();
    }

    /** The resource group, if it is in one. */
    Optional<String> group() {
        String[] parts = scope.split("/", -1);
        return parts.length > 4 && parts[3].equalsIgnoreCase("resourceGroups")
                ? Optional.of(String.join("/", List.of(parts).subList(0, 5)))
                : Optional.empty();
    }
}
