package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.azure.core.credential.TokenRequestContext;
import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a test changes by hand has the effects that it would have by requests. */
class ByHandTest {
    private static final String ROLE = "Key Vault Crypto Service Encryption User";

    private final TwoTenants two = new TwoTenants().connect();

    private void revoke() {
        two.fabrikam.revoke(UUID.fromString(two.servicePrincipalId), ROLE, two.vaultId + "/keys/cmk");
    }

    /** Ten minutes: Microsoft's page "Transparent data encryption with customer-managed key". */
    @Test
    void revokedRole_closesDatabasesFromThenOn_notFromWhenSomebodyLooks() {
        two.createServer();
        two.finished(two.arm(two.contoso)
                .put(TwoTenants.sql(two.contoso, "/databases/db1"), Json.object("location", "westeurope")));
        revoke();
        two.azure.clock().advance(Duration.ofMinutes(11));

        assertThat(two.sql("/databases/db1").at("properties.status")).isEqualTo("Inaccessible");
    }

    @Test
    void revokedRole_isHonouredWhileThatPropagates() {
        two.azure.rolePropagation(Duration.ofMinutes(5));
        two.azure.clock().advance(Duration.ofMinutes(5));
        revoke();
        assertThat(two.putAccount().status()).isEqualTo(202);

        two.azure.clock().advance(Duration.ofMinutes(5));
        assertThat(two.patchAccount(Json.object("properties", Json.object("encryption", two.encryption())))
                        .code())
                .isEqualTo("KeyVaultAuthenticationFailure");
    }

    @Test
    void identity_attachedTwice_isOne() {
        two.azure.attachIdentity(two.identityId).attachIdentity(two.identityId);
        Rest.Reply token = Rest.over(two.azure.httpClient())
                .with("Metadata", "true")
                .get("http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
                        + "&resource=https://vault.azure.net");
        assertThat(token.status()).as(token.text()).isEqualTo(200);
    }

    @Test
    void negativeDelay_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.azure.vaultDns(Duration.ofSeconds(-1)))
                .withMessageContaining("must not be negative");
    }

    @Test
    void credential_asksAgainOnlyFiveMinutesBeforeTheTokensEnd() {
        var credential = two.contoso.credential();
        var graph = new TokenRequestContext().addScopes("https://graph.microsoft.com/.default");
        String first = credential.getTokenSync(graph).getToken();
        two.azure.clock().advance(Duration.ofMinutes(54));
        assertThat(credential.getTokenSync(graph).getToken()).isEqualTo(first);
        two.azure.clock().advance(Duration.ofMinutes(1));
        assertThat(credential.getTokenSync(graph).getToken()).isNotEqualTo(first);
    }
}
