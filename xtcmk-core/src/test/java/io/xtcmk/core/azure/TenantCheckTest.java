package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.WrongTenant;
import io.xtcmk.core.errors.OwnCodes;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Before the first change by a token that does not say of which tenant it is, the service is asked. */
class TenantCheckTest {
    private static final String VAULT = "https://kv.vault.azure.net/keys/cmk/create?api-version=7.4";
    private static final String ARM = "https://management.azure.com/subscriptions/" + Wire.SUBSCRIPTION;
    private static final String OTHER = "33333333-3333-3333-3333-333333333333";

    private final Wire wire = new Wire();
    private int tokens;
    private final TokenCredential opaque = request -> Mono.fromSupplier(() -> new AccessToken(
            "opaque-" + ++tokens, wire.clock.now().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC)));
    private final Pipelines pipelines =
            new Pipelines(wire.builder().credential(opaque).build(), new Failures(wire.clock));
    private final HttpPipeline arm = pipelines.pipeline(Clouds.PUBLIC.arm());
    private final HttpPipeline graph = pipelines.pipeline(Clouds.PUBLIC.graph());
    private final HttpPipeline vault = pipelines.pipeline(Clouds.PUBLIC.keys("kv.vault.azure.net"));

    private static void send(HttpPipeline pipeline, HttpMethod method, String url) {
        pipeline.sendSync(new HttpRequest(method, url).setBody("{}"), Context.NONE);
    }

    private Wire challenge(String tenant) {
        return wire.answer(
                401,
                "",
                "WWW-Authenticate",
                "Bearer authorization=\"https://login.microsoftonline.com/" + tenant
                        + "\", resource=\"https://vault.azure.net\"");
    }

    @Test
    void vault_isAskedWithoutAToken() {
        challenge(Wire.TENANT.toString()).answer(200, "{}").answer(200, "{}");
        send(vault, HttpMethod.POST, VAULT);
        send(vault, HttpMethod.POST, VAULT);
        assertThat(wire.asked())
                .containsExactly(
                        "GET https://kv.vault.azure.net/keys?api-version=7.4", "POST " + VAULT, "POST " + VAULT);
        assertThat(wire.header(0, "Authorization")).isNull();
    }

    @Test
    void vaultOfAnotherTenant_isNotWrittenTo() {
        challenge(OTHER);
        assertThatThrownBy(() -> send(vault, HttpMethod.POST, VAULT))
                .isInstanceOf(WrongTenant.class)
                .hasMessageContainingAll("kv.vault.azure.net", OTHER, Wire.TENANT.toString());
        assertThat(wire.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "POST", "DELETE"})
    void subscriptionOfAnotherTenant_isNotWrittenTo(String method) {
        wire.answer(200, "{\"tenantId\":\"" + OTHER + "\"}");
        assertThatThrownBy(() -> send(arm, HttpMethod.valueOf(method), ARM)).isInstanceOf(WrongTenant.class);
        assertThat(wire.asked()).containsExactly("GET " + ARM + "?api-version=2022-12-01");
    }

    @Test
    void reads_needNoQuestion() {
        wire.answer(200, "{}").answer(200, "{}");
        send(arm, HttpMethod.GET, ARM);
        send(arm, HttpMethod.HEAD, ARM);
        assertThat(wire.requests).hasSize(2);
    }

    @Test
    void nextToken_isAskedForAnew() {
        String mine = "{\"tenantId\":\"" + Wire.TENANT + "\"}";
        wire.answer(200, mine).answer(200, "{}");
        send(arm, HttpMethod.PUT, ARM);
        wire.clock.advance(Duration.ofHours(2));
        wire.answer(200, "{\"tenantId\":\"" + OTHER + "\"}");
        assertThatThrownBy(() -> send(arm, HttpMethod.PUT, ARM)).isInstanceOf(WrongTenant.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "<html>",
                "{\"value\":null}",
                "{\"value\":[]}",
                "{\"value\":[null]}",
                "{\"value\":[{}]}",
                "{\"value\":[{\"id\":null}]}",
                "{\"value\":[{\"id\":\"x\"}]}",
                "{\"value\":{}}"
            })
    void answerWithoutATenant_keepsAllFromBeingChanged(String body) {
        wire.answer(200, body);
        AzureFailure failure = catchThrowableOfType(
                AzureFailure.class,
                () -> send(graph, HttpMethod.PATCH, "https://graph.microsoft.com/v1.0/applications/x"));
        assertThat(failure.code()).isEqualTo(OwnCodes.UNREADABLE);
        assertThat(wire.requests).hasSize(1);
    }

    @Test
    void refusedQuestion_keepsAllFromBeingChanged_andIsNotRemembered() {
        wire.answer(403, "{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"Insufficient.\"}}");
        AzureFailure failure = catchThrowableOfType(
                AzureFailure.class,
                () -> send(graph, HttpMethod.PATCH, "https://graph.microsoft.com/v1.0/applications/x"));
        assertThat(failure.code()).isEqualTo(OwnCodes.UNKNOWN_TENANT);
        assertThat(failure).hasMessageContaining("Authorization_RequestDenied");
        wire.answer(200, "{\"value\":[{\"id\":\"" + Wire.TENANT + "\"}]}").answer(200, "{}");
        send(graph, HttpMethod.PATCH, "https://graph.microsoft.com/v1.0/applications/x");
        assertThat(wire.asked()).last().asString().startsWith("PATCH");
    }
}
