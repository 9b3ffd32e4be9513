package io.xtcmk.core.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * To which tenant a vault or managed HSM belongs, by its own word: a request without a token is answered with a challenge
 * that names it (learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses). Nothing is sent but
 * the question: to a host of the connection's cloud, by https, with no credential and no key's name in it, and wherever
 * the answer points to, nobody goes there.
 */
public final class VaultTenants {
    /** The vault answered, but did not ask for a token: a firewall may have spoken in its place. */
    public static final String NO_CHALLENGE = "NoChallenge";

    /** The head is the answer; of the body, the beginning tells a vault from what stands before it. */
    private static final int LONGEST = 64 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** azure-core's name for it, which its transports look for in a call's context. */
    private static final String RESPONSE_TIMEOUT = "azure-response-timeout";

    private final Pipelines pipelines;
    private final Clouds cloud;
    private final Failures failures;

    VaultTenants(Pipelines pipelines, Clouds cloud, Failures failures) {
        this.pipelines = pipelines;
        this.cloud = cloud;
        this.failures = failures;
    }

    /**
     * Asks.
     *
     * @param key a key in the vault
     * @return the tenant
     * @throws AzureFailure {@link #NO_CHALLENGE} if the answer does not say; {@code InvalidAnswer} if it is not what a
     *     vault of this cloud says; any other if there was no answer of the vault's
     */
    public TenantId of(KeyIdentifier key) {
        return of(key.vaultUrl(), cloud.keys(key.vaultHost()));
    }

    /** As {@link #of(KeyIdentifier)}, by the vault's URL with a slash at its end, and for whom tokens for it are. */
    TenantId of(String vaultUrl, Audience audience) {
        HttpPipeline pipeline = pipelines.anonymous(audience);
        return failures.call(Shape.ANY, () -> {
            HttpRequest request = new HttpRequest(HttpMethod.GET, vaultUrl + "keys?api-version=7.4");
            Context context = new Context(RESPONSE_TIMEOUT, PATIENCE).addData(Transport.BOUND, bound());
            try (HttpResponse answer = pipeline.sendSync(request, context)) {
                return read(answer, audience);
            }
        });
    }

    private Bound bound() {
        return new Bound(LONGEST, Optional.of(failures.time().now().plus(PATIENCE)), failures.time());
    }

    private TenantId read(HttpResponse answer, Audience audience) {
        int status = answer.getStatusCode();
        List<String> challenges = Optional.ofNullable(answer.getHeaders().get(HttpHeaderName.WWW_AUTHENTICATE))
                .map(header -> header.getValuesList())
                .orElse(List.of());
        if (status == 401 && !challenges.isEmpty()) {
            return VaultChallenge.tenant(challenges, cloud, audience)
                    .orElseThrow(() -> failure(
                            answer, OwnCodes.INVALID_ANSWER, "the challenge is not one of a vault of this cloud"));
        } else if (status < 400) {
            throw failure(
                    answer,
                    OwnCodes.INVALID_ANSWER,
                    "a request without a token was not refused, but answered " + status);
        }
        AzureFailure refusal = failures.of(answer, answer.getBodyAsBinaryData().toBytes(), null);
        if (refusal.hasCode(OwnCodes.UNREADABLE)) {
            throw refusal;
        }
        throw failure(answer, NO_CHALLENGE, "the vault did not ask for a token, but answered " + status);
    }

    private AzureFailure failure(HttpResponse answer, String code, String message) {
        return new AzureFailure(
                answer.getStatusCode(),
                code,
                message,
                Headers.requestId(answer.getHeaders()),
                Headers.retryAfter(answer.getHeaders(), failures.time().now()),
                null);
    }
}
