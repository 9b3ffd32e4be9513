package io.xtcmk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.management.AzureEnvironment;
import io.xtcmk.exception.InvalidInputException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyIdentifierTest {
    private static final String VERSION = "0123456789abcdef0123456789abcdef";
    private static final String KEY = "https://kv-fabrikam.vault.azure.net/keys/cmk";

    @ParameterizedTest
    @ValueSource(
            strings = {
                KEY,
                KEY + "/",
                " " + KEY + "\r\n",
                "HTTPS://KV-Fabrikam.Vault.Azure.Net/keys/cmk",
                "https://kv-fabrikam.vault.azure.net:443/keys/cmk",
                "https://kv-fabrikam.vault.azure.net:443/keys/cmk/",
            })
    void parse_anyFormWithoutVersion_isTheSameKey(String url) {
        assertThat(KeyIdentifier.parse(url)).isEqualTo(KeyIdentifier.parse(KEY)).hasToString(KEY);
        assertThat(KeyIdentifier.parse(url).version()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/" + VERSION, "/" + VERSION + "/", "/0123456789ABCDEF0123456789ABCDEF"})
    void parse_withVersion_keepsIt(String path) {
        KeyIdentifier key = KeyIdentifier.parse(KEY + path);
        assertThat(key.version()).isEqualTo(VERSION);
        assertThat(key).hasToString(KEY + "/" + VERSION);
        assertThat(key.versionless()).isEqualTo(KeyIdentifier.parse(KEY)).isNotEqualTo(key);
        assertThat(key.versionless().withVersion(VERSION)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "vault.azure.net, AZURE, false",
        "managedhsm.azure.net, AZURE, true",
        "vault.usgovcloudapi.net, GOV, false",
        "managedhsm.usgovcloudapi.net, GOV, true",
        "vault.azure.cn, CHINA, false",
        "managedhsm.azure.cn, CHINA, true",
    })
    void parse_eachDomain_knowsCloudAndHsm(String domain, String cloud, boolean hsm) {
        KeyIdentifier key = KeyIdentifier.parse("https://kv1." + domain + "/keys/k");
        AzureEnvironment expected = switch (cloud) {
            case "AZURE" -> AzureEnvironment.AZURE;
            case "GOV" -> AzureEnvironment.AZURE_US_GOVERNMENT;
            default -> AzureEnvironment.AZURE_CHINA;
        };
        assertThat(key.environment()).isSameAs(expected);
        assertThat(key.isManagedHsm()).isEqualTo(hsm);
        assertThat(key.vaultName()).isEqualTo("kv1");
        assertThat(key.vaultUrl()).isEqualTo("https://kv1." + domain + "/");
    }

    @Test
    void strangeHost_isRefusedWithTheHostsThatWouldDo() {
        assertThatThrownBy(() -> KeyIdentifier.parse("https://kv1.vault.example/keys/k"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(".vault.azure.net", ".managedhsm.azure.net", ".vault.azure.cn");
    }

    @Test
    void equals_ignoresCase_asKeyVaultDoes() {
        // learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates, "Object identifiers"
        KeyIdentifier upper = new KeyIdentifier("KV-FABRIKAM.vault.azure.net", "CMK", VERSION.toUpperCase(Locale.ROOT));
        assertThat(upper)
                .isEqualTo(KeyIdentifier.parse(KEY + "/" + VERSION))
                .hasSameHashCodeAs(KeyIdentifier.parse(KEY + "/" + VERSION));
        assertThat(upper.keyName()).isEqualTo("CMK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "kv-fabrikam",
                "kv-fabrikam.vault.azure.net/keys/cmk",
                "//kv-fabrikam.vault.azure.net/keys/cmk",
                "https:kv-fabrikam.vault.azure.net/keys/cmk",
                "https:///keys/cmk",
                "http://kv-fabrikam.vault.azure.net/keys/cmk",
                "ftp://kv-fabrikam.vault.azure.net/keys/cmk",
                "javascript:alert(1)//kv-fabrikam.vault.azure.net/keys/cmk",
                "https://user@kv-fabrikam.vault.azure.net/keys/cmk",
                "https://user:secret@kv-fabrikam.vault.azure.net/keys/cmk",
                "https://@kv-fabrikam.vault.azure.net/keys/cmk",
                "https://kv-fabrikam.vault.azure.net@evil.com/keys/cmk",
                "https://evil.com\\@kv-fabrikam.vault.azure.net/keys/cmk",
                "https://kv-fabrikam.vault.azure.net:8443/keys/cmk",
                "https://kv-fabrikam.vault.azure.net:80/keys/cmk",
                "https://kv-fabrikam.vault.azure.net:0/keys/cmk",
                "https://kv-fabrikam.vault.azure.net:/keys/cmk",
                "https://kv-fabrikam.vault.azure.net:00443/keys/cmk",
                "https://kv-fabrikam.vault.azure.net:65979/keys/cmk",
                "https://127.0.0.1/keys/cmk",
                "https://169.254.169.254/keys/cmk",
                "https://2130706433/keys/cmk",
                "https://[::1]/keys/cmk",
                "https://localhost/keys/cmk",
                "https://kv.vault.azure.net.evil.com/keys/cmk",
                "https://kv-fabrikam.vault.azure.net./keys/cmk",
                "https://kv-fabrikam.vault.azure.net../keys/cmk",
                "https://kv-fabrikam.evilvault.azure.net/keys/cmk",
                "https://kvvault.azure.net/keys/cmk",
                "https://vault.azure.net/keys/cmk",
                "https://.vault.azure.net/keys/cmk",
                "https://a.b.vault.azure.net/keys/cmk",
                "https://kv-fabrikam.privatelink.vaultcore.azure.net/keys/cmk",
                "https://kv-fabrikam.vault.azure.net.cn/keys/cmk",
                "https://kv-fabrikam.vault.azure.com/keys/cmk",
                "https://kv-fabrikam.vault.microsoftazure.de/keys/cmk",
                "https://kv-fabrikam\u3002vault\u3002azure\u3002net/keys/cmk",
                "https://kv-fabrikam.vault.\u0430zure.net/keys/cmk",
                "https://\u212av-fabrikam.vault.azure.net/keys/cmk",
                "https://xn--kv-fabrikam.vault.azure.net/keys/cmk",
                "https://kv_fabrikam.vault.azure.net/keys/cmk",
                "https://kv%2dfabrikam.vault.azure.net/keys/cmk",
                "https://-kv.vault.azure.net/keys/cmk",
                "https://1kv.vault.azure.net/keys/cmk",
                "https://k.vault.azure.net/keys/cmk",
                "https://kv.vault.azure.net/keys/cmk",
                "https://kv--a.vault.azure.net/keys/cmk",
                "https://abcdefghijklmnopqrstuvwxy.vault.azure.net/keys/cmk",
                "https://kv-fabrikam.vault.azure.net",
                "https://kv-fabrikam.vault.azure.net/",
                "https://kv-fabrikam.vault.azure.net/keys",
                "https://kv-fabrikam.vault.azure.net/keys/",
                "https://kv-fabrikam.vault.azure.net/secrets/cmk",
                "https://kv-fabrikam.vault.azure.net//keys/cmk",
                "https://kv-fabrikam.vault.azure.net/keys//cmk",
                KEY + "//",
                KEY + "/" + VERSION + "//",
                KEY + "//" + VERSION,
                KEY + "/" + VERSION + "/x",
                KEY + "/" + VERSION + "/rotate",
                "https://kv-fabrikam.vault.azure.net/keys/../secrets/s",
                "https://kv-fabrikam.vault.azure.net/keys/..",
                "https://kv-fabrikam.vault.azure.net/keys/.",
                "https://kv-fabrikam.vault.azure.net/keys/./" + VERSION,
                "https://kv-fabrikam.vault.azure.net/x/../keys/cmk",
                "https://kv-fabrikam.vault.azure.net/..;/keys/cmk",
                "https://kv-fabrikam.vault.azure.net/keys/..;/cmk",
                "https://kv-fabrikam.vault.azure.net/keys;x/cmk",
                "https://kv-fabrikam.vault.azure.net\\keys\\cmk",
                "https:\\\\kv-fabrikam.vault.azure.net/keys/cmk",
                "https://evil.com#kv-fabrikam.vault.azure.net/keys/cmk",
                "https://evil.com?kv-fabrikam.vault.azure.net/keys/cmk",
                "https://kv-fabrikam.vault.azure.net%00.evil.com/keys/cmk",
                "https://kv-fabrikam.vault.azure.net,evil.com/keys/cmk",
                "https://kv-fabrikam.vault.azure.net%2eevil.com/keys/cmk",
                "https://kv-fabrikam.vault.azure.net%2f@evil.com/keys/cmk",
                "https://[::ffff:169.254.169.254]/keys/cmk",
                "https://0x7f.1/keys/cmk",
                "https://kv-fabrikam.vault.azure.net%2Fkeys%2Fcmk",
                "https://kv-fabrikam.vault.azure.net/keys%2Fcmk",
                "https://kv-fabrikam.vault.azure.net/keys/a%2Fb",
                "https://kv-fabrikam.vault.azure.net/keys/%2e%2e",
                "https://kv-fabrikam.vault.azure.net/keys/a;b",
                "https://kv-fabrikam.vault.azure.net/keys/a_b",
                "https://kv-fabrikam.vault.azure.net/keys/a b",
                "https://kv-fabrikam.vault.azure.net/keys/schl\u00fcssel",
                KEY + "?api-version=7.4",
                KEY + "?",
                KEY + "#",
                KEY + "#f",
                KEY + "\nHost: evil",
                "https://kv-fabrikam.vault.azure.net/keys/a\u0000b",
                "https://kv-fabrikam.vault.azure.net/keys/a\u202eb",
                KEY + "/0123",
                KEY + "/" + VERSION + "0",
                KEY + "/g123456789abcdef0123456789abcdef",
                "ssh://\u001b[2J",
            })
    void parse_anythingElse_isRefused(String url) {
        refused("keyUrl", () -> KeyIdentifier.parse(url));
    }

    @Test
    void parse_overLong_isRefusedShortly() {
        assertThat(KeyIdentifier.parse("https://kv1.vault.azure.net/keys/" + "a".repeat(127))
                        .keyName())
                .hasSize(127);
        refused("keyUrl", () -> KeyIdentifier.parse("https://kv1.vault.azure.net/keys/" + "a".repeat(128)));
        refused("keyUrl", () -> KeyIdentifier.parse("https://" + "a".repeat(1_000_000)));
        refused("keyUrl", () -> KeyIdentifier.parse(KEY + "/a".repeat(1_000_000)));
        refused("keyUrl", () -> KeyIdentifier.parse("https://" + "a.".repeat(1_000_000) + "vault.azure.net/keys/k"));
    }

    @Test
    void parse_null_isRefused() {
        refused("keyUrl", () -> KeyIdentifier.parse(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://kv-fabrikam.vault.azure.net",
                "https://kv-fabrikam.vault.azure.net/",
                "https://kv-fabrikam.vault.azure.net:443/",
            })
    void of_vaultAndName_isTheKey(String vault) {
        assertThat(KeyIdentifier.of(vault, "cmk")).hasToString(KEY);
    }

    @Test
    void of_badParts_areRefusedByName() {
        refused("vaultUrl", () -> KeyIdentifier.of(null, "cmk"));
        refused("vaultUrl", () -> KeyIdentifier.of("kv-fabrikam", "cmk"));
        refused("vaultUrl", () -> KeyIdentifier.of(KEY, "cmk"));
        refused("vaultUrl", () -> KeyIdentifier.of("https://kv-fabrikam.vault.azure.net/?x", "cmk"));
        refused("vaultUrl", () -> KeyIdentifier.of("https://evil.com/", "cmk"));
        refused("keyName", () -> KeyIdentifier.of("https://kv-fabrikam.vault.azure.net", null));
        refused("keyName", () -> KeyIdentifier.of("https://kv-fabrikam.vault.azure.net", "a/b"));
        refused("keyName", () -> KeyIdentifier.of("https://kv-fabrikam.vault.azure.net", ".."));
    }

    @Test
    void new_badParts_areRefusedByName() {
        String host = "kv-fabrikam.vault.azure.net";
        refused("vaultHost", () -> new KeyIdentifier(null, "k", null));
        refused("vaultHost", () -> new KeyIdentifier("evil.com", "k", null));
        refused("vaultHost", () -> new KeyIdentifier("\u212av1.vault.azure.net", "k", null));
        refused("vaultHost", () -> new KeyIdentifier("kv1.vault.azure.net/x", "k", null));
        refused("vaultHost", () -> new KeyIdentifier("kv 1.vault.azure.net", "k", null));
        refused("keyName", () -> new KeyIdentifier(host, " ", null));
        refused("version", () -> new KeyIdentifier(host, "k", ""));
        refused("keyVersion", () -> KeyIdentifier.parse(KEY).withVersion(null));
        refused("keyVersion", () -> KeyIdentifier.parse(KEY).withVersion("latest"));
    }

    private static void refused(String argument, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidInputException.class, e -> {
            assertThat(e.argument()).isEqualTo(argument);
            assertThat(e.fix()).isNotBlank();
            assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
        });
    }
}
