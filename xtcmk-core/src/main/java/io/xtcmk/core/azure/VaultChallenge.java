package io.xtcmk.core.azure;

import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.TenantId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A vault's {@code WWW-Authenticate}: {@code Bearer authorization="https://login.microsoftonline.com/{tenant}",
 * resource="https://vault.azure.net"}. Taken only if all of it is what a vault of the cloud says.
 */
final class VaultChallenge {
    /** Vaults need some 150 characters. */
    private static final int LONGEST = 2048;

    private static final String SCHEME = "bearer ";
    private static final Pattern PARAMETER = Pattern.compile("\\s*([a-zA-Z_]{1,40})=\"([^\"]*)\"\\s*(?:,|$)");
    private static final Pattern TENANT = Pattern.compile("/([0-9a-fA-F-]{36})/?");

    private VaultChallenge() {}

    /** The tenant; empty if there is not exactly one challenge for bearer tokens, or it is not the cloud's. */
    static Optional<TenantId> tenant(List<String> headers, Clouds cloud, Audience audience) {
        List<String> bearers = headers.stream()
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .toList();
        if (bearers.size() != 1 || bearers.get(0).length() > LONGEST) {
            return Optional.empty();
        }
        Map<String, String> parameters =
                parameters(bearers.get(0).substring(SCHEME.length())).orElse(Map.of());
        boolean isForAudience = one(parameters, "resource", "scope")
                .filter(resource -> audience.scope().equals(withoutSlash(resource) + "/.default"))
                .isPresent();
        return isForAudience
                ? one(parameters, "authorization", "authorization_uri").flatMap(uri -> tenant(uri, cloud))
                : Optional.empty();
    }

    /** All parameters; empty if there is anything else, or one twice. */
    private static Optional<Map<String, String>> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(text);
        int end = 0;
        while (end < text.length()) {
            matcher.region(end, text.length());
            if (!matcher.lookingAt()
                    || parameters.put(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2)) != null) {
                return Optional.empty();
            }
            end = matcher.end();
        }
        return Optional.of(parameters);
    }

    /** The value under the one of two names that is there. */
    private static Optional<String> one(Map<String, String> parameters, String name, String otherName) {
        Optional<String> value = Optional.ofNullable(parameters.get(name));
        Optional<String> other = Optional.ofNullable(parameters.get(otherName));
        return value.isPresent() && other.isPresent() ? Optional.empty() : value.or(() -> other);
    }

    private static Optional<TenantId> tenant(String authorization, Clouds cloud) {
        try {
            URI uri = new URI(authorization);
            Matcher path = TENANT.matcher(String.valueOf(uri.getRawPath()));
            boolean trusted = "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getHost().equals(uri.getRawAuthority())
                    && cloud.isAuthority(uri.getHost().toLowerCase(Locale.ROOT))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && path.matches();
            return trusted ? Optional.of(TenantId.of(path.group(1))) : Optional.empty();
        } catch (URISyntaxException | InvalidInputException e) {
            return Optional.empty();
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
