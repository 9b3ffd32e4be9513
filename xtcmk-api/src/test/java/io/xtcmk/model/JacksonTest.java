package io.xtcmk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.Region;
import com.azure.json.JsonSerializable;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Spring controller returns and takes: Jackson 2 as Spring Boot 3 sets it up, and Jackson 3, which Boot 4 has. */
class JacksonTest {
    private static final String GUID = "8f9a2c1e-6f0b-4a53-9d3e-2b7c61d0a0";
    private static final ResourceId IDENTITY = ResourceId.of("/subscriptions/" + GUID
            + "01/resourceGroups/rg/providers/" + "Microsoft.ManagedIdentity/userAssignedIdentities/id-cmk");
    private static final ResourceId VAULT =
            ResourceId.of("/subscriptions/" + GUID + "01/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv");

    private final ObjectMapper jackson2 = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(MapperFeature.DEFAULT_VIEW_INCLUSION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final tools.jackson.databind.ObjectMapper jackson3 =
            tools.jackson.databind.json.JsonMapper.builder().build();

    static Stream<JsonSerializable<?>> records() {
        FederatedApp app = new FederatedApp(
                TenantId.of(GUID + "02"),
                "contoso-cmk",
                ApplicationObjectId.of(GUID + "03"),
                ClientId.of(GUID + "04"),
                new ManagedIdentity(
                        IDENTITY, Region.EUROPE_WEST, IdentityClientId.of(GUID + "05"), PrincipalId.of(GUID + "06")),
                "id-cmk",
                Instant.parse("2026-01-01T00:00:00Z"),
                List.of());
        AuthorizedKey key = AuthorizedKey.of(
                TenantId.of(GUID + "07"), app.clientId(), "https://kv-fabrikam.vault.azure.net/keys/cmk");
        EncryptedResource resource = new EncryptedResource(
                ResourceId.of("/subscriptions/" + GUID
                        + "01/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stfabrikam"),
                app.tenantId(),
                key,
                key.key().withVersion("0123456789abcdef0123456789abcdef"),
                IDENTITY,
                app.clientId(),
                List.of());
        Finding finding = new Finding(
                "contoso-cmk", "passwordCredentials", "1 of them", "It can leak.", Actor.PROVIDER, "Remove it.");
        DiagnosedLink link = new DiagnosedLink(
                DiagnosedLink.Kind.KEY, DiagnosedLink.State.HOLDS, key.tenantId(), "cmk", List.of(), null);
        return Stream.of(
                resource,
                finding,
                link,
                new Diagnosis(Instant.parse("2026-01-01T00:00:00Z"), List.of(link), List.of(finding)),
                new Diagnosis(Instant.parse("2026-01-01T00:00:00Z"), List.of(link), List.of()),
                app,
                app.identity(),
                key,
                OwnershipTag.issue("customer-42", key.tenantId()),
                new ProvenKey(key, "customer-42", Instant.parse("2026-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @MethodSource("records")
    void record_isItsOwnJson_andReadsBack(JsonSerializable<?> record) throws Exception {
        String written2 = jackson2.writeValueAsString(record);
        String written3 = jackson3.writeValueAsString(record);

        assertThat(written2).isEqualTo(record.toJsonString());
        assertThat(written3).isEqualTo(record.toJsonString());
        assertThat((Object) jackson2.readValue(written2, record.getClass())).isEqualTo(record);
        assertThat((Object) jackson3.readValue(written3, record.getClass())).isEqualTo(record);
    }

    /** As {@code spring.jackson.default-property-inclusion: non_empty} has it: empty lists are left out. */
    @ParameterizedTest
    @MethodSource("records")
    void record_readsBack_withoutWhatIsEmpty(JsonSerializable<?> record) throws Exception {
        ObjectMapper sparing = jackson2.copy().setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY);

        String written = sparing.writeValueAsString(record);

        assertThat((Object) sparing.readValue(written, record.getClass())).isEqualTo(record);
    }

    /** Jackson itself keeps the last of two, which whoever checked the text by another parser may not have seen. */
    @Test
    void fieldThatIsThereTwice_isRefused() {
        String tenant = "\"tenantId\":\"" + GUID + "02\"";
        String json = "{" + tenant + "," + tenant + ",\"clientId\":\"" + GUID
                + "04\",\"key\":\"https://kv-fabrikam.vault.azure.net/keys/cmk\"}";

        assertThatThrownBy(() -> jackson2.readValue(json, AuthorizedKey.class))
                .hasMessageContainingAll("tenantId", "twice");
        assertThatThrownBy(() -> jackson3.readValue(json, AuthorizedKey.class))
                .hasMessageContainingAll("tenantId", "twice");
    }

    /** A response of a controller, with ids of each kind and a key beside the records. */
    record Onboarded(ResourceId vault, KeyIdentifier key, TenantId tenant, ServicePrincipalId principal, Plan plan) {}

    @Test
    void values_areStrings_inAResponse() throws Exception {
        Onboarded onboarded = new Onboarded(
                VAULT,
                KeyIdentifier.parse("https://kv-fabrikam.vault.azure.net/keys/cmk"),
                TenantId.of(GUID + "02"),
                ServicePrincipalId.of(GUID + "08"),
                new Plan(List.of()));

        String written = jackson2.writeValueAsString(onboarded);

        assertThat(written)
                .contains(
                        "\"vault\":\"" + VAULT + "\"",
                        "\"key\":\"https://kv-fabrikam.vault.azure.net/keys/cmk\"",
                        "\"tenant\":\"" + GUID + "02\"");
        assertThat(jackson2.readValue(written, Onboarded.class)).isEqualTo(onboarded);
        assertThat(jackson3.readValue(jackson3.writeValueAsString(onboarded), Onboarded.class))
                .isEqualTo(onboarded);
    }

    @Test
    void outcome_isWritten() throws Exception {
        StepOutcome outcome = new StepOutcome(
                "key", TenantId.of(GUID + "02"), "kv/cmk", StepOutcome.Change.CREATED, Duration.ofSeconds(2));

        assertThat(jackson2.writeValueAsString(outcome)).contains("\"step\":\"key\"", "\"change\":\"CREATED\"");
    }

    @Test
    void brokenRecord_isRefused_withItsField() {
        String json = "{\"tenantId\":\"" + GUID
                + "02\",\"clientId\":\"no GUID\",\"key\":\"https://kv-fabrikam.vault.azure.net/keys/cmk\"}";

        assertThatThrownBy(() -> jackson2.readValue(json, AuthorizedKey.class)).hasMessageContaining("clientId");
        assertThatThrownBy(() -> jackson3.readValue(json, AuthorizedKey.class)).hasMessageContaining("clientId");
    }
}
