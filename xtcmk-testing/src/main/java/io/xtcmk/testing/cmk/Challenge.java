package io.xtcmk.testing.cmk;

import io.xtcmk.testing.http.Answer;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A vault's answer to a request without a token.
 *
 * @param authorization the authority of the vault's tenant
 * @param resource the audience that the token is to have
 */
record Challenge(String authorization, String resource) {
    private static final Pattern AUTHORIZATION = Pattern.compile("authorization(?:_uri)?=\"([^\"]+)\"");
    private static final Pattern RESOURCE = Pattern.compile("resource=\"([^\"]+)\"");

    static Optional<Challenge> in(Answer answer) {
        String header = answer.headers().entrySet().stream()
                .filter(h -> h.getKey().equalsIgnoreCase("WWW-Authenticate"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        Matcher authorization = AUTHORIZATION.matcher(header);
        Matcher resource = RESOURCE.matcher(header);
        return authorization.find() && resource.find()
                ? Optional.of(new Challenge(authorization.group(1), resource.group(1)))
                : Optional.empty();
    }
}
