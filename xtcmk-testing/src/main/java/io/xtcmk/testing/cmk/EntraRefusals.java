package io.xtcmk.testing.cmk;

import io.xtcmk.testing.http.Json;
import java.util.Map;
import java.util.Set;

/** Why Entra gave no token, as a link of the chain. */
final class EntraRefusals {
    /** The application is not known in the vault's tenant, has no service principal there, or a disabled one. */
    private static final Set<String> NO_PRINCIPAL = Set.of("700016", "7000229", "7000112");

    private EntraRefusals() {}

    static BrokenLink of(Map<String, Object> body) {
        String code = Json.list(body, "error_codes").stream()
                .map(EntraRefusals::digits)
                .findFirst()
                .orElse("");
        Link link = NO_PRINCIPAL.contains(code) ? Link.SERVICE_PRINCIPAL : Link.CREDENTIAL;
        return new BrokenLink(
                link, "AADSTS" + code, Json.text(body, "error_description").orElse(""));
    }

    private static String digits(Object number) {
        return number instanceof Number n ? Long.toString(n.longValue()) : String.valueOf(number);
    }
}
