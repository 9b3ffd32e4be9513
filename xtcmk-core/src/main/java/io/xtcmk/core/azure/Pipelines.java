package io.xtcmk.core.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.HttpPolicyProviders;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.CoreUtils;
import io.xtcmk.TenantConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How requests of one connection travel. No policy retries, redirects or keeps cookies: there is one place that retries,
 * and it is not here.
 */
final class Pipelines {
    private final TenantConnection connection;
    private final Failures failures;
    private final TokenCache tokens;
    private final VaultTenants vaultTenants;
    private final TenantCheck tenants;
    private final HttpClient client;

    Pipelines(TenantConnection connection, Failures failures) {
        this.connection = connection;
        this.failures = failures;
        this.tokens = new TokenCache(connection.credential(), connection.tenantId(), failures, true);
        this.vaultTenants = new VaultTenants(this, Clouds.of(connection.environment()), failures);
        this.tenants = new TenantCheck(connection, this::pipeline, vaultTenants, failures);
        this.client = new Transport(() -> connection.httpClient().orElseGet(HttpClient::createDefault), failures);
    }

    /** With the connection's token, and refusals as exceptions. */
    HttpPipeline pipeline(Audience audience) {
        return pipeline(
                Optional.of(new FailurePolicy(failures, tenants::refused)), new TokenPolicy(tokens, tenants, audience));
    }

    /** Without any token, to the same hosts; refusals are answers. */
    HttpPipeline anonymous(Audience audience) {
        return pipeline(Optional.empty(), new AnonymousPolicy(audience));
    }

    /** To the token service, or to a managed identity's endpoint. */
    HttpPipeline secret() {
        return secret(client, connection.clientOptions(), connection.httpLogOptions(), failures);
    }

    /**
     * With what is a secret in bodies and headers. No policy of the caller's sees it, and no log; refusals are exceptions.
     */
    static HttpPipeline secret(HttpClient client, ClientOptions options, HttpLogOptions logOptions, Failures failures) {
        List<HttpPipelinePolicy> policies = new ArrayList<>();
        policies.add(new FailurePolicy(failures));
        policies.add(new UserAgentPolicy(userAgent(options, logOptions)));
        headers(options).ifPresent(policies::add);
        policies.add(new RequestIdPolicy());
        policies.add(new Witness());
        return new HttpPipelineBuilder()
                .httpClient(client)
                .policies(policies.toArray(HttpPipelinePolicy[]::new))
                .build();
    }

    /** To which tenants vaults belong. */
    VaultTenants vaultTenants() {
        return vaultTenants;
    }

    /** Asks for a token, or knows one. */
    void signIn(Audience audience) {
        tokens.token(audience.scope());
    }

    private HttpPipeline pipeline(Optional<HttpPipelinePolicy> first, HttpPipelinePolicy authentication) {
        return new HttpPipelineBuilder()
                .httpClient(client)
                .clientOptions(connection.clientOptions())
                .policies(policies(first, authentication).toArray(HttpPipelinePolicy[]::new))
                .build();
    }

    private List<HttpPipelinePolicy> policies(Optional<HttpPipelinePolicy> first, HttpPipelinePolicy authentication) {
        List<HttpPipelinePolicy> policies = new ArrayList<>();
        first.ifPresent(policies::add);
        policies.add(new LegalUrls());
        policies.add(new UserAgentPolicy(userAgent(connection.clientOptions(), connection.httpLogOptions())));
        headers(connection.clientOptions()).ifPresent(policies::add);
        policies.add(new RequestIdPolicy());
        policies.add(new Witness());
        policies.addAll(connection.policies());
        policies.add(authentication);
        policies.add(new LegalHeaders());
        // azure-core's spans of requests, among others: what any of Azure's clients has at this place.
        HttpPolicyProviders.addAfterRetryPolicies(policies);
        policies.add(new DiscreetLogging(connection.httpLogOptions()));
        return policies;
    }

    private static Optional<HttpPipelinePolicy> headers(ClientOptions options) {
        return Optional.ofNullable(CoreUtils.createHttpHeadersFromClientOptions(options))
                .map(AddHeadersPolicy::new);
    }

    private static String userAgent(ClientOptions options, HttpLogOptions logOptions) {
        String application = CoreUtils.getApplicationId(options, logOptions);
        String own = "xtcmk/" + Version.TEXT;
        return application == null || application.isBlank() ? own : application + " " + own;
    }
}
