package io.xtcmk.samples;

import com.azure.storage.blob.models.BlobStorageException;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.testing.FakeAzure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** All three phases, and then the proof that the key really is the customer's to give and to take. */
public final class WholeStory {
    private static final String TEXT = "Dear Fabrikam, your data lies here under your own key.";

    static final Program PROGRAM = new Program(
            "A provider encrypts its resources with a key that its customer keeps",
            WholeStory::run,
            Side.PROVIDER,
            Side.CUSTOMER);

    private final Azure azure;
    private final Screen screen;

    private WholeStory(Azure azure, Screen screen) {
        this.azure = azure;
        this.screen = screen;
    }

    /**
     * Runs the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        PROGRAM.main();
    }

    static void run(Azure azure, Screen screen) throws IOException {
        new WholeStory(azure, screen).tell();
    }

    private void tell() throws IOException {
        who();
        FederatedApp app = phase1();
        AuthorizedKey key = phase2(app);
        List<EncryptedResource> resources = phase3(app, key);
        again();
        Blob blob = writeAndRead(resources.get(0));
        links(app, key, resources.get(0));
        takeAwayAndGiveBack(key, resources.get(0), blob);
        rotate(app, key, blob);
        draw(new Chain(app, key, resources));
    }

    private void who() {
        screen.heading("Who");
        screen.fact(
                "provider",
                Settings.providerName() + ", tenant " + azure.provider().tenantId());
        screen.fact(
                "customer",
                Settings.customerName() + ", tenant " + azure.customer().tenantId());
        screen.note(
                "",
                "Each line below is a step: in whose tenant, what, its name, what became of it, how long it took"
                        + (azure.fake().isPresent() ? " (on the fake's clock)." : "."));
    }

    private FederatedApp phase1() {
        screen.heading("Phase 1, once: the provider makes an application, and an identity that may act as it");
        return Phase1.createFederatedApp(azure, screen);
    }

    private AuthorizedKey phase2(FederatedApp app) {
        screen.heading("Phase 2, each customer: the customer lets that application use one key");
        return Phase2.authorize(azure, app.clientId(), screen);
    }

    private List<EncryptedResource> phase3(FederatedApp app, AuthorizedKey key) {
        screen.heading("Phase 3, each resource: the provider encrypts with the customer's key");
        EncryptedResource account = Phase3.storage(azure, app, key, screen);
        EncryptedResource server = Phase3.sql(azure, app, key, screen);
        return List.of(account, server);
    }

    private void again() {
        screen.heading("Once more: running again finds everything in place, and is how to recover from a failure");
        FederatedApp app = Phase1.createFederatedApp(azure, screen);
        AuthorizedKey key = Phase2.authorize(azure, app.clientId(), screen);
        Phase3.storage(azure, app, key, screen);
        Phase3.sql(azure, app, key, screen);
    }

    private Blob writeAndRead(EncryptedResource account) {
        screen.heading("The provider writes a blob with Microsoft's client, and reads it");
        azure.letSignedInUser(
                Side.PROVIDER, "Storage Blob Data Contributor", account.id().toString(), screen);
        Blob blob = new Blob(azure.provider(), account.id().name());
        blob.write(TEXT);
        screen.fact("written to", blob.url());
        screen.fact("reads", "\"" + blob.read() + "\"");
        blob.atRest(azure).ifPresent(bytes -> screen.fact("on the disk lies", onDisk(bytes)));
        return blob;
    }

    private static String onDisk(byte[] bytes) {
        String stored = new String(bytes, StandardCharsets.ISO_8859_1);
        if (stored.contains(TEXT)) {
            throw new IllegalStateException("the blob is not encrypted at rest");
        }
        return HexFormat.of().formatHex(bytes, 0, Math.min(24, bytes.length)) + "... (" + bytes.length
                + " bytes, the text is not among them)";
    }

    private void links(FederatedApp app, AuthorizedKey key, EncryptedResource account) {
        screen.heading("How the account came to the key, link by link");
        screen.fact(
                "resource",
                account.id().name() + " has the identity "
                        + account.identityId().name());
        screen.fact(
                "identity",
                app.identity().id().name() + " is the principal "
                        + app.identity().principalId());
        screen.fact("federated credential", app.credentialName() + " lets that principal act as the application");
        screen.fact("application", app.name() + ", client id " + account.federatedClientId());
        screen.fact(
                "service principal",
                key.servicePrincipalId() + ", which is that application in " + Settings.customerName() + "'s tenant");
        screen.fact("role", "Key Vault Crypto Service Encryption User, on this key alone");
        screen.fact("key", account.knownKeyInForce().orElse(key.key()));
    }

    private void takeAwayAndGiveBack(AuthorizedKey authorized, EncryptedResource account, Blob blob) {
        screen.heading("The customer disables the key, and nobody can read any more");
        String vault = authorized.knownVaultId().orElseThrow().toString();
        azure.letSignedInUser(Side.CUSTOMER, "Key Vault Crypto Officer", vault, screen);
        CustomersKey key = new CustomersKey(azure.customer(), authorized.key());
        key.enable(false);
        screen.fact("key", "disabled");
        try {
            BlobStorageException refusal = blob.readUntilRefused();
            screen.fact("reads", "refused: HTTP " + refusal.getStatusCode() + " " + refusal.getErrorCode());
            screen.note(diagnosis(account).toString().split(System.lineSeparator(), -1));
        } finally {
            key.enable(true);
        }

        screen.heading("The customer enables it, and the blob is back");
        screen.fact("key", "enabled");
        screen.fact("reads", "\"" + blob.readUntilAnswered() + "\"");
    }

    /** Why: seen from both sides, since this program has a connection to both. */
    private Diagnosis diagnosis(EncryptedResource account) {
        return CrossTenantCmk.provider(azure.provider())
                .verification(account)
                .customer(azure.customer())
                .verify();
    }

    private void rotate(FederatedApp app, AuthorizedKey key, Blob blob) {
        screen.heading("The customer rotates the key, and the account follows by itself");
        screen.fact("in force before", version(app, key));
        KeyIdentifier rotated = CrossTenantCmk.customer(azure.customer())
                .key(key)
                .onStep(screen::step)
                .rotate();
        screen.fact("new version", String.valueOf(rotated.version()));
        azure.fake().ifPresentOrElse(fake -> follow(fake, app, key, blob), this::followsLater);
    }

    private void follow(FakeAzure fake, FederatedApp app, AuthorizedKey key, Blob blob) {
        fake.clock().advance(Duration.ofDays(1));
        screen.fact("in force a day later", version(app, key));
        screen.fact("reads", "\"" + blob.read() + "\"");
    }

    private void followsLater() {
        screen.note("Azure Storage looks for new versions once a day: run this again tomorrow to see it in force.");
    }

    private String version(FederatedApp app, AuthorizedKey key) {
        return Phase3.storage(azure, app, key, Screen.silent())
                .knownKeyInForce()
                .map(KeyIdentifier::version)
                .orElse("not told by the service");
    }

    private void draw(Chain chain) throws IOException {
        screen.heading("The chain");
        screen.note(chain.text().split("\n", -1));
        Path file = Settings.find(SettingNames.DIAGRAM)
                .map(Path::of)
                .orElse(Settings.directory().resolve("chain.mmd"));
        screen.fact("as a Mermaid diagram", Handover.writeText(file, chain.mermaid()));
    }
}
