package io.xtcmk.samples;

import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.TenantConnection;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;

/** Stands for a reader's own code in the examples of the documentation. */
final class Onboarding {
    private Onboarding() {}

    static FederatedApp federatedApp(TenantConnection provider) {
        return CrossTenantCmk.provider(provider)
                .application("contoso-cmk")
                .managedIdentity("rg-identities", "id-cmk", Region.EUROPE_WEST)
                .createFederatedApp();
    }

    static AuthorizedKey customerKey(TenantConnection customer, ClientId application) {
        return CrossTenantCmk.customer(customer)
                .application(application)
                .keyVault("rg-keys", "kv-fabrikam", Region.EUROPE_WEST)
                .key("contoso-cmk")
                .authorize();
    }

    static EncryptedResource account(TenantConnection provider, FederatedApp app, AuthorizedKey key) {
        return CrossTenantCmk.provider(provider)
                .storage("rg-data", "stfabrikam")
                .federatedApp(app)
                .withCustomerKey(key)
                .create();
    }
}
