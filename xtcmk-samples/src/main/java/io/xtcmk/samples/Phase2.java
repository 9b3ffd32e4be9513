package io.xtcmk.samples;

import io.xtcmk.CrossTenantCmk;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.FederatedApp;
import java.io.IOException;

/** Phase 2, each customer: installs the provider's application and lets it use one key. */
public final class Phase2 {
    static final Program PROGRAM = new Program(
            "Phase 2: the customer authorizes the provider's application on a key", Phase2::run, Side.CUSTOMER);

    private Phase2() {}

    /**
     * Runs phase 2.
     *
     * @param args none
     */
    public static void main(String[] args) {
        PROGRAM.main();
    }

    private static void run(Azure azure, Screen screen) throws IOException {
        Handover files = Handover.of(azure);
        ClientId clientId = clientId(azure, files, screen);
        screen.heading("Steps");
        AuthorizedKey key = authorize(azure, clientId, screen);

        screen.heading("Result");
        screen.fact("key", key.key());
        screen.fact("authorized for", "application " + key.clientId());
        screen.fact("kept in", files.store(key));
        screen.note("Give this file to the provider. It names things and holds no secret.");
    }

    private static ClientId clientId(Azure azure, Handover files, Screen screen) throws IOException {
        if (azure.fake().isPresent()) {
            screen.note("(A new fake is empty: phase 1 has just been run on it, unseen.)");
            FederatedApp app = Phase1.createFederatedApp(azure, Screen.silent());
            return app.clientId();
        }
        return files.app().clientId();
    }

    static AuthorizedKey authorize(Azure azure, ClientId clientId, Screen screen) {
        String vault = azure.unique("kv-" + Settings.customerName(), azure.customer());
        return CrossTenantCmk.customer(azure.customer())
                .application(clientId)
                .keyVault("rg-keys", vault, azure.region())
                .key(Settings.providerName() + "-cmk")
                .onStep(screen::step)
                .authorize();
    }
}
