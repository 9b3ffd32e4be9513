package io.xtcmk.samples;

import io.xtcmk.CrossTenantCmk;
import io.xtcmk.model.FederatedApp;
import java.io.IOException;

/** Phase 1, once per provider: an application that customers can install, and an identity that may act as it. */
public final class Phase1 {
    static final Program PROGRAM =
            new Program("Phase 1: the provider makes its federated application", Phase1::run, Side.PROVIDER);

    private Phase1() {}

    /**
     * Runs phase 1.
     *
     * @param args none
     */
    public static void main(String[] args) {
        PROGRAM.main();
    }

    private static void run(Azure azure, Screen screen) throws IOException {
        Handover files = Handover.of(azure);
        screen.heading("Steps");
        FederatedApp app = createFederatedApp(azure, screen);

        screen.heading("Result");
        screen.fact("application", app.name() + ", client id " + app.clientId());
        screen.fact("managed identity", app.identity().id().name());
        screen.fact("kept in", files.store(app));
        screen.note("Tell customers the client id. It is no secret, and there is none.");
    }

    static FederatedApp createFederatedApp(Azure azure, Screen screen) {
        return CrossTenantCmk.provider(azure.provider())
                .application(Settings.providerName() + "-cmk")
                .managedIdentity("rg-identities", "id-cmk", azure.region())
                .onStep(screen::step)
                .createFederatedApp();
    }
}
