package io.xtcmk.samples;

import static io.xtcmk.testing.FakeAzureAssertions.assertThat;

import io.xtcmk.TenantConnection;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeAzureExtension;
import io.xtcmk.testing.InTenant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** README.md shows this test; {@link PagesTest} compares the two. */
@ExtendWith(FakeAzureExtension.class)
class OnboardingTest {
    @Test
    void customerKey_encryptsTheAccount(
            FakeAzure azure,
            @InTenant("contoso") TenantConnection contoso,
            @InTenant("fabrikam") TenantConnection fabrikam) {
        FederatedApp app = Onboarding.federatedApp(contoso); // your code
        AuthorizedKey key = Onboarding.customerKey(fabrikam, app.clientId());

        EncryptedResource account = Onboarding.account(contoso, app, key);

        assertThat(azure).storageAccount(account.id()).isEncryptedWith(key).throughApplication(app.clientId());
    }
}
