package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.testing.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the journal must not keep. */
class JournalTest {
    private final TwoTenants two = new TwoTenants().connect();

    private String journal() {
        List<String> lines =
                two.azure.calls().stream().map(RecordedCall::toJson).toList();
        return String.join("\n", lines);
    }

    @Test
    void accessKeys_areMasked() {
        two.createAccount();
        Rest.Reply keys = two.arm(two.contoso)
                .post(TwoTenants.account(two.contoso, "stfabrikam").replace("?", "/listKeys?"), Map.of());
        Object first = ((List<?>) keys.json().get("keys")).get(0);
        String key = Json.text(Json.cast(first), "value").orElseThrow();

        assertThat(journal()).contains("\"keyName\"").doesNotContain(key);
    }

    @Test
    void whatAKeyEncryptsAndDecrypts_isMasked() {
        two.fabrikam.administrator().grant("Key Vault Crypto User", two.vaultId);
        Rest vault =
                Rest.over(two.azure.httpClient()).as(two.fabrikam.credential(), "https://vault.azure.net/.default");
        String plain = "c29tZWJvZHktcy1kYXRhLWtleQ";
        String wrapped = TwoTenants.ok(vault.post(
                        two.keyUrl + "/wrapkey?api-version=7.6", Json.object("alg", "RSA-OAEP-256", "value", plain)))
                .at("value");
        Rest.Reply unwrapped = vault.post(
                two.keyUrl + "/unwrapkey?api-version=7.6", Json.object("alg", "RSA-OAEP-256", "value", wrapped));

        assertThat(unwrapped.at("value")).isEqualTo(plain);
        assertThat(journal()).doesNotContain(plain);
    }

    @Test
    void blobs_areNotKept_evenThoseThatAreJson() {
        two.createAccount();
        Rest blobs = Rest.over(two.azure.httpClient())
                .as(two.contoso.credential(), "https://storage.azure.com/.default")
                .with("x-ms-blob-type", "BlockBlob");
        String container = "https://stfabrikam.blob.core.windows.net/data";
        TwoTenants.ok(blobs.put(container + "?restype=container", Map.of()));
        TwoTenants.ok(blobs.put(container + "/letter", Json.object("salary", "a secret of fabrikam")));

        assertThat(blobs.get(container + "/letter").text()).contains("a secret of fabrikam");
        assertThat(journal()).doesNotContain("a secret of fabrikam");
    }

    @Test
    @Timeout(30)
    void listener_mayWaitForAnotherThreadThatCalls() {
        Rest arm = two.arm(two.contoso);
        String group = TwoTenants.group(two.contoso, "?api-version=2021-04-01");
        List<Integer> answers = new ArrayList<>();
        List<RecordedCall> heard = new ArrayList<>();
        Runnable end = two.azure.onCall(call -> {
            heard.add(call);
            if (answers.isEmpty()) {
                answers.add(CompletableFuture.supplyAsync(() -> arm.get(group))
                        .join()
                        .status());
            }
        });

        arm.get(group);
        end.run();

        assertThat(answers).containsExactly(200);
        assertThat(heard).hasSize(2);
        assertThat(two.azure.calls()).endsWith(heard.toArray(RecordedCall[]::new));
    }

    @Test
    void urlsAndMessages_haveNoSecretsOrTokens() {
        Rest arm = two.arm(two.contoso);
        String token = Rest.token(two.contoso.credential(), "https://management.azure.com/.default");
        arm.get(TwoTenants.group(two.contoso, "?api-version=2021-04-01&sig=signature%3D"));
        arm.get("https://management.azure.com/subscriptions/" + token + "?api-version=2022-12-01");

        assertThat(journal()).contains("sig=***").doesNotContain("signature%3D", token);
    }
}
