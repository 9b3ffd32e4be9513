package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.AzureEnvironment;
import com.microsoft.graph.models.Application;
import com.microsoft.graph.models.FederatedIdentityCredential;
import com.microsoft.graph.models.WebApplication;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.model.ClientId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphDirectoryTest {
    private static final String V1 = "https://graph.microsoft.com/v1.0/";
    private static final String NOT_FOUND =
            "{\"error\":{\"code\":\"Request_ResourceNotFound\",\"message\":\"Resource does not exist.\"}}";
    private static final ClientId CLIENT = ClientId.of("33333333-3333-3333-3333-333333333333");

    private static final String OBJECT = "44444444-4444-4444-4444-444444444444";

    private final Wire wire = new Wire();
    private final GraphDirectory graph = new Azure(wire.connection()).graph();

    private static String application(String uniqueName) {
        return """
                {"id":"%s","appId":"%s","uniqueName":"%s"}""".formatted(OBJECT, CLIENT, uniqueName);
    }

    @Test
    void application_isFoundByItsUniqueName() {
        wire.answer(200, application("contoso-cmk"));
        assertThat(graph.application("contoso-cmk"))
                .get()
                .extracting(Application::getId)
                .isEqualTo(OBJECT);
        assertThat(wire.asked().get(0))
                .startsWith("GET " + V1 + "applications(uniqueName='contoso-cmk')?%24select=id,appId");
        assertThat(wire.tokenRequests.get(0).getScopes()).containsExactly("https://graph.microsoft.com/.default");
    }

    @Test
    void application_thatIsNotThereIsEmpty() {
        wire.answer(404, NOT_FOUND);
        assertThat(graph.application("contoso-cmk")).isEmpty();
    }

    @Test
    void quoteInAName_staysInTheName() {
        wire.answer(404, NOT_FOUND);
        assertThat(graph.application("o'neil/x")).isEmpty();
        assertThat(wire.asked().get(0)).startsWith("GET " + V1 + "applications(uniqueName='o%27%27neil%2Fx')?");
    }

    @Test
    void upsert_saysWhetherItMade() {
        Application body = new Application();
        body.setDisplayName("contoso-cmk");
        WebApplication web = new WebApplication();
        web.setRedirectUris(List.of("https://contoso.example/"));
        body.setWeb(web);
        wire.answer(201, application("contoso-cmk")).answer(204, "");
        assertThat(graph.upsertApplication("contoso-cmk", body)).isPresent();
        assertThat(graph.upsertApplication("contoso-cmk", body)).isEmpty();
        assertThat(wire.body(1)).as("sent again, nothing is left out").isEqualTo(wire.body(0));
        assertThat(wire.asked()).containsOnly("PATCH " + V1 + "applications(uniqueName='contoso-cmk')");
        assertThat(wire.header(1, "Prefer")).isEqualTo("create-if-missing");
        assertThat(wire.header(1, "Content-Type")).startsWith("application/json");
        assertThat(wire.body(0)).contains("\"displayName\":\"contoso-cmk\"", "\"https://contoso.example/\"");
    }

    @Test
    void credential_isUpsertedByName() {
        wire.answer(201, "{\"id\":\"f\",\"name\":\"n\"}");
        FederatedIdentityCredential body = new FederatedIdentityCredential();
        body.setSubject("s");
        assertThat(graph.upsertCredential("o", "n", body)).isPresent();
        assertThat(wire.asked())
                .containsExactly("PATCH " + V1 + "applications/o/federatedIdentityCredentials(name='n')");
        assertThat(wire.header(0, "Prefer")).isEqualTo("create-if-missing");
    }

    @Test
    void credentials_areReadToTheLastPage() {
        String next = V1 + "applications/o/federatedIdentityCredentials?$skiptoken=x";
        wire.answer(200, "{\"value\":[{\"name\":\"a\"}],\"@odata.nextLink\":\"" + next + "\"}")
                .answer(200, "{\"value\":[{\"name\":\"b\"}]}");
        assertThat(graph.credentials("o"))
                .extracting(FederatedIdentityCredential::getName)
                .containsExactly("a", "b");
        assertThat(wire.asked().get(1)).isEqualTo("GET " + next);
    }

    @Test
    void nextPageElsewhere_isNotRead() {
        wire.answer(200, "{\"value\":[],\"@odata.nextLink\":\"https://example.com/\"}");
        assertThatThrownBy(() -> graph.credentials("o"))
                .isInstanceOfSatisfying(
                        AzureFailure.class, f -> assertThat(f.code()).isEqualTo("UntrustedHost"));
        assertThat(wire.requests).hasSize(1);
    }

    @Test
    void servicePrincipal_isUpsertedByClientId() {
        wire.answer(204, "");
        assertThat(graph.upsertServicePrincipal(CLIENT)).isEmpty();
        assertThat(wire.asked()).containsExactly("PATCH " + V1 + "servicePrincipals(appId='" + CLIENT + "')");
        assertThat(wire.body(0)).contains("\"appId\":\"" + CLIENT + "\"");
    }

    @Test
    void throttling_isNotHidden() {
        wire.answer(
                429,
                "{\"error\":{\"code\":\"TooManyRequests\",\"message\":\"m\"}}",
                "Retry-After",
                "7",
                "request-id",
                "r");
        assertThatThrownBy(() -> graph.servicePrincipal(CLIENT)).isInstanceOfSatisfying(AzureFailure.class, f -> {
            assertThat(f.is(429, "TooManyRequests")).isTrue();
            assertThat(f.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(f.answer().orElseThrow().requestId()).isEqualTo("r");
        });
        assertThat(wire.requests).hasSize(1);
    }

    @Test
    void otherCloud_hasItsOwnHostAndScope() {
        wire.answer(204, "");
        new Azure(wire.builder()
                        .environment(AzureEnvironment.AZURE_US_GOVERNMENT)
                        .build())
                .graph()
                .updateApplication("o", new Application());
        assertThat(wire.asked()).containsExactly("PATCH https://graph.microsoft.us/v1.0/applications/o");
        assertThat(wire.tokenRequests.get(0).getScopes()).containsExactly("https://graph.microsoft.us/.default");
    }
}
