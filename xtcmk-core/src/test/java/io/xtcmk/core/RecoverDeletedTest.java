package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.KeyAuthorization;
import io.xtcmk.KeyAuthorization.KeyPlane;
import io.xtcmk.exception.PermissionMissingException;
import io.xtcmk.exception.ResourceConflictException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.Difference;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.KeySpec;
import io.xtcmk.model.PlannedStep;
import io.xtcmk.model.PlannedStep.Action;
import io.xtcmk.model.RequiredRole;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.StepOutcome.Change;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Phase 2 where the customer's vault or key is soft-deleted, and the customer asks to have it back. */
class RecoverDeletedTest extends EncryptionScenario {
    private static final String OFFICER = "Key Vault Crypto Officer";

    private String keyVersion() {
        return String.valueOf(rest(
                        fabrikam,
                        "GET",
                        "https://management.azure.com" + vaultId + "/keys/contoso-cmk?api-version=2023-07-01",
                        null)
                .at("properties.keyUriWithVersion"));
    }

    private void delete(String url) {
        fabrikam.administrator().grant(OFFICER, subscription(fabrikam));
        Reply deleted = rest(fabrikam, "DELETE", url, null);
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
    }

    private void deleteKey() {
        delete("https://kv-fabrikam.vault.azure.net/keys/contoso-cmk?api-version=7.4");
    }

    private void deleteVault() {
        delete("https://management.azure.com" + vaultId + "?api-version=2023-07-01");
    }

    @ParameterizedTest
    @EnumSource(KeyPlane.class)
    void recoverDeleted_recoversTheKey(KeyPlane plane) {
        FederatedApp app = phase1();
        phase2(app);
        String version = keyVersion();
        deleteKey();
        KeyAuthorization recovering =
                phase2On(customer(), app.clientId()).keyPlane(plane).recoverDeleted();

        PlannedStep planned = Drift.step(recovering.plan(), "key");
        AuthorizedKey key = recovering.authorize();

        assertThat(planned.action()).isEqualTo(Action.UPDATE);
        assertThat(planned.differences())
                .singleElement()
                .satisfies(d -> assertThat(d.toString()).contains("deleted at", "purged at", "expected recovered"));
        assertThat(planned.roles()).extracting(RequiredRole::name).contains(OFFICER);
        assertThat(changeByStep(key.outcomes()))
                .containsEntry("keyVault", Change.UNCHANGED)
                .containsEntry("key", Change.UPDATED);
        assertThat(keyVersion()).isEqualTo(version);
        assertThat(changeByStep(recovering.authorize().outcomes())).containsEntry("key", Change.UNCHANGED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recoverDeleted_recoversTheVault_andAKeyThatWasDeletedBefore(boolean keyToo) {
        FederatedApp app = phase1();
        phase2(app);
        String version = keyVersion();
        if (keyToo) {
            deleteKey();
        }
        deleteVault();
        KeyAuthorization recovering = phase2On(customer(), app.clientId()).recoverDeleted();

        PlannedStep planned = Drift.step(recovering.plan(), "keyVault");
        AuthorizedKey key = recovering.authorize();

        assertThat(planned.action()).isEqualTo(Action.UPDATE);
        assertThat(planned.roles())
                .extracting(RequiredRole::toString)
                .contains("Reader (Azure, on " + subscription(fabrikam) + ")");
        assertThat(changeByStep(key.outcomes()))
                .containsEntry("keyVault", Change.UPDATED)
                .containsEntry("key", keyToo ? Change.UPDATED : Change.UNCHANGED);
        assertThat(keyVersion()).isEqualTo(version);
    }

    @Test
    void recoverDeleted_ofAVaultByItsId() {
        FederatedApp app = phase1();
        phase2(app);
        deleteVault();

        AuthorizedKey key = CrossTenantCmk.customer(customer())
                .application(app.clientId())
                .keyVault(ResourceId.of(vaultId))
                .key("contoso-cmk")
                .recoverDeleted()
                .authorize();

        assertThat(changeByStep(key.outcomes())).containsEntry("keyVault", Change.UPDATED);
    }

    @Test
    void recoverDeleted_whereNothingWasDeleted_creates() {
        assertThat(changeByStep(phase2On(customer(), phase1().clientId())
                        .recoverDeleted()
                        .authorize()
                        .outcomes()))
                .containsEntry("keyVault", Change.CREATED)
                .containsEntry("key", Change.CREATED);
    }

    @Test
    void recoverDeleted_ofAnUnfitKey_isAConflict() {
        FederatedApp app = phase1();
        phase2(app);
        deleteKey();

        ResourceConflictException refused = catchThrowableOfType(
                ResourceConflictException.class,
                () -> phase2On(customer(), app.clientId())
                        .key("contoso-cmk", KeySpec.rsa(4096))
                        .recoverDeleted()
                        .authorize());

        assertThat(refused.differences()).containsExactly(new Difference("keySize", "4096", "3072"));
    }

    @Test
    void recoverDeleted_withoutTheRole_namesIt() {
        FederatedApp app = phase1();
        phase2(app);
        deleteKey();
        fabrikam.administrator().revoke(OFFICER, subscription(fabrikam));

        assertThatExceptionOfType(PermissionMissingException.class)
                .isThrownBy(() ->
                        phase2On(customer(), app.clientId()).recoverDeleted().authorize())
                .withMessageContaining(OFFICER);
    }

    /** Key Vault answers the recovery first, and shows the key a while later. */
    @Test
    void recoverDeleted_waitsUntilTheKeyIsThere() {
        FederatedApp app = phase1();
        phase2(app);
        deleteKey();
        AtomicReference<Instant> recoveredAt = new AtomicReference<>();
        HttpClient slow = new Intercepted(azure.httpClient(), (request, onward) -> {
            String path = request.getUrl().getPath();
            Instant since = recoveredAt.get();
            if (path.endsWith("/recover")) {
                recoveredAt.set(azure.clock().now());
            }
            boolean hidden = since != null && azure.clock().now().isBefore(since.plusSeconds(20));
            return hidden && path.endsWith("/keys/contoso-cmk")
                    ? Intercepted.answer(
                            request,
                            404,
                            new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json"),
                            "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"not yet\"}}")
                    : onward.send();
        });

        AuthorizedKey key = phase2On(over(customer(), slow), app.clientId())
                .recoverDeleted()
                .authorize();

        assertThat(changeByStep(key.outcomes())).containsEntry("key", Change.UPDATED);
        assertThat(azure.clock().now()).isAfterOrEqualTo(recoveredAt.get().plusSeconds(20));
    }
}
