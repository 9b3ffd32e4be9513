package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.management.Region;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.TenantConnection;
import io.xtcmk.core.wire.Line;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A run takes its longest chain of steps, not their sum, and runs beside others. */
class CriticalPathTest extends EncryptionScenario {
    private static final String GROUP = "/subscriptions/{subscription}/resourceGroups/{group}";
    private static final String IDENTITY = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}";
    private static final String VAULT = GROUP + "/providers/Microsoft.KeyVault/vaults/{vault}";
    private static final String ASSIGNMENT = "/{+scope}/providers/Microsoft.Authorization/roleAssignments/{name}";
    private static final String APPLICATION = "/{version}/applications(uniqueName='{uniqueName}')";
    private static final String CREDENTIAL = "/{version}/applications/{id}/federatedIdentityCredentials(name='{name}')";
    private static final String PRINCIPAL = "/{version}/servicePrincipals(appId='{appId}')";

    private void takes(String method, String template, int seconds) {
        azure.latency(method, template, Duration.ofSeconds(seconds));
    }

    private long secondsOf(Runnable run) {
        Instant began = azure.clock().now();
        run.run();
        return Duration.between(began, azure.clock().now()).toSeconds();
    }

    /** Application 1 + 20 beside group and identity 2 + 3 + 5, then the credential 4. */
    @Test
    void phase1_whereTheApplicationIsSlow() {
        phase1Latencies(20);
        assertThat(secondsOf(this::phase1)).isEqualTo(1 + 20 + 4);
    }

    @Test
    void phase1_whereTheIdentityIsSlow() {
        phase1Latencies(2);
        assertThat(secondsOf(this::phase1)).isEqualTo(2 + 3 + 5 + 4);
    }

    private void phase1Latencies(int application) {
        takes("GET", APPLICATION, 1);
        takes("PATCH", APPLICATION, application);
        takes("GET", IDENTITY, 2);
        takes("PUT", GROUP, 3);
        takes("PUT", IDENTITY, 5);
        takes("PATCH", CREDENTIAL, 4);
    }

    @Test
    void phase2_whereTheServicePrincipalIsSlow() {
        FederatedApp app = phase1();
        phase2Latencies(60);
        assertThat(secondsOf(() -> phase2(app))).isEqualTo(60 + 7);
    }

    /** Look 1, group 3, vault 6, its name 10, key 5, role 7. */
    @Test
    void phase2_whereTheVaultIsSlow() {
        FederatedApp app = phase1();
        phase2Latencies(2);
        azure.vaultDns(Duration.ZERO);
        assertThat(secondsOf(() -> phase2(app))).isEqualTo(1 + 3 + 6 + 5 + 7);
    }

    private void phase2Latencies(int principal) {
        takes("PATCH", PRINCIPAL, principal);
        takes("GET", VAULT, 1);
        takes("PUT", GROUP, 3);
        takes("PUT", VAULT, 6);
        takes("PUT", VAULT + "/keys/{key}", 5);
        takes("PUT", ASSIGNMENT, 7);
    }

    @Test
    void twoCustomersAtOnce_takeAsLongAsOne() throws Exception {
        FederatedApp app = phase1();
        phase2Latencies(2);
        azure.vaultDns(Duration.ZERO);

        Instant began = azure.clock().now();
        onboard(app, 2);

        assertThat(Duration.between(began, azure.clock().now())).isEqualTo(Duration.ofSeconds(22));
    }

    @Test
    void manyCustomersAtOnce_takeAsLongAsOne() throws Exception {
        // A socket each would be more than one proxy takes.
        int customers = Line.isOfSockets() ? 20 : 200;
        FederatedApp app = phase1();
        phase2Latencies(2);
        azure.vaultDns(Duration.ZERO);

        Instant began = azure.clock().now();
        assertThat(onboard(app, customers)).doesNotHaveDuplicates().hasSize(customers);

        assertThat(Duration.between(began, azure.clock().now())).isEqualTo(Duration.ofSeconds(22));
    }

    private List<AuthorizedKey> onboard(FederatedApp app, int customers) throws Exception {
        List<CompletableFuture<AuthorizedKey>> keys = new ArrayList<>();
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            TenantConnection tenant = azure.tenant("customer" + i).connection();
            String vault = "kv-customer-" + i;
            CompletableFuture<AuthorizedKey> key = new CompletableFuture<>();
            keys.add(key);
            tasks.add(() -> {
                try {
                    key.complete(CrossTenantCmk.customer(tenant)
                            .application(app.clientId())
                            .keyVault("rg-keys", vault, Region.EUROPE_WEST)
                            .key("contoso-cmk")
                            .authorize());
                } catch (RuntimeException e) {
                    key.completeExceptionally(e);
                }
            });
        }
        // Handed out by a task of the clock's own: it stands still until all have begun.
        azure.clock().executor().execute(() -> tasks.forEach(azure.clock().executor()::execute));
        List<AuthorizedKey> done = new ArrayList<>();
        for (CompletableFuture<AuthorizedKey> key : keys) {
            done.add(azure.clock().await(key));
        }
        return done;
    }
}
