package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The managed identity's token as the application's in the customer's tenant, with Microsoft's clients. */
class FederatedAppCredentialTest extends Scenario {
    private static final byte[] DATA_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private TokenCredential credential(FederatedApp app) {
        return CrossTenantCmk.federatedAppCredential()
                .clientId(app.clientId())
                .tenantId(fabrikam.tenantId())
                .managedIdentity(contoso.managedIdentity(app.identity().id().toString()))
                .httpClient(azure.httpClient())
                .build();
    }

    private CryptographyClient cryptography(AuthorizedKey key, TokenCredential credential) {
        return new CryptographyClientBuilder()
                .keyIdentifier(key.key().toString())
                .credential(credential)
                .httpClient(azure.httpClient())
                .buildClient();
    }

    private KeyClient keys(AuthorizedKey key, TokenCredential credential) {
        return new KeyClientBuilder()
                .vaultUrl(key.key().vaultUrl())
                .credential(credential)
                .httpClient(azure.httpClient())
                .buildClient();
    }

    private AuthorizedKey authorized(FederatedApp app) {
        AuthorizedKey key = phase2(app);
        azure.clock().advance(Duration.ofMinutes(15));
        return key;
    }

    @Test
    void wrapsAndUnwrapsWithTheCustomersKey() {
        FederatedApp app = phase1();
        CryptographyClient cryptography = cryptography(authorized(app), credential(app));

        byte[] wrapped =
                cryptography.wrapKey(KeyWrapAlgorithm.RSA_OAEP_256, DATA_KEY).getEncryptedKey();

        assertThat(wrapped).isNotEqualTo(DATA_KEY).hasSize(3072 / 8);
        assertThat(cryptography
                        .unwrapKey(KeyWrapAlgorithm.RSA_OAEP_256, wrapped)
                        .getKey())
                .isEqualTo(DATA_KEY);
    }

    @Test
    void readsTheKeyAndMayNotMakeOne() {
        FederatedApp app = phase1();
        KeyClient keys = keys(authorized(app), credential(app));

        assertThat(keys.getKey("contoso-cmk").getName()).isEqualTo("contoso-cmk");
        HttpResponseException refused = catchThrowableOfType(
                HttpResponseException.class,
                () -> keys.createKey("mine", com.azure.security.keyvault.keys.models.KeyType.RSA));

        assertThat(refused.getResponse().getStatusCode()).isEqualTo(403);
        assertThat(refused).hasMessageContaining("keys/create/action");
    }

    @Test
    void beforeTheCustomerAuthorized_thereIsNoToken() {
        FederatedApp app = phase1();

        assertThatThrownBy(() -> credential(app)
                        .getTokenSync(new TokenRequestContext().addScopes("https://vault.azure.net/.default")))
                .hasMessageContaining("AADSTS");
    }

    @Test
    void tenantOtherThanItsOwn_isRefusedAndNothingIsSent() {
        FederatedApp app = phase1();
        authorized(app);
        TokenCredential credential = credential(app);
        azure.clearCalls();
        TokenRequestContext elsewhere = new TokenRequestContext()
                .addScopes("https://vault.azure.net/.default")
                .setTenantId(contoso.tenantId().toString());

        assertThatThrownBy(() -> credential.getTokenSync(elsewhere))
                .isInstanceOf(ClientAuthenticationException.class)
                .hasMessageContaining(fabrikam.tenantId().toString());
        assertThat(azure.calls()).isEmpty();
    }

    @Test
    void missingParts_areNamedAllAtOnce() {
        assertThatThrownBy(() -> CrossTenantCmk.federatedAppCredential().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clientId")
                .hasMessageContaining("tenantId")
                .hasMessageContaining("managedIdentity");
        assertThatThrownBy(() -> CrossTenantCmk.federatedAppCredential()
                        .clientId(phase1().clientId())
                        .tenantId(fabrikam.tenantId())
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("managedIdentity")
                .hasMessageNotContaining("clientId");
    }

    @Test
    void nulls_areRefusedByName() {
        assertThatThrownBy(() -> CrossTenantCmk.federatedAppCredential().clientId(null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("clientId");
    }

    @Test
    void text_tellsTheTenantAndNoSecret() {
        FederatedApp app = phase1();

        assertThat(credential(app).toString()).contains(fabrikam.tenantId().toString());
    }
}
