package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.Context;
import com.azure.core.util.Header;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.engine.AzureFailure;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class PipelinesTest {
    private static final String ARM = "https://management.azure.com/";

    private final Wire wire = new Wire();

    private void get(TenantConnection connection) {
        new Pipelines(connection, new Failures(wire.clock))
                .pipeline(Clouds.PUBLIC.arm())
                .sendSync(new HttpRequest(HttpMethod.GET, ARM), Context.NONE);
    }

    @Test
    void request_saysWhoSentIt() {
        ClientOptions options =
                new ClientOptions().setApplicationId("contoso").setHeaders(List.of(new Header("x-team", "storage")));
        get(wire.answer(200, "{}").builder().clientOptions(options).build());
        assertThat(wire.header(0, "User-Agent")).matches("contoso xtcmk/\\S+");
        assertThat(wire.header(0, "x-team")).isEqualTo("storage");
        assertThat(wire.header(0, "x-ms-client-request-id")).isNotBlank();
    }

    @Test
    void callersPolicy_seesTheAnswerButNoToken() {
        List<String> seen = new ArrayList<>();
        TenantConnection connection = wire.answer(404, "{}")
                .builder()
                .addPolicy((context, next) -> {
                    seen.add(String.valueOf(context.getHttpRequest()
                            .getHeaders()
                            .getValue(com.azure.core.http.HttpHeaderName.AUTHORIZATION)));
                    return next.process().doOnNext(r -> seen.add(String.valueOf(r.getStatusCode())));
                })
                .build();
        assertThatThrownBy(() -> get(connection)).isInstanceOf(AzureFailure.class);
        assertThat(seen).containsExactly("null", "404");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 429, 500, 503})
    void nothing_isSentAgainOrElsewhere(int status) {
        wire.answer(status, "", "Location", "https://example.com/", "Retry-After", "1");
        assertThatThrownBy(() -> get(wire.connection()))
                .isInstanceOfSatisfying(
                        AzureFailure.class, f -> assertThat(f.status()).isEqualTo(status));
        assertThat(wire.requests).hasSize(1);
        assertThat(wire.clock.now()).isEqualTo(Wire.START);
    }

    /** An exception that repeats the token would put it into logs: azure-core's JDK client throws such a one. */
    @ParameterizedTest
    @ValueSource(strings = {"to\nken", "token\r\n", "to\u0000ken", "t\u00f6ken", "\u9375"})
    void token_thatNoHeaderCarries_isRefused_andNotShown(String token) {
        TenantConnection connection = wire.builder()
                .credential(request -> Mono.just(
                        new AccessToken(token, Wire.START.plusSeconds(3600).atOffset(ZoneOffset.UTC))))
                .build();

        assertThatThrownBy(() -> get(connection))
                .isInstanceOf(AzureFailure.class)
                .hasMessage(
                        "the credential gave a token with a line break or another character that no header can carry");
        assertThat(wire.requests).isEmpty();
    }

    @Test
    void headerOfACallersPolicy_thatIsNone_isRefused() {
        TenantConnection connection = wire.builder()
                .addPolicy((context, next) -> {
                    context.getHttpRequest().setHeader(HttpHeaderName.fromString("x-team"), "Gr\u00f6\u00dfe");
                    return next.process();
                })
                .build();

        assertThatThrownBy(() -> get(connection))
                .isInstanceOf(AzureFailure.class)
                .hasMessageContaining("the header x-team");
        assertThat(wire.requests).isEmpty();
    }
}
