package io.xtcmk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.Header;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.SubscriptionId;
import io.xtcmk.model.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class TenantConnectionTest {
    private static final TenantId TENANT = TenantId.of("11111111-1111-4111-8111-111111111111");
    private static final SubscriptionId SUBSCRIPTION = SubscriptionId.of("22222222-2222-4222-8222-222222222222");
    private static final TokenCredential CREDENTIAL = new TokenCredential() {
        @Override
        public Mono<com.azure.core.credential.AccessToken> getToken(
                com.azure.core.credential.TokenRequestContext request) {
            return Mono.error(new AssertionError("nothing is sent"));
        }

        @Override
        public String toString() {
            return "SECRET";
        }
    };

    @Test
    void of_theThree_hasSafeDefaults() {
        TenantConnection connection = TenantConnection.of(TENANT, SUBSCRIPTION, CREDENTIAL);
        assertThat(connection.tenantId()).isEqualTo(TENANT);
        assertThat(connection.subscriptionId()).isEqualTo(SUBSCRIPTION);
        assertThat(connection.credential()).isSameAs(CREDENTIAL);
        assertThat(connection.environment()).isSameAs(AzureEnvironment.AZURE);
        assertThat(connection.httpClient()).isEmpty();
        assertThat(connection.executor()).isEmpty();
        assertThat(connection.policies()).isEmpty();
        assertThat(connection.timeSource()).isSameAs(TimeSource.system());
    }

    @Test
    void builder_keepsWhatItIsGiven() {
        HttpClient client = request -> Mono.empty();
        HttpPipelinePolicy policy = (context, next) -> next.process();
        ClientOptions options = new ClientOptions();
        HttpLogOptions logging = new HttpLogOptions();
        Executor executor = Runnable::run;
        TenantConnection.Builder builder = TenantConnection.builder()
                .tenantId(TENANT)
                .subscriptionId(SUBSCRIPTION)
                .credential(CREDENTIAL)
                .environment(AzureEnvironment.AZURE_CHINA)
                .httpClient(client)
                .addPolicy(policy)
                .clientOptions(options)
                .httpLogOptions(logging)
                .executor(executor);
        TenantConnection connection = builder.build();
        builder.addPolicy(policy);
        assertThat(connection.policies()).containsExactly(policy).isUnmodifiable();
        assertThat(connection.environment()).isSameAs(AzureEnvironment.AZURE_CHINA);
        assertThat(connection.httpClient()).containsSame(client);
        assertThat(connection.clientOptions()).isSameAs(options);
        assertThat(connection.httpLogOptions()).isSameAs(logging);
        assertThat(connection.executor()).containsSame(executor);
    }

    @Test
    void build_namesAllThatIsMissing() {
        assertThatThrownBy(() -> TenantConnection.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("tenantId", "subscriptionId", "credential");
        assertThatThrownBy(() ->
                        TenantConnection.builder().subscriptionId(SUBSCRIPTION).build())
                .hasMessageContainingAll("tenantId", "credential")
                .hasMessageNotContaining("subscriptionId");
    }

    @Test
    void toString_saysNothingOfTheCredential() {
        assertThat(TenantConnection.of(TENANT, SUBSCRIPTION, CREDENTIAL).toString())
                .contains(TENANT.toString(), SUBSCRIPTION.toString())
                .doesNotContain("SECRET");
    }

    @Test
    void nulls_areRefusedByName() {
        record Call(String argument, Consumer<TenantConnection.Builder> call) {}
        Stream.of(
                        new Call("tenantId", b -> b.tenantId(null)),
                        new Call("subscriptionId", b -> b.subscriptionId(null)),
                        new Call("credential", b -> b.credential(null)),
                        new Call("environment", b -> b.environment(null)),
                        new Call("httpClient", b -> b.httpClient(null)),
                        new Call("policy", b -> b.addPolicy(null)),
                        new Call("clientOptions", b -> b.clientOptions(null)),
                        new Call("httpLogOptions", b -> b.httpLogOptions(null)),
                        new Call("timeSource", b -> b.timeSource(null)),
                        new Call("executor", b -> b.executor(null)),
                        new Call("credential", b -> TenantConnection.of(TENANT, SUBSCRIPTION, null)))
                .forEach(c -> assertThatThrownBy(() -> c.call().accept(TenantConnection.builder()))
                        .isInstanceOfSatisfying(
                                InvalidInputException.class,
                                e -> assertThat(e.argument()).isEqualTo(c.argument())));
    }

    @Test
    void entry_withoutConnection_isInvalidInput() {
        assertThatThrownBy(() -> CrossTenantCmk.provider(null)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> CrossTenantCmk.customer(null)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void entry_withoutCore_saysWhatToAdd_eachTime() {
        TenantConnection connection = TenantConnection.of(TENANT, SUBSCRIPTION, CREDENTIAL);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> CrossTenantCmk.provider(connection))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("io.xtcmk:xtcmk-core");
        }
        assertThatThrownBy(CrossTenantCmk::federatedAppCredential).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> CrossTenantCmk.customer(connection)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void systemTime_neverSleepsLessThanAsked() throws InterruptedException {
        TimeSource time = TimeSource.system();
        time.pause(Duration.ZERO);
        time.pause(Duration.ofSeconds(Long.MIN_VALUE));
        long before = System.nanoTime();
        time.pause(Duration.ofNanos(1_500_000));
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(1_500_000);
    }

    @Test
    void systemTime_interrupted_stopsAtOnce() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> TimeSource.system().pause(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nx-admin:true", "gr\u00f6\u00dfe", "\u9375", "a\u0000", "a\u2028b"})
    void whatNoHeaderCarries_isRefused_andNotShown(String text) {
        assertThatThrownBy(() -> TenantConnection.builder().clientOptions(new ClientOptions().setApplicationId(text)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("clientOptions.applicationId")
                .message()
                .doesNotContain(text);
        assertThatThrownBy(() -> TenantConnection.builder()
                        .clientOptions(new ClientOptions().setHeaders(List.of(new Header("x-team", text)))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("clientOptions.headers[x-team]")
                .message()
                .doesNotContain(text);
        assertThatThrownBy(() -> TenantConnection.builder()
                        .clientOptions(new ClientOptions().setHeaders(List.of(new Header(text + ":", "x")))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("clientOptions.headers");
        assertThatThrownBy(() -> TenantConnection.builder().httpLogOptions(logged(text)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("httpLogOptions.applicationId");
    }

    @SuppressWarnings("deprecation") // as long as it is read
    private static HttpLogOptions logged(String applicationId) {
        return new HttpLogOptions().setApplicationId(applicationId);
    }
}
