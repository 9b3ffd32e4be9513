package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.management.Region;
import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import com.microsoft.graph.models.Application;
import com.microsoft.graph.models.FederatedIdentityCredential;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.model.ClientId;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeTenant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FederatedAppCredentialsTest {
    private static final TokenRequestContext VAULT =
            new TokenRequestContext().addScopes("https://vault.azure.net/.default");

    private final FakeAzure fake = FakeAzure.create();
    private final FakeTenant contoso = fake.tenant("contoso");
    private final FakeTenant fabrikam = fake.tenant("fabrikam");

    /** An application of contoso's, installed at fabrikam's, whose federated credential is an identity of contoso's. */
    private TokenCredential credential() {
        Azure azure = new Azure(contoso.connection());
        azure.resourceGroups().create("rg", Region.EUROPE_WEST);
        IdentityInner identity = azure.managedIdentities().create("rg", "id-cmk", Region.EUROPE_WEST);
        Application body = new Application();
        body.setDisplayName("contoso-cmk");
        body.setSignInAudience("AzureADMultipleOrgs");
        Application application =
                azure.graph().upsertApplication("contoso-cmk", body).orElseThrow();
        FederatedIdentityCredential trust = new FederatedIdentityCredential();
        trust.setIssuer(azure.cloud().issuer(contoso.tenantId()));
        trust.setSubject(identity.principalId().toString());
        trust.setAudiences(List.of(azure.cloud().exchangeAudience()));
        azure.graph().upsertCredential(application.getId(), "id-cmk", trust);
        fake.clock().advance(Duration.ofMinutes(15));
        ClientId clientId = ClientId.of(application.getAppId());
        new Azure(fabrikam.connection()).graph().upsertServicePrincipal(clientId);
        fake.clock().advance(Duration.ofMinutes(15));
        return new FederatedAppCredentials()
                .clientId(clientId)
                .tenantId(fabrikam.tenantId())
                .managedIdentity(contoso.managedIdentity(identity.id()))
                .httpClient(fake.httpClient())
                .build();
    }

    @Test
    void identitysToken_becomesTheApplicationsInTheCustomersTenant() {
        TokenCredential credential = credential();
        assertThat(credential.getTokenSync(VAULT).getToken()).isNotBlank();
        assertThat(credential.getToken(VAULT).block()).isNotNull();
        assertThat(fake.calls().stream().map(Object::toString))
                .anyMatch(call -> call.contains("/" + fabrikam.tenantId() + "/oauth2/v2.0/token"));
    }

    @Test
    void otherTenant_isRefusedAndNothingIsSent() {
        TokenCredential credential = credential();
        fake.clearCalls();
        TokenRequestContext elsewhere = new TokenRequestContext()
                .addScopes("https://vault.azure.net/.default")
                .setTenantId(contoso.tenantId().toString());
        assertThatThrownBy(() -> credential.getTokenSync(elsewhere)).isInstanceOf(ClientAuthenticationException.class);
        assertThatThrownBy(() -> credential.getToken(elsewhere).block())
                .isInstanceOf(ClientAuthenticationException.class);
        assertThat(fake.calls()).isEmpty();
    }

    @Test
    void whatIsMissing_isNamedAtOnce() {
        assertThatThrownBy(() -> new FederatedAppCredentials().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("clientId", "tenantId", "managedIdentity");
        assertThatThrownBy(() -> new FederatedAppCredentials().clientId(null))
                .isInstanceOf(InvalidInputException.class);
    }
}
