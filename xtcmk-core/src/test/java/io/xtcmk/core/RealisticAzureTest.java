package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The phases in an Azure where nothing is seen at once and nobody may ask too fast. */
class RealisticAzureTest extends EncryptionScenario {

    @Test
    void phases_convergeWhileAllIsOnItsWay() {
        azure.realistic();
        Instant began = azure.clock().now();

        FederatedApp app = phase1();
        AuthorizedKey key = phase2(app);
        EncryptedResource account = storage(app, key).create();
        EncryptedResource server = sql(app, key).create();

        assertThat(account.outcomes()).isNotEmpty();
        assertThat(server.outcomes()).isNotEmpty();
        assertThat(Duration.between(began, azure.clock().now()))
                .as("the role's five minutes are the longest of it")
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(8));
    }
}
