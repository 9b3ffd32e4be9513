package io.xtcmk.samples;

import io.xtcmk.CrossTenantCmk;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import java.io.IOException;

/** Phase 3, each resource: a storage account and a SQL server of the provider, encrypted with the customer's key. */
public final class Phase3 {
    static final Program PROGRAM =
            new Program("Phase 3: the provider encrypts resources with the customer's key", Phase3::run, Side.PROVIDER);

    private Phase3() {}

    /**
     * Runs phase 3.
     *
     * @param args none
     */
    public static void main(String[] args) {
        PROGRAM.main();
    }

    private static void run(Azure azure, Screen screen) throws IOException {
        Handover files = Handover.of(azure);
        if (azure.fake().isPresent()) {
            screen.note("(A new fake is empty: phases 1 and 2 are run on it first, unseen.)");
            FederatedApp app = Phase1.createFederatedApp(azure, Screen.silent());
            encrypt(azure, app, Phase2.authorize(azure, app.clientId(), Screen.silent()), screen);
        } else {
            encrypt(azure, files.app(), files.key(), screen);
        }
    }

    private static void encrypt(Azure azure, FederatedApp app, AuthorizedKey key, Screen screen) {
        screen.heading("Steps");
        EncryptedResource account = storage(azure, app, key, screen);
        EncryptedResource server = sql(azure, app, key, screen);

        screen.heading("Result, as the services read it back");
        show(account, screen);
        show(server, screen);
    }

    static void show(EncryptedResource resource, Screen screen) {
        screen.fact(
                resource.id().name(),
                "is encrypted with "
                        + resource.knownKeyInForce().orElse(resource.key().key()));
    }

    static EncryptedResource storage(Azure azure, FederatedApp app, AuthorizedKey key, Screen screen) {
        String account = azure.unique("st" + Settings.customerName(), azure.provider());
        return CrossTenantCmk.provider(azure.provider())
                .storage("rg-data", account)
                .federatedApp(app)
                .withCustomerKey(key)
                .onStep(screen::step)
                .create();
    }

    static EncryptedResource sql(Azure azure, FederatedApp app, AuthorizedKey key, Screen screen) {
        String server = azure.unique("sql-" + Settings.customerName(), azure.provider());
        SignedIn user = SignedIn.to(azure.provider());
        return CrossTenantCmk.provider(azure.provider())
                .sql("rg-data", server)
                .federatedApp(app)
                .withCustomerKey(key)
                .entraAdministrator(user.type(), user.name(), user.administratorId())
                .autoRotation(true)
                .onStep(screen::step)
                .create();
    }
}
