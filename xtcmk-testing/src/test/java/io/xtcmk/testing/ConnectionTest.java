package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.management.AzureEnvironment;
import io.xtcmk.TenantConnection;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Tokens;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The one line that wires a consumer to the fake. */
class ConnectionTest {
    private final FakeAzure azure = FakeAzure.create();

    @Test
    void connection_isWiredToTheFakesTransportAndClock() {
        FakeTenant contoso = azure.tenant("contoso");
        TenantConnection connection = contoso.connection();

        assertThat(connection.tenantId()).isEqualTo(contoso.tenantId());
        assertThat(connection.subscriptionId()).isEqualTo(contoso.subscriptionId());
        assertThat(connection.environment()).isEqualTo(AzureEnvironment.AZURE);
        assertThat(connection.httpClient()).contains(azure.httpClient());
        assertThat(connection.timeSource()).isSameAs(azure.clock());
        assertThat(connection.executor()).isPresent();
    }

    @Test
    void credential_asksTheTokenEndpointForEachToken() {
        FakeTenant contoso = azure.tenant("contoso");
        TokenRequestContext vault = new TokenRequestContext().addScopes("https://vault.azure.net/.default");

        AccessToken token = contoso.credential().getTokenSync(vault);
        contoso.credential().getToken(vault).block();

        assertThat(azure.calls()).hasSize(2).allSatisfy(call -> {
            assertThat(call.service()).isEqualTo("Microsoft Entra ID");
            assertThat(call.status()).isEqualTo(200);
            assertThat(call.toJson()).doesNotContain(token.getToken());
        });
        assertThat(token.getExpiresAt())
                .isEqualTo(OffsetDateTime.ofInstant(azure.clock().now().plusSeconds(3599), ZoneOffset.UTC));
    }

    /** Claims from Microsoft's page "Access token claims reference". */
    @Test
    void token_speaksForTheServicePrincipalInItsTenant() {
        FakeTenant contoso = azure.tenant("contoso");
        TokenRequestContext vault = new TokenRequestContext().addScopes("https://vault.azure.net/.default");

        Map<String, Object> claims = Tokens.claims(
                        contoso.credential().getTokenSync(vault).getToken())
                .orElseThrow();

        FakePrincipal admin = contoso.administrator();
        assertThat(claims)
                .containsEntry("aud", "https://vault.azure.net")
                .containsEntry("iss", "https://sts.windows.net/" + contoso.tenantId() + "/")
                .containsEntry("tid", contoso.tenantId().toString())
                .containsEntry("appid", admin.clientId().toString())
                .containsEntry("appidacr", "1")
                .containsEntry("oid", admin.servicePrincipalId().toString())
                .containsEntry("sub", admin.servicePrincipalId().toString())
                .containsEntry("idtyp", "app")
                .containsEntry("ver", "1.0");
        assertThat(Json.number(claims, "exp").orElseThrow()
                        - Json.number(claims, "iat").orElseThrow())
                .isEqualTo(3599);
    }

    @Test
    void tokenRequest_takesItsLatency() {
        azure.latency("POST", "/{tenant}/oauth2/v2.0/token", Duration.ofMillis(300));
        var before = azure.clock().now();

        azure.tenant("contoso")
                .credential()
                .getTokenSync(new TokenRequestContext().addScopes("https://management.azure.com/.default"));

        assertThat(Duration.between(before, azure.clock().now())).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void tenants_ofOneName_areOneTenant() {
        assertThat(azure.tenant("contoso")).isSameAs(azure.tenant("contoso")).isNotSameAs(azure.tenant("fabrikam"));
    }
}
