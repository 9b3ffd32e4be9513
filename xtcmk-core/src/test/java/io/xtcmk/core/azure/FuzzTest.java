package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.management.AzureEnvironment;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.azure.json.ReadValueCallback;
import io.xtcmk.ConsentFlow;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.exception.ConsentRefusedException;
import io.xtcmk.exception.InvalidInputException;
import io.xtcmk.internal.Texts;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.EncryptedResource;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.KeyIdentifier;
import io.xtcmk.model.OwnershipTag;
import io.xtcmk.model.ProvenKey;
import io.xtcmk.model.ResourceId;
import io.xtcmk.model.TenantId;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever text comes from outside, each parser takes it or refuses it as it says: no other exception, no hang, no pile of
 * memory; and what it takes is what it seems. {@code -Dfuzz.inputs} and {@code -Dfuzz.seed} change how much and which.
 */
class FuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 10_000);
    private static final long SEED = Long.getLong("fuzz.seed", 42);
    private static final long MOST_BYTES = 64L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final String GUID = "33333333-3333-4333-8333-333333333333";
    private static final String KEY = "https://kv-fabrikam.vault.azure.net/keys/cmk";
    private static final String GROUP = "/subscriptions/" + GUID + "/resourceGroups/rg/providers/";
    private static final String AUTHORIZED =
            "{\"tenantId\":\"" + GUID + "\",\"clientId\":\"" + GUID + "\",\"key\":\"" + KEY + "\",\"vaultId\":\""
                    + GROUP + "Microsoft.KeyVault/vaults/kv-fabrikam\",\"grantedAt\":\"2026-01-01T00:00:00Z\"}";
    private static final String APP = "{\"tenantId\":\"" + GUID + "\",\"name\":\"contoso-cmk\",\"objectId\":\"" + GUID
            + "\",\"clientId\":\"" + GUID + "\",\"identity\":{\"id\":\"" + GROUP
            + "Microsoft.ManagedIdentity/userAssignedIdentities/id\",\"region\":\"westeurope\",\"clientId\":\"" + GUID
            + "\",\"principalId\":\"" + GUID + "\"},\"credentialName\":\"id-cmk\"}";
    private static final String RESOURCE =
            "{\"id\":\"" + GROUP + "Microsoft.Storage/storageAccounts/st\",\"tenantId\":\""
                    + GUID + "\",\"key\":" + AUTHORIZED + ",\"identityId\":\"" + GROUP
                    + "Microsoft.ManagedIdentity/userAssignedIdentities/id\",\"federatedClientId\":\"" + GUID + "\"}";
    private static final String TAG =
            "{\"reference\":\"customer-42\",\"tenantId\":\"" + GUID + "\",\"nonce\":\"" + "a".repeat(43) + "\"}";
    private static final String PROVEN =
            "{\"key\":" + AUTHORIZED + ",\"reference\":\"customer-42\",\"provenAt\":\"2026-01-01T00:00:00Z\"}";

    /** Takes a text, or throws what it may throw. */
    @FunctionalInterface
    private interface Parser {
        void take(String text) throws Exception;
    }

    private static void fuzz(String name, List<String> seeds, Set<Class<?>> refusals, Parser parser) {
        Fuzz fuzz = new Fuzz(SEED, seeds);
        int taken = 0;
        long began = System.nanoTime();
        for (int i = 0; i < INPUTS; i++) {
            String text = fuzz.next();
            long allocated = Fuzz.allocated();
            try {
                parser.take(text);
                taken++;
            } catch (Throwable e) {
                assertThat(refusals)
                        .as("%s, seed %d, input %d: %s", name, SEED, i, Fuzz.shown(text))
                        .withFailMessage(() -> "refused by " + Texts.oneLine(String.valueOf(e), 300))
                        .contains(e.getClass());
                assertThat(String.valueOf(e.getMessage()))
                        .as("%s, input %d", name, i)
                        .hasSizeLessThan(4000)
                        .matches(Texts::isOneLine, "on one line");
            }
            assertThat(Fuzz.allocated() - allocated)
                    .as("bytes for %s, seed %d, input %d: %s", name, SEED, i, Fuzz.shown(text))
                    .isLessThan(MOST_BYTES);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(took).as(name).isLessThan(LONGEST.multipliedBy(1 + INPUTS / 10_000));
        System.out.printf("fuzz: %-22s %7d inputs, %6d taken, %5d ms%n", name, INPUTS, taken, took.toMillis());
    }

    @Test
    void keyUrls() {
        fuzz(
                "key URL",
                List.of(KEY, KEY + "/0123456789abcdef0123456789abcdef", "https://h1m.managedhsm.azure.cn:443/keys/k/"),
                Set.of(InvalidInputException.class),
                text -> {
                    KeyIdentifier key = KeyIdentifier.parse(text);
                    assertThat(key.vaultUrl())
                            .matches(
                                    "https://[a-z][a-z0-9-]{1,22}[a-z0-9]\\.(vault|managedhsm)\\.(azure\\.net|azure\\.cn|"
                                            + "usgovcloudapi\\.net)/");
                    assertThat(KeyIdentifier.parse(key.toString())).isEqualTo(key);
                });
    }

    @Test
    void vaultUrls() {
        fuzz(
                "vault URL",
                List.of("https://kv-fabrikam.vault.azure.net/"),
                Set.of(InvalidInputException.class),
                text -> {
                    URI url = URI.create(KeyIdentifier.of(text, "k").vaultUrl());
                    assertThat(url.getHost()).isEqualTo(url.getRawAuthority());
                });
    }

    @Test
    void resourceIds() {
        fuzz(
                "resource id",
                List.of(GROUP + "Microsoft.Storage/storageAccounts/st", GROUP + "Microsoft.KeyVault/vaults/kv/keys/k"),
                Set.of(InvalidInputException.class),
                text -> {
                    ResourceId id = ResourceId.of(text);
                    assertThat(ResourceId.of(id.toString())).isEqualTo(id);
                    URI uri = URI.create("https://management.azure.com"
                            + id.toString().replaceAll("[^\\x21-\\x7e]|[\"<>^`{|}\\[\\]]", "x"));
                    assertThat(uri.getHost()).isEqualTo("management.azure.com");
                    assertThat(uri.normalize()).isEqualTo(uri);
                });
    }

    @Test
    void ids() {
        fuzz(
                "id",
                List.of(GUID, " " + GUID),
                Set.of(InvalidInputException.class),
                text -> assertThat(TenantId.of(text)).hasToString(text.strip().toLowerCase(java.util.Locale.ROOT)));
    }

    @Test
    void redirects() {
        String back = "https://contoso.example/consented";
        ConsentFlow flow =
                CrossTenantCmk.consent(ClientId.of(GUID), URI.create(back)).build();
        fuzz(
                "redirect",
                List.of(
                        back + "?admin_consent=True&tenant=" + GUID + "&state=STATE",
                        back + "?error=consent_required&error_description=AADSTS65004%3a+no&state=x",
                        back + "?code=0.AAA&session_state=1&state=STATE"),
                Set.of(InvalidInputException.class, ConsentRefusedException.class, NotAUri.class),
                text -> {
                    String asked = flow.adminConsentUrl(TenantId.of(GUID), "customer-42")
                            .getRawQuery();
                    String state = asked.substring(asked.indexOf("state=") + 6);
                    ConsentFlow.Consent consent = flow.accept(uri(text.replace("STATE", state)));
                    assertThat(text)
                            .startsWithIgnoringCase("https://contoso.example")
                            .contains("STATE");
                    assertThat(consent.reference()).isEqualTo("customer-42");
                });
    }

    /** The web server's refusal, not ours. */
    private static final class NotAUri extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static URI uri(String text) throws NotAUri {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new NotAUri();
        }
    }

    private static URL url(String text) throws NotAUri {
        try {
            return new URL(text);
        } catch (MalformedURLException e) {
            throw new NotAUri();
        }
    }

    @Test
    void challenges() {
        String challenge = "Bearer authorization=\"https://login.microsoftonline.com/" + GUID
                + "\", resource=\"https://vault.azure.net\"";
        fuzz("challenge", List.of(challenge, challenge.replace(", ", ",")), Set.of(), text -> {
            for (Clouds cloud : Clouds.values()) {
                VaultChallenge.tenant(List.of(text), cloud, cloud.keys("kv" + cloud.vaultSuffix()))
                        .ifPresent(tenant -> assertThat(text.toLowerCase(java.util.Locale.ROOT))
                                .startsWith("bearer ")
                                .contains("https://login.", "/" + tenant));
            }
        });
    }

    @Test
    void waits() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        fuzz("Retry-After", List.of("120", "Thu, 01 Jan 2026 00:00:30 GMT"), Set.of(), text -> {
            Duration wait = Headers.retryAfter(new HttpHeaders().set(HttpHeaderName.RETRY_AFTER, text), now);
            assertThat(wait == null || !wait.isNegative()).isTrue();
        });
    }

    @Test
    void errorBodies() {
        fuzz(
                "error body",
                List.of(
                        "{\"error\":{\"code\":\"Forbidden\",\"message\":\"no\",\"innererror\":{\"code\":\"ForbiddenByRbac\"}}}",
                        "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: no\",\"error_codes\":[7000215]}",
                        "{\"Code\":1,\"error\":[{}]}"),
                Set.of(),
                text -> {
                    ErrorBody body = ErrorBody.parse(text.getBytes(StandardCharsets.UTF_8));
                    AzureFailure failure = new AzureFailure(
                            403, body.code().orElse("x"), body.message().orElse(""), null, null, null);
                    assertThat(failure.getMessage()).matches(Texts::isOneLine);
                });
    }

    @Test
    void storedRecords() {
        fuzz("stored application", List.of(APP), Set.of(IOException.class), json -> read(json, FederatedApp::fromJson));
        fuzz("stored key", List.of(AUTHORIZED), Set.of(IOException.class), json -> read(json, AuthorizedKey::fromJson));
        fuzz(
                "stored resource",
                List.of(RESOURCE),
                Set.of(IOException.class),
                json -> read(json, EncryptedResource::fromJson));
        fuzz("stored tag", List.of(TAG), Set.of(IOException.class), json -> read(json, OwnershipTag::fromJson));
        fuzz("stored proof", List.of(PROVEN), Set.of(IOException.class), json -> read(json, ProvenKey::fromJson));
    }

    private static <R extends JsonSerializable<R>> void read(String json, ReadValueCallback<JsonReader, R> fromJson)
            throws IOException {
        R record;
        try (JsonReader reader = JsonProviders.createReader(json)) {
            record = fromJson.read(reader);
        }
        StringWriter again = new StringWriter();
        try (JsonWriter writer = JsonProviders.createWriter(again)) {
            record.toJson(writer).flush();
        }
        try (JsonReader reader = JsonProviders.createReader(again.toString())) {
            assertThat(fromJson.read(reader)).isEqualTo(record);
        }
        assertThat(record.toString()).matches(Texts::isOneLine);
    }

    @Test
    void hostsForTokens() {
        fuzz(
                "host for a token",
                List.of("https://kv-fabrikam.vault.azure.net/keys/k", "https://management.azure.com/subscriptions"),
                Set.of(NotAUri.class),
                text -> {
                    URL url = url(text);
                    if (Clouds.PUBLIC.keys("kv.vault.azure.net").admits(url)) {
                        assertThat(url.getHost()).endsWithIgnoringCase(".vault.azure.net");
                        assertThat(url.getUserInfo()).isNull();
                        assertThat(url.getProtocol()).isEqualTo("https");
                    }
                    if (Clouds.of(AzureEnvironment.AZURE).arm().admits(url)) {
                        assertThat(url.getHost()).isEqualToIgnoringCase("management.azure.com");
                    }
                });
    }

    @Test
    void shownTexts() {
        fuzz("shown text", List.of(KEY, "a b c", "\u202e\n"), Set.of(), text -> {
            assertThat(Texts.oneLine(text)).matches(Texts::isOneLine);
            assertThat(Texts.oneLine(text, 50)).hasSizeLessThan(55).matches(Texts::isOneLine);
        });
    }
}
