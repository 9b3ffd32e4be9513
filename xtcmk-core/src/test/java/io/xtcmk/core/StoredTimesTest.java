package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.ReadValueCallback;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times in stored records, which a stranger may have written: a grant that is to come is waited for as one of now. */
class StoredTimesTest extends EncryptionScenario {
    private static final String NEVER = "9999-12-31T23:59:59Z";
    /** What Azure documents for a fresh grant, and a few requests. */
    private static final Duration LONGEST = Duration.ofMinutes(11);

    private final FederatedApp app = phase1();
    private final AuthorizedKey key = phase2(app);

    StoredTimesTest() {
        rest(
                fabrikam,
                "DELETE",
                "https://management.azure.com" + key.roleAssignmentId() + "?api-version=2022-04-01",
                null);
    }

    private static <T extends JsonSerializable<T>> T with(
            T record, String field, String time, ReadValueCallback<JsonReader, T> type) {
        try {
            String json = record.toJsonString();
            String changed = json.replaceFirst("(\"" + field + "\":)\"[^\"]*\"", "$1\"" + time + "\"");
            assertThat(changed).contains(time).isNotEqualTo(json);
            try (JsonReader reader = JsonProviders.createReader(changed)) {
                return type.read(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NEVER, "2600-01-01T00:00:00Z"})
    void grantThatIsToCome_isWaitedForAsOneOfNow(String time) {
        AuthorizedKey stored = with(key, "grantedAt", time, AuthorizedKey::fromJson);
        Instant began = azure.clock().now();

        CrossTenantCmkException refused = catchThrowableOfType(
                CrossTenantCmkException.class, () -> storage(app, stored).create());

        assertThat(refused).isNotNull();
        assertThat(Duration.between(began, azure.clock().now())).isLessThan(LONGEST);
    }

    @Test
    void trustThatIsToCome_isWaitedForAsOneOfNow() {
        FederatedApp stored = with(app, "trustedSince", NEVER, FederatedApp::fromJson);
        Instant began = azure.clock().now();

        CrossTenantCmkException refused = catchThrowableOfType(
                CrossTenantCmkException.class, () -> sql(stored, key).create());

        assertThat(refused).isNotNull();
        assertThat(Duration.between(began, azure.clock().now())).isLessThan(LONGEST);
    }

    @Test
    void verification_ofAGrantThatIsToCome_saysWhenItIsHonouredAtTheLatest() {
        AuthorizedKey stored = with(key, "grantedAt", NEVER, AuthorizedKey::fromJson);

        String told = CrossTenantCmk.provider(provider())
                .verification(app, stored)
                .customer(customer())
                .verify()
                .toString();

        assertThat(told).doesNotContain("9999", "+10000");
    }
}
