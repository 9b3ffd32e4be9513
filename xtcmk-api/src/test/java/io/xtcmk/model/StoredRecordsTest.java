package io.xtcmk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.Region;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import io.xtcmk.KeyRegistry;
import io.xtcmk.exception.InvalidInputException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredRecordsTest {
    private static final TenantId CONTOSO = TenantId.of("11111111-1111-4111-8111-111111111111");
    private static final TenantId FABRIKAM = TenantId.of("22222222-2222-4222-8222-222222222222");
    private static final ClientId APP = ClientId.of("33333333-3333-4333-8333-333333333333");
    private static final String GROUP =
            "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg/providers/";
    private static final Instant THEN = Instant.parse("2026-11-23T08:00:00.123456789Z");
    private static final ResourceId IDENTITY =
            ResourceId.of(GROUP + "Microsoft.ManagedIdentity/userAssignedIdentities/id-cmk");
    private static final List<StepOutcome> OUTCOMES =
            List.of(new StepOutcome("key", FABRIKAM, "cmk", StepOutcome.Change.CREATED, Duration.ofSeconds(2)));

    private final FederatedApp app = new FederatedApp(
            CONTOSO,
            "contoso \"cmk\" \u00e4",
            ApplicationObjectId.of("55555555-5555-4555-8555-555555555555"),
            APP,
            new ManagedIdentity(
                    IDENTITY,
                    Region.EUROPE_WEST,
                    IdentityClientId.of("66666666-6666-4666-8666-666666666666"),
                    PrincipalId.of("77777777-7777-4777-8777-777777777777")),
            "id-cmk",
            THEN,
            OUTCOMES);
    private final AuthorizedKey key = new AuthorizedKey(
            FABRIKAM,
            APP,
            KeyIdentifier.parse("https://kv-fabrikam.vault.azure.net/keys/cmk"),
            ResourceId.of(GROUP + "Microsoft.KeyVault/vaults/kv-fabrikam"),
            ServicePrincipalId.of("88888888-8888-4888-8888-888888888888"),
            "/roleAssignments/a",
            THEN,
            KeySpec.rsaHsm(4096),
            OUTCOMES);
    private final AuthorizedKey pasted =
            AuthorizedKey.of(FABRIKAM, APP, "https://kv-fabrikam.vault.azure.net/keys/cmk/");
    private final EncryptedResource resource = new EncryptedResource(
            ResourceId.of(GROUP + "Microsoft.Storage/storageAccounts/st1"),
            CONTOSO,
            key,
            key.key().withVersion("0".repeat(32)),
            IDENTITY,
            APP,
            OUTCOMES);

    @Test
    void federatedApp_comesBack_withoutOutcomes() throws IOException {
        FederatedApp read = FederatedApp.fromJson(reader(json(app)));
        assertThat(read).isEqualTo(app).hasSameHashCodeAs(app);
        assertThat(read.knownTrustedSince()).contains(THEN);
        assertThat(read.identity().region()).isEqualTo(Region.EUROPE_WEST);
        assertThat(read.outcomes()).isEmpty();
    }

    @Test
    void managedIdentity_comesBack() throws IOException {
        assertThat(ManagedIdentity.fromJson(reader(json(app.identity())))).isEqualTo(app.identity());
    }

    @Test
    void authorizedKey_comesBack_withAndWithoutWhatIsOptional() throws IOException {
        AuthorizedKey read = AuthorizedKey.fromJson(reader(json(key)));
        assertThat(read).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(read.knownGrantedAt()).contains(THEN);
        assertThat(read.knownVaultId()).isPresent();
        AuthorizedKey bare = AuthorizedKey.fromJson(reader(json(pasted)));
        assertThat(bare).isEqualTo(pasted);
        assertThat(bare.knownGrantedAt()).isEmpty();
        assertThat(bare.knownVaultId()).isEmpty();
        assertThat(json(pasted)).doesNotContain("null", "vaultId");
        assertThat(AuthorizedKey.of(FABRIKAM, APP, "https://kv-fabrikam.vault.azure.net", "cmk"))
                .isEqualTo(pasted);
    }

    @Test
    void encryptedResource_comesBack() throws IOException {
        EncryptedResource read = EncryptedResource.fromJson(reader(json(resource)));
        assertThat(read).isEqualTo(resource).hasSameHashCodeAs(resource);
        assertThat(read.knownKeyInForce()).isPresent();
        EncryptedResource silent =
                new EncryptedResource(resource.id(), CONTOSO, pasted, null, IDENTITY, APP, List.of());
        assertThat(EncryptedResource.fromJson(reader(json(silent)))).isEqualTo(silent);
    }

    /** What was done to make a thing is not what it is. */
    @Test
    void records_ofOtherThings_areNotEqual() {
        KeyIdentifier rotated = key.key().withVersion("1".repeat(32));
        assertThat(resource)
                .isEqualTo(new EncryptedResource(
                        resource.id(), CONTOSO, key, resource.keyInForce(), IDENTITY, APP, List.of()))
                .isNotEqualTo(new EncryptedResource(resource.id(), CONTOSO, key, rotated, IDENTITY, APP, OUTCOMES))
                .isNotEqualTo(new EncryptedResource(IDENTITY, CONTOSO, key, null, IDENTITY, APP, OUTCOMES))
                .isNotEqualTo(key);
        assertThat(app)
                .isEqualTo(new FederatedApp(
                        CONTOSO, app.name(), app.objectId(), APP, app.identity(), "id-cmk", THEN, List.of()))
                .isNotEqualTo(new FederatedApp(
                        CONTOSO, "other", app.objectId(), APP, app.identity(), "id-cmk", THEN, OUTCOMES))
                .isNotEqualTo(new FederatedApp(
                        FABRIKAM, app.name(), app.objectId(), APP, app.identity(), "id-cmk", THEN, OUTCOMES))
                .isNotEqualTo(key);
        assertThat(key).isNotEqualTo(pasted).isNotEqualTo(resource);
    }

    @Test
    void ownershipTag_comesBack_withTheSameValue() throws IOException {
        OwnershipTag tag = OwnershipTag.issue("customer-42", FABRIKAM);
        OwnershipTag read = OwnershipTag.fromJson(reader(json(tag)));
        assertThat(read).isEqualTo(tag);
        assertThat(read.value()).isEqualTo(tag.value());
    }

    @Test
    void provenKey_comesBack() throws IOException {
        ProvenKey proven = new ProvenKey(key, "customer-42", THEN);
        assertThat(ProvenKey.fromJson(reader(json(proven)))).isEqualTo(proven);
    }

    /** A stored record goes to logs, and comes from where somebody else may have written. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nFORGED",
                "a\rFORGED",
                "a\u001b[31m",
                "a\u0085b",
                "a\u2028b",
                "a\u202eb",
                "a\u2066b",
                "a\u200bb",
                "a\ufeffb",
                "a\u3164b",
                "a\ud800b",
                "a\u0000"
            })
    void textsThatCannotBePrinted_areInNoStoredRecord(String hostile) {
        for (ThrowingCallable made : List.<ThrowingCallable>of(
                () -> OwnershipTag.issue(hostile, FABRIKAM),
                () -> new ProvenKey(key, hostile, THEN),
                () -> new AuthorizedKey(FABRIKAM, APP, key.key(), null, null, hostile, null, null, List.of()),
                () -> new FederatedApp(
                        CONTOSO, hostile, app.objectId(), APP, app.identity(), "id-cmk", null, List.of()),
                () -> new FederatedApp(CONTOSO, "app", app.objectId(), APP, app.identity(), hostile, null, List.of()),
                () -> new KeyRegistry.Claim(hostile, FABRIKAM, key.key()))) {
            assertThatThrownBy(made)
                    .isInstanceOf(InvalidInputException.class)
                    .message()
                    .doesNotContain(hostile);
        }
    }

    @Test
    void equals_ignoresHowItCameToBe() {
        assertThat(new AuthorizedKey(
                        key.tenantId(),
                        key.clientId(),
                        key.key(),
                        key.vaultId(),
                        key.servicePrincipalId(),
                        key.roleAssignmentId(),
                        null,
                        null,
                        List.of()))
                .isEqualTo(key);
        assertThat(key).isNotEqualTo(pasted);
        assertThat(new FederatedApp(
                        CONTOSO,
                        app.name(),
                        app.objectId(),
                        APP,
                        app.identity(),
                        app.credentialName(),
                        null,
                        List.of()))
                .isEqualTo(app);
    }

    @Test
    void fromJson_unknownFields_arePassedOver() throws IOException {
        String more = json(key).replaceFirst("\\{", "{\"later\":{\"a\":[1,{\"b\":null}]},\"n\":1.5,");
        assertThat(AuthorizedKey.fromJson(reader(more))).isEqualTo(key);
    }

    @Test
    void fromJson_nullOptionalField_isAbsent() throws IOException {
        String nulls = json(pasted).replaceFirst("\\{", "{\"vaultId\":null,\"grantedAt\":null,");
        assertThat(AuthorizedKey.fromJson(reader(nulls))).isEqualTo(pasted);
    }

    @Test
    void fromJson_insideAnotherDocument_leavesTheReaderBehindTheObject() throws IOException {
        try (JsonReader reader = reader("{\"key\":" + json(key) + ",\"after\":7}")) {
            Integer after = reader.readObject(r -> {
                Integer found = null;
                while (r.nextToken() != com.azure.json.JsonToken.END_OBJECT) {
                    String name = r.getFieldName();
                    r.nextToken();
                    if (name.equals("key")) {
                        assertThat(AuthorizedKey.fromJson(r)).isEqualTo(key);
                    } else {
                        found = r.getInt();
                    }
                }
                return found;
            });
            assertThat(after).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenantId",
                "key",
                "key.tenantId",
                "key.clientId",
                "key.key",
                "id",
                "identityId",
                "federatedClientId"
            })
    void fromJson_missingField_isNamedByItsPath(String path) throws IOException {
        String name = path.substring(path.lastIndexOf('.') + 1);
        String whole = json(resource);
        String broken = path.contains(".")
                ? whole.substring(0, whole.indexOf("\"key\":{"))
                        + whole.substring(whole.indexOf("\"key\":{"))
                                .replaceFirst("(\"key\":\\{.*?)\"" + name + "\":\"", "$1\"gone\":\"")
                : whole.replaceFirst("\"" + name + "\":", "\"gone\":");
        assertThatThrownBy(() -> EncryptedResource.fromJson(reader(broken)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"" + path + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "tenantId, '\"1-2-3-4-5\"'",
        "tenantId, 5",
        "clientId, '\"\"'",
        "key, '\"https://evil.com/keys/k\"'",
        "key, '{}'",
        "vaultId, '\"kv\"'",
        "vaultId, 5",
        "servicePrincipalId, '\"00000000-0000-0000-0000-000000000000\"'",
        "roleAssignmentId, '[]'",
        "roleAssignmentId, '\"  \"'",
        "grantedAt, '\"yesterday\\nWARN forged\"'",
        "grantedAt, 1700000000",
        "grantedAt, '\"+1000000000-12-31T23:59:59Z\"'",
        "grantedAt, '\"-1000000000-01-01T00:00:00Z\"'",
        "grantedAt, '\"+10000-01-01T00:00:00Z\"'",
        "grantedAt, '\"1969-12-31T23:59:59Z\"'",
    })
    void fromJson_brokenField_isNamed(String name, String value) throws IOException {
        String broken = json(key).replaceFirst("(\"" + name + "\":)\"[^\"]*\"", "$1" + value.replace("\\", "\\\\"));
        assertThatThrownBy(() -> AuthorizedKey.fromJson(reader(broken)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("\n");
    }

    /** Which of the two counts, each parser decides for itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tenantId\":\"22222222-2222-4222-8222-222222222222\",",
                "{\"grantedAt\":null,",
                "{\"unknown\":{\"a\":[{\"b\":1,\"b\":1}]},",
                "{\"unknown\":null,\"unknown\":null,",
            })
    void fromJson_fieldThatIsThereTwice_isRefused(String more) throws IOException {
        String twice = json(key).replaceFirst("\\{", more);
        assertThatThrownBy(() -> AuthorizedKey.fromJson(reader(twice)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is there twice");
    }

    @Test
    void fromJson_fieldThatIsThereTwice_isRefusedInEachRecord() throws IOException {
        Diagnosis diagnosis = new Diagnosis(THEN, List.of(), List.of());
        ProvenKey proven = new ProvenKey(key, "customer-42", THEN);
        OwnershipTag tag = OwnershipTag.issue("customer-42", FABRIKAM);
        List<ThrowingCallable> readings = List.of(
                () -> FederatedApp.fromJson(twice(app, "name")),
                () -> ManagedIdentity.fromJson(twice(app.identity(), "region")),
                () -> AuthorizedKey.fromJson(twice(key, "key")),
                () -> EncryptedResource.fromJson(twice(resource, "clientId")),
                () -> OwnershipTag.fromJson(twice(tag, "nonce")),
                () -> ProvenKey.fromJson(twice(proven, "reference")),
                () -> Diagnosis.fromJson(twice(diagnosis, "at")));
        readings.forEach(reading ->
                assertThatThrownBy(reading).isInstanceOf(IOException.class).hasMessageContaining("is there twice"));
    }

    private static JsonReader twice(JsonSerializable<?> record, String field) throws IOException {
        String json = json(record);
        assertThat(json).contains("\"" + field + "\":");
        return reader(json.replaceFirst("\"" + field + "\":", "\"" + field + "\":null,\"" + field + "\":"));
    }

    /** Of such a time no deadline can be reckoned. */
    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z", "1969-12-31T23:59:59Z"})
    void new_withATimeThatIsNone_isRefused(String text) {
        Instant never = Instant.parse(text);
        refused(
                "grantedAt",
                () -> new AuthorizedKey(FABRIKAM, APP, key.key(), null, null, null, never, null, OUTCOMES));
        refused(
                "trustedSince",
                () -> new FederatedApp(CONTOSO, "n", app.objectId(), APP, app.identity(), "c-1", never, OUTCOMES));
        refused("provenAt", () -> new ProvenKey(key, "customer-42", never));
        refused("at", () -> new Diagnosis(never, List.of(), List.of()));
    }

    @Test
    void fromJson_brokenNestedField_isNamedByItsPath() throws IOException {
        assertThatThrownBy(() -> FederatedApp.fromJson(
                        reader(json(app).replace("\"region\":\"westeurope\"", "\"region\":\" \""))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"identity.region\"");
        assertThatThrownBy(() -> FederatedApp.fromJson(
                        reader(json(app).replaceFirst("\"identity\":\\{", "\"identity\":5,\"x\":{"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"identity\" is not an object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"x\"", "5", "{", "{\"tenantId\":", "", "nonsense"})
    void fromJson_noObject_isAnIoException(String text) {
        assertThatThrownBy(() -> AuthorizedKey.fromJson(reader(text))).isInstanceOf(IOException.class);
    }

    /** The reader's own message quotes the text, which may be a stranger's; a stream's failure is told whole. */
    @Test
    void fromJson_thatCannotBeRead_isToldWithoutTheText_orWithTheStreamsFailure() throws IOException {
        assertThatThrownBy(() -> AuthorizedKey.fromJson(reader("{\"a\":nonsense}")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the record cannot be read: ")
                .hasNoCause();

        IOException cut = new IOException("cut off");
        JsonReader broken = JsonProviders.createReader(new Reader() {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                throw cut;
            }

            @Override
            public void close() {}
        });
        assertThatThrownBy(() -> AuthorizedKey.fromJson(broken)).hasRootCause(cut);
    }

    @Test
    void fromJson_brokenRecord_isNamedIfItIsPartOfAnother() throws IOException {
        assertThatThrownBy(() -> AuthorizedKey.fromJson(reader(json(key).replaceFirst("keys/cmk", "keys/a/b/c"))))
                .hasMessageStartingWith("the record");
        String tag = json(OwnershipTag.issue("customer-42", FABRIKAM))
                .replaceFirst("\"nonce\":\"[^\"]*\"", "\"nonce\":\"guess\"");
        assertThatThrownBy(() -> OwnershipTag.fromJson(reader(tag))).hasMessageStartingWith("the record is broken: ");
    }

    @Test
    void fromJson_nestedTooDeep_isAnIoException() {
        String deep = "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        assertThatThrownBy(() -> AuthorizedKey.fromJson(reader(deep))).isInstanceOf(IOException.class);
    }

    @Test
    void new_withoutWhatMustBeGiven_isRefusedByName() {
        List<StepOutcome> hole = Arrays.asList((StepOutcome) null);
        refused("tenantId", () -> AuthorizedKey.of(null, APP, "https://kv1.vault.azure.net/keys/k"));
        refused("clientId", () -> AuthorizedKey.of(FABRIKAM, null, "https://kv1.vault.azure.net/keys/k"));
        refused("keyUrl", () -> AuthorizedKey.of(FABRIKAM, APP, null));
        refused("outcomes", () -> new AuthorizedKey(FABRIKAM, APP, key.key(), null, null, null, null, null, null));
        refused("outcomes", () -> new AuthorizedKey(FABRIKAM, APP, key.key(), null, null, null, null, null, hole));
        refused(
                "roleAssignmentId",
                () -> new AuthorizedKey(FABRIKAM, APP, key.key(), null, null, "", null, null, OUTCOMES));
        refused("region", () -> new ManagedIdentity(IDENTITY, null, null, null));
        refused("identity", () -> new FederatedApp(CONTOSO, "n", app.objectId(), APP, null, "c", null, OUTCOMES));
        refused("name", () -> new FederatedApp(CONTOSO, " ", app.objectId(), APP, app.identity(), "c", null, OUTCOMES));
        refused("id", () -> new EncryptedResource(null, CONTOSO, key, null, IDENTITY, APP, OUTCOMES));
    }

    private static void refused(String argument, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.argument()).isEqualTo(argument));
    }

    private static String json(JsonSerializable<?> value) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = JsonProviders.createWriter(text)) {
            value.toJson(writer);
        }
        return text.toString();
    }

    private static JsonReader reader(String json) throws IOException {
        return JsonProviders.createReader(json);
    }
}
