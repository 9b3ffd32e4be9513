package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.Finding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What will break a chain that holds now: told as a finding, with the date. The chain is sound until then. */
class OutlookTest extends EncryptionScenario {
    private final FederatedApp app = phase1();
    private final AuthorizedKey key = phase2(app);

    private Diagnosis verified(EncryptedResource resource) {
        return CrossTenantCmk.provider(provider())
                .verification(resource)
                .customer(customer())
                .verify();
    }

    private Diagnosis verifiedAlone(EncryptedResource resource) {
        return CrossTenantCmk.provider(provider()).verification(resource).verify();
    }

    private Instant keyEndsIn(Duration time) {
        Instant end = azure.clock().now().plus(time).truncatedTo(ChronoUnit.SECONDS);
        Reply patched =
                keyCall(officer(), "PATCH", "/" + version(), object("attributes", object("exp", end.getEpochSecond())));
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        return end;
    }

    private void rotate() {
        CrossTenantCmk.customer(officer().connection()).key(key).rotate();
    }

    private void checkEnd(Finding finding, Instant end, String version) {
        assertThat(finding.resource()).isEqualTo("key " + KEY_URL + "/" + version);
        assertThat(finding.property()).isEqualTo("attributes.exp");
        assertThat(finding.actual()).isEqualTo(end.toString());
        assertThat(finding.knownDue()).contains(end);
        assertThat(finding.risk()).contains("From then on");
        assertThat(finding.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(finding.fix()).contains("Rotate the key before " + end);
    }

    @ParameterizedTest
    @CsvSource({"3, true", "30, true", "31, false"})
    void keyThatEndsWithin30Days_isAFinding(int days, boolean found) {
        EncryptedResource account = storage(app, key).create();
        Instant end = keyEndsIn(Duration.ofDays(days));

        Diagnosis diagnosis = verified(account);

        assertThat(diagnosis.isSound()).as(diagnosis.toString()).isTrue();
        assertThat(diagnosis.findings()).hasSize(found ? 1 : 0);
        diagnosis.findings().forEach(finding -> checkEnd(finding, end, version()));
        assertThat(diagnosis.toString().contains(end.toString() + ". From then on"))
                .isEqualTo(found);
    }

    @Test
    void keyThatEndsSoon_isFoundByTheProviderAlone_whereTheServiceSaysWhen() {
        Instant end = keyEndsIn(Duration.ofDays(3));
        EncryptedResource account = storage(app, key).create();

        assertThat(verifiedAlone(account).findings()).singleElement().satisfies(f -> checkEnd(f, end, version()));
    }

    @Test
    void keyThatEndsSoon_isFoundByTheCustomer() {
        Instant end = keyEndsIn(Duration.ofDays(3));

        assertThat(CrossTenantCmk.customer(customer())
                        .verification(key)
                        .verify()
                        .findings())
                .singleElement()
                .satisfies(f -> checkEnd(f, end, version()));
    }

    @Test
    void rotatedKey_endsTheFinding() {
        EncryptedResource account = storage(app, key).create();
        keyEndsIn(Duration.ofDays(3));
        rotate();
        azure.clock().advance(Duration.ofDays(2));

        assertThat(verified(account).findings()).isEmpty();
    }

    @Test
    void serverThatStaysOnTheOldVersion_isAFinding_untilItFollows() throws IOException {
        EncryptedResource server = sql(app, key).create();
        String old = version();
        Instant end = keyEndsIn(Duration.ofDays(90));
        rotate();
        azure.clock().advance(Duration.ofDays(2));

        Diagnosis diagnosis = verified(server);

        assertThat(diagnosis.isSound()).as(diagnosis.toString()).isTrue();
        assertThat(diagnosis.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.resource()).isEqualToIgnoringCase(serverId);
            assertThat(finding.actual()).contains(KEY_URL + "/" + old, version());
            assertThat(finding.risk()).contains("does not follow", "closes", end.toString());
            assertThat(finding.knownDue()).contains(end);
            assertThat(finding.actor()).isEqualTo(Actor.PROVIDER);
            assertThat(finding.fix()).contains("autoRotation(true)");
        });
        try (JsonReader reader = JsonProviders.createReader(diagnosis.toJsonString())) {
            assertThat(Diagnosis.fromJson(reader).findings()).isEqualTo(diagnosis.findings());
        }

        sql(app, key).autoRotation(true).update();
        azure.clock().advance(Duration.ofHours(2));
        assertThat(verified(server).findings()).isEmpty();
    }

    @Test
    void resourceThatFollows_isNoFinding() {
        EncryptedResource server = sql(app, key).autoRotation(true).create();
        EncryptedResource account = storage(app, key).create();
        rotate();

        assertThat(verified(server).findings()).isEmpty();
        assertThat(verified(account).findings()).isEmpty();
    }

    @Test
    void accountWithAPinnedVersion_isAFindingAfterTheNextRotation() {
        EncryptedResource account = storage(app, key).pinKeyVersion(version()).create();
        assertThat(verified(account).findings()).isEmpty();
        rotate();

        assertThat(verified(account).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.knownDue()).isEmpty();
            assertThat(finding.fix()).contains("pinned version");
        });
    }
}
