package io.xtcmk;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.CoreUtils;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.internal.Texts;
import io.xtcmk.model.IdentityClientId;
import io.xtcmk.model.SubscriptionId;
import io.xtcmk.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The way into one tenant: its ids, a credential for it, and how requests travel. A provider's and a customer's
 * connection never meet: each phase takes exactly one.
 *
 * <p>Immutable and safe to share between threads, if the options given to the builder are not changed afterwards. Any {@link TokenCredential} will do; azure-identity's
 * {@code DefaultAzureCredential} is a good one. A credential that signs in to another tenant by default must be built
 * with this tenant's id (or with {@code additionallyAllowedTenants}); else its tokens are refused with a
 * {@link io.xtcmk.exception.WrongTenantException} before they are sent. Tokens that do not say of which tenant they are
 * (Entra's do) are asked for before anything is changed, by reading {@code organization} in Microsoft Graph, which takes
 * the permission Organization.Read.All, the subscription in Resource Manager, and the challenge of a vault.
 */
public final class TenantConnection {
    private final TenantId tenantId;
    private final SubscriptionId subscriptionId;
    private final TokenCredential credential;
    private final AzureEnvironment environment;
    private final @Nullable HttpClient httpClient;
    private final List<HttpPipelinePolicy> policies;
    private final ClientOptions clientOptions;
    private final HttpLogOptions httpLogOptions;
    private final TimeSource timeSource;
    private final @Nullable Executor executor;

    private TenantConnection(
            Builder builder, TenantId tenant, SubscriptionId subscription, TokenCredential credential) {
        this.tenantId = tenant;
        this.subscriptionId = subscription;
        this.credential = credential;
        this.environment = builder.environment;
        this.httpClient = builder.httpClient;
        this.policies = List.copyOf(builder.policies);
        this.clientOptions = builder.clientOptions;
        this.httpLogOptions = builder.httpLogOptions;
        this.timeSource = builder.timeSource;
        this.executor = builder.executor;
    }

    /**
     * A connection to a tenant of the public cloud, with the HTTP client that azure-core finds on the class path.
     *
     * @param tenantId the tenant
     * @param subscriptionId the subscription, of that tenant, in which resources are made and looked for
     * @param credential signs in to that tenant
     * @return the connection
     * @throws InvalidInputException if an argument is null
     */
    public static TenantConnection of(TenantId tenantId, SubscriptionId subscriptionId, TokenCredential credential) {
        return builder()
                .tenantId(tenantId)
                .subscriptionId(subscriptionId)
                .credential(credential)
                .build();
    }

    /**
     * A builder, for other clouds, transports, policies and clocks.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The tenant.
     *
     * @return its id
     */
    public TenantId tenantId() {
        return tenantId;
    }

    /**
     * The subscription in which resources are made and looked for.
     *
     * @return its id
     */
    public SubscriptionId subscriptionId() {
        return subscriptionId;
    }

    /**
     * What signs in to the tenant.
     *
     * @return the credential
     */
    public TokenCredential credential() {
        return credential;
    }

    /**
     * The cloud; authority, audiences, endpoints and domain suffixes follow from it.
     *
     * @return the cloud, {@link AzureEnvironment#AZURE} by default
     */
    public AzureEnvironment environment() {
        return environment;
    }

    /**
     * The transport.
     *
     * @return the client given to the builder, or empty for the one that azure-core finds on the class path
     */
    public Optional<HttpClient> httpClient() {
        return Optional.ofNullable(httpClient);
    }

    /**
     * Further pipeline policies, in the order of their adding; each request passes them before it gets its token.
     *
     * @return the policies
     */
    public List<HttpPipelinePolicy> policies() {
        return policies;
    }

    /**
     * Application id for the user agent, and headers.
     *
     * @return the options
     */
    public ClientOptions clientOptions() {
        return clientOptions;
    }

    /**
     * What is logged of requests. Whatever the level, authorization headers and token bodies are not.
     *
     * @return the options; by default nothing is logged unless the environment variable
     *     {@code AZURE_HTTP_LOG_DETAIL_LEVEL} says so
     */
    public HttpLogOptions httpLogOptions() {
        return httpLogOptions;
    }

    /**
     * The clock that everything waits on.
     *
     * @return the time source, {@link TimeSource#system()} by default
     */
    public TimeSource timeSource() {
        return timeSource;
    }

    /**
     * Where independent steps run at the same time.
     *
     * @return the executor given to the builder, or empty for one thread a step: virtual where the JDK has them
     */
    public Optional<Executor> executor() {
        return Optional.ofNullable(executor);
    }

    /** Tenant and subscription; never the credential. */
    @Override
    public String toString() {
        return "TenantConnection[tenant=" + tenantId + ", subscription=" + subscriptionId + "]";
    }

    /** Builds a {@link TenantConnection}. The names are those of azure-core's builders. */
    public static final class Builder {
        private @Nullable TenantId tenantId;
        private @Nullable SubscriptionId subscriptionId;
        private @Nullable TokenCredential credential;
        private @Nullable IdentityClientId managedIdentity;
        private AzureEnvironment environment = AzureEnvironment.AZURE;
        private @Nullable HttpClient httpClient;
        private final List<HttpPipelinePolicy> policies = new ArrayList<>();
        private ClientOptions clientOptions = new ClientOptions();
        private HttpLogOptions httpLogOptions = new HttpLogOptions();
        private TimeSource timeSource = TimeSource.system();
        private @Nullable Executor executor;

        private Builder() {}

        /**
         * The tenant. Required.
         *
         * @param value its id
         * @return this builder
         */
        public Builder tenantId(TenantId value) {
            this.tenantId = given("tenantId", value);
            return this;
        }

        /**
         * The subscription in which resources are made and looked for. Required.
         *
         * @param value its id
         * @return this builder
         */
        public Builder subscriptionId(SubscriptionId value) {
            this.subscriptionId = given("subscriptionId", value);
            return this;
        }

        /**
         * What signs in to the tenant. This or {@link #managedIdentity} is required.
         *
         * @param value the credential
         * @return this builder
         */
        public Builder credential(TokenCredential value) {
            this.credential = given("credential", value);
            this.managedIdentity = null;
            return this;
        }

        /**
         * Signs in as the managed identity that is available where the program runs, in the place of a credential. The
         * library asks the endpoint of the machine or app itself: on virtual machines, in App Service, Functions, Container
         * Apps, Machine Learning, AKS and Service Fabric.
         *
         * @param identity the identity's client id
         * @return this builder
         */
        public Builder managedIdentity(IdentityClientId identity) {
            this.managedIdentity = given("managedIdentity", identity);
            this.credential = null;
            return this;
        }

        /**
         * The cloud. The public cloud by default.
         *
         * @param value one of azure-core-management's environments
         * @return this builder
         */
        public Builder environment(AzureEnvironment value) {
            this.environment = given("environment", value);
            return this;
        }

        /**
         * The transport. By default the one that azure-core finds on the class path.
         *
         * @param value the client
         * @return this builder
         */
        public Builder httpClient(HttpClient value) {
            this.httpClient = given("httpClient", value);
            return this;
        }

        /**
         * Adds a pipeline policy. It sees every request of this connection, before its token is set. Do not add a retry
         * policy: the library retries by itself, on its own clock.
         *
         * @param value the policy
         * @return this builder
         */
        public Builder addPolicy(HttpPipelinePolicy value) {
            this.policies.add(given("policy", value));
            return this;
        }

        /**
         * Application id for the user agent, and headers: of printable ASCII, as HTTP clients differ in what they do with
         * anything else.
         *
         * @param value the options
         * @return this builder
         * @throws InvalidInputException if the application id or a header has another character
         */
        public Builder clientOptions(ClientOptions value) {
            this.clientOptions = given("clientOptions", value);
            headerValue("clientOptions.applicationId", value.getApplicationId());
            value.getHeaders().forEach(header -> {
                if (!Texts.isHeaderName(header.getName())) {
                    throw new InvalidInputException(
                            "clientOptions.headers",
                            "have a name that no header has: \"" + Texts.oneLine(header.getName(), 100) + "\"",
                            "use letters, digits and dashes");
                }
                headerValue("clientOptions.headers[" + header.getName() + "]", header.getValue());
            });
            return this;
        }

        /**
         * What is logged of requests. By default nothing, unless the environment variable
         * {@code AZURE_HTTP_LOG_DETAIL_LEVEL} says so.
         *
         * @param value the options
         * @return this builder
         * @throws InvalidInputException if its application id has a character that is not printable ASCII
         */
        public Builder httpLogOptions(HttpLogOptions value) {
            this.httpLogOptions = given("httpLogOptions", value);
            headerValue("httpLogOptions.applicationId", CoreUtils.getApplicationId(null, value));
            return this;
        }

        /**
         * The clock that everything waits on. The machine's by default.
         *
         * @param value the time source
         * @return this builder
         */
        public Builder timeSource(TimeSource value) {
            this.timeSource = given("timeSource", value);
            return this;
        }

        /**
         * Where independent steps run at the same time. By default each on a thread of its own, a virtual one where the
         * JDK has them. A step blocks its thread while it waits, so a pool must have room for four.
         *
         * @param value the executor
         * @return this builder
         */
        public Builder executor(Executor value) {
            this.executor = given("executor", value);
            return this;
        }

        /**
         * Builds the connection. Sends nothing.
         *
         * @return the connection
         * @throws IllegalStateException if tenant, subscription or credential is missing; the message names all that are. Also
         *     if it is of a managed identity, and xtcmk-core is not on the class or module path
         */
        public TenantConnection build() {
            TenantId tenant = tenantId;
            SubscriptionId subscription = subscriptionId;
            TokenCredential signingIn = managedIdentity == null ? credential : here(managedIdentity);
            if (tenant == null || subscription == null || signingIn == null) {
                List<String> missing = new ArrayList<>();
                if (tenant == null) {
                    missing.add("tenantId");
                }
                if (subscription == null) {
                    missing.add("subscriptionId");
                }
                if (signingIn == null) {
                    missing.add("credential");
                }
                throw new IllegalStateException("a TenantConnection needs " + String.join(", ", missing));
            }
            return new TenantConnection(this, tenant, subscription, signingIn);
        }

        private TokenCredential here(IdentityClientId identity) {
            return CrossTenantCmk.implementation()
                    .managedIdentity(identity, environment, httpClient, clientOptions, timeSource);
        }

        /** The value is not shown: it may be a secret. */
        private static void headerValue(String argument, @Nullable String value) {
            if (value != null && !Texts.isHeaderValue(value)) {
                throw new InvalidInputException(
                        argument,
                        "has a line break or another character that no header can carry",
                        "use printable ASCII characters");
            }
        }

        private static <T> T given(String argument, @Nullable T value) {
            if (value == null) {
                throw new InvalidInputException(argument, "is null", "give a value, or leave the call out");
            }
            return value;
        }
    }
}
