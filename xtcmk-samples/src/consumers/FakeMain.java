package consumer;

import io.xtcmk.TenantConnection;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeAzureServer;

/** The three phases on the fake, where both are modules, and the fake served by a server on the class path. */
public final class FakeMain {
    private FakeMain() {}

    public static void main(String[] arguments) {
        try (FakeAzureServer server = FakeAzure.start()) {
            System.out.println(server);
        }
        FakeAzure azure = FakeAzure.create();
        TenantConnection contoso = azure.tenant("contoso").connection();
        FederatedApp app = Onboarding.federatedApp(contoso);
        AuthorizedKey key = Onboarding.customerKey(azure.tenant("fabrikam").connection(), app.clientId());
        System.out.println("under "
                + Onboarding.account(contoso, app, key).knownKeyInForce().orElseThrow());
    }
}
