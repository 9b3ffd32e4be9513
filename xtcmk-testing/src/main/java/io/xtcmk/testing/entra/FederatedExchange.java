package io.xtcmk.testing.entra;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.Application.FederatedCredential;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Judges a token that a client presents in place of a secret. The rules are those of Microsoft's pages "Configure an
 * application to trust a managed identity" and "Important considerations and restrictions for federated identity
 * credentials".
 */
final class FederatedExchange {
    private final World world;
    private final Tokens tokens;

    FederatedExchange(World world, Tokens tokens) {
        this.world = world;
        this.tokens = tokens;
    }

    /** Refuses the assertion unless it speaks for the application. */
    void check(Application application, Cloud cloud, String assertion) {
        Map<String, Object> claims = Tokens.claims(assertion)
                .orElseThrow(() -> Aadsts.of(400, Aadsts.INVALID_REQUEST, 50027, "JWT token is invalid or malformed."));
        checkOrigin(application, cloud, claims);
        checkMatch(application, cloud, claims);
        checkGenuine(assertion, claims);
    }

    /** What Entra asks of its own tokens: of the application's home tenant, a managed identity's, never a chain's. */
    private void checkOrigin(Application application, Cloud cloud, Map<String, Object> claims) {
        String issuer = claim(claims, "iss");
        if (!cloud.isEntraIssuer(issuer)) {
            return;
        }
        if (!claim(claims, "tid").equalsIgnoreCase(application.tenantId().toString())) {
            throw Aadsts.badClient(
                    700236,
                    "Entra ID tokens issued by issuer '" + issuer
                            + "' may not be used for federated identity credential"
                            + " flows for applications or managed identities registered in this tenant.");
        }
        if (Json.text(claims, "xms_mirid").isEmpty()) {
            throw notAnIdentitys(claims);
        }
        if (issuer.equals(cloud.v1Issuer(application.tenantId()))) {
            throw Aadsts.badClient(
                    700227,
                    "The audience '" + claim(claims, "aud") + "' is not allowed for assertions from issuer '" + issuer
                            + "' in federated identity credential flows.");
        }
    }

    private static AzureError notAnIdentitys(Map<String, Object> claims) {
        boolean chained = Json.text(claims, "azpacr")
                .or(() -> Json.text(claims, "appidacr"))
                .filter(AccessTokens.BY_ASSERTION::equals)
                .isPresent();
        return chained
                ? Aadsts.badClient(
                        700231,
                        "An access token obtained through a federated identity credential may not be used as an assertion"
                                + " in another federated identity credential flow.")
                : Aadsts.badClient(
                        700226,
                        "Only access tokens of managed identities may be used as assertions in federated identity"
                                + " credential flows where Microsoft Entra ID is the issuer.");
    }

    private void checkMatch(Application application, Cloud cloud, Map<String, Object> claims) {
        String issuer = claim(claims, "iss");
        String subject = claim(claims, "sub");
        String audience = claim(claims, "aud");
        Predicate<FederatedCredential> wanted = c -> c.issuer().equals(issuer)
                && c.subject().equals(subject)
                && isSameAudience(cloud, c.audience(), audience);
        List<FederatedCredential> known = application.credentials().stream()
                .filter(c -> !c.effectiveAt().isAfter(world.now()))
                .toList();
        if (known.stream().anyMatch(wanted)) {
            return;
        }
        if (known.isEmpty() || application.credentials().stream().anyMatch(wanted)) {
            throw Aadsts.noRecord(issuer, subject, audience);
        }
        throw mismatch(known, cloud, issuer, subject, audience);
    }

    private static AzureError mismatch(
            List<FederatedCredential> known, Cloud cloud, String issuer, String subject, String audience) {
        List<FederatedCredential> ofIssuer =
                known.stream().filter(c -> c.issuer().equals(issuer)).toList();
        if (ofIssuer.isEmpty()) {
            return Aadsts.noMatchFor(700211, "issuer", issuer);
        }
        List<FederatedCredential> forAudience = ofIssuer.stream()
                .filter(c -> isSameAudience(cloud, c.audience(), audience))
                .toList();
        if (forAudience.isEmpty()) {
            return Aadsts.noMatchFor(700212, "audience", audience);
        }
        boolean onlyCaseDiffers = forAudience.stream().anyMatch(c -> c.subject().equalsIgnoreCase(subject));
        return onlyCaseDiffers
                ? Aadsts.badClient(
                        7002138,
                        "No matching federated identity record found for presented assertion subject '" + subject
                                + "'. A record matches only if the letter case is ignored; the comparison is"
                                + " case-sensitive.")
                : Aadsts.noMatchFor(700213, "subject", subject);
    }

    private static boolean isSameAudience(Cloud cloud, String one, String other) {
        return one.equals(other) || (cloud.isExchangeAudience(one) && cloud.isExchangeAudience(other));
    }

    private void checkGenuine(String assertion, Map<String, Object> claims) {
        if (!tokens.isGenuine(assertion)) {
            throw Aadsts.badClient(
                    700027,
                    "The certificate with identifier used to sign the client assertion is not registered on application."
                            + " Reason - The key was not found.");
        }
        if (!tokens.isCurrent(claims)) {
            throw Aadsts.badClient(
                    700024,
                    "Client assertion is not within its valid time range. Current time: " + world.now()
                            + ", expiry time of assertion " + claims.get("exp") + ".");
        }
    }

    private static String claim(Map<String, Object> claims, String name) {
        return Json.text(claims, name).orElse("");
    }
}
