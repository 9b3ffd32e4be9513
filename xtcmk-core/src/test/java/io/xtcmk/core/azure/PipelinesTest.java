package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.Context;
import com.azure.core.util.Header;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.engine.AzureFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
}
