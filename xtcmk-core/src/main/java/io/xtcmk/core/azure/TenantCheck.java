package io.xtcmk.core.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.WrongTenant;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.model.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection from changing anything in another tenant than its own. Entra's tokens say of which tenant they are,
 * see {@link TokenCache}. Before the first change by a token that does not, the service is asked: by reads only.
 */
final class TenantCheck {
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private static final Pattern ISSUER = Pattern.compile("https://sts\\.[a-z.]+/([0-9a-fA-F-]{36})/");

    private final TenantConnection connection;
    private final Clouds cloud;
    private final Function<Audience, HttpPipeline> pipelines;
    private final VaultTenants vaults;
    private final Failures failures;
    private final ConcurrentMap<String, AccessToken> confirmed = new ConcurrentHashMap<>();

    /**
     * A check to come.
     *
     * @param connection whose tenant it is
     * @param pipelines how an audience is asked, with the connection's token
     * @param vaults asks vaults and managed HSMs, without a token
     * @param failures what comes of a question
     */
    TenantCheck(
            TenantConnection connection,
            Function<Audience, HttpPipeline> pipelines,
            VaultTenants vaults,
            Failures failures) {
        this.connection = connection;
        this.cloud = Clouds.of(connection.environment());
        this.pipelines = pipelines;
        this.vaults = vaults;
        this.failures = failures;
    }

    /**
     * To be called before a request is sent.
     *
     * @throws WrongTenant if it would change something in another tenant
     * @throws AzureFailure if it would change something, and nobody knows in which tenant
     */
    void before(HttpRequest request, Audience audience, AccessToken token) {
        if (READS.contains(request.getHttpMethod())
                || Jwt.tenant(token.getToken()).isPresent()) {
            return;
        }
        String host = request.getUrl().getHost();
        if (confirmed.get(host) != token) {
            confirm(host, audience);
            confirmed.put(host, token);
        }
    }

    /**
     * What a refusal means. Resource Manager knows itself that a token and a subscription are of two tenants, and names both:
     * "The access token is from the wrong issuer 'https://sts.windows.net/{tenant}/'. It must match the tenant
     * 'https://sts.windows.net/{tenant}/' associated with this subscription."
     */
    AzureFailure refused(AzureFailure failure) {
        if (!failure.hasCode("InvalidAuthenticationTokenTenant")) {
            return failure;
        }
        return ISSUER.matcher(failure.message())
                .results()
                .flatMap(issuer -> Jwt.tenantId(issuer.group(1)).stream())
                .filter(tenant -> !tenant.equals(connection.tenantId()))
                .findFirst()
                .<AzureFailure>map(other -> new WrongTenant(
                        "The credential signs in, or the subscription belongs,", other, connection.tenantId()))
                .orElse(failure);
    }

    private void confirm(String host, Audience audience) {
        if (audience.equals(cloud.graph())) {
            compare("The credential signs in", organization());
        } else if (audience.equals(cloud.arm())) {
            compare("Subscription " + connection.subscriptionId() + " belongs", subscription());
        } else {
            compare("Vault " + host + " belongs", known(() -> vaults.of("https://" + host + "/", audience)));
        }
    }

    private void compare(String what, TenantId actual) {
        if (!actual.equals(connection.tenantId())) {
            throw new WrongTenant(what, actual, connection.tenantId());
        }
    }

    /** Microsoft Graph's list of organizations has the caller's tenant only. */
    private TenantId organization() {
        return known(() -> read(cloud.graph(), cloud.graphUrl() + "/organization?$select=id")
                .flatMap(answer -> first(answer.get("value")))
                .flatMap(organization -> text(organization, "id"))
                .orElseThrow(TenantCheck::noTenant));
    }

    private static Optional<Object> first(@Nullable Object list) {
        return list instanceof List<?> all && !all.isEmpty() ? Optional.ofNullable(all.get(0)) : Optional.empty();
    }

    private TenantId subscription() {
        String url = cloud.armEndpoint() + "subscriptions/" + connection.subscriptionId() + "?api-version=2022-12-01";
        return known(() -> read(cloud.arm(), url)
                .flatMap(answer -> text(answer, "tenantId"))
                .orElseThrow(TenantCheck::noTenant));
    }

    private Optional<Map<String, Object>> read(Audience audience, String url) {
        HttpRequest request = new HttpRequest(HttpMethod.GET, url);
        return failures.call(Shape.OBJECT, () -> {
            try (HttpResponse answer = pipelines.apply(audience).sendSync(request, Context.NONE)) {
                return Optional.of(Json.object(answer.getBodyAsBinaryData().toBytes()));
            }
        });
    }

    private static Optional<TenantId> text(Object answer, String name) {
        return answer instanceof Map<?, ?> object && object.get(name) instanceof String text
                ? Jwt.tenantId(text)
                : Optional.empty();
    }

    private static AzureFailure noTenant() {
        return new AzureFailure(200, OwnCodes.UNREADABLE, "the answer names no tenant", null, null, null);
    }

    /** What the question comes to. Where it is refused, nothing may be changed either. */
    private static TenantId known(Supplier<TenantId> question) {
        try {
            return question.get();
        } catch (AzureFailure refused) {
            if (refused.isTransient() || refused.hasCode(OwnCodes.CONDITIONAL_ACCESS)) {
                throw refused;
            }
            throw new AzureFailure(
                    401,
                    OwnCodes.UNKNOWN_TENANT,
                    "The credential's token does not say of which tenant it is, and to the question came "
                            + refused.status() + " " + refused.code() + ": " + refused.message()
                            + (refused.message().endsWith(".") ? "" : "."),
                    refused.requestId(),
                    null,
                    refused);
        }
    }
}
