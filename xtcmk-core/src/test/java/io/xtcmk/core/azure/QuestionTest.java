package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import com.azure.core.test.http.MockHttpResponse;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.model.KeyIdentifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Successes that are not the service's, and what each client makes of them. */
class QuestionTest {
    private static final String V1 = "https://graph.microsoft.com/v1.0/";
    private static final String VAULT = "https://kv-one.vault.azure.net/";
    private static final String VERSION = "0123456789abcdef0123456789abcdef";
    private static final String ID = "44444444-4444-4444-4444-444444444444";

    private final Wire wire = new Wire();
    private final Azure azure = new Azure(wire.connection());

    private AzureFailure failure(Runnable call) {
        return catchThrowableOfType(AzureFailure.class, call::run);
    }

    private AzureFailure application() {
        return failure(() -> azure.graph().application("contoso-cmk"));
    }

    private AzureFailure identity() {
        return failure(() -> azure.managedIdentities().find("rg", "id"));
    }

    private static String identity(String id, String more) {
        return """
                {"id":"/subscriptions/%s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/%s",\
                "location":"westeurope","properties":{"clientId":"%s","principalId":"%s"}%s}""".formatted(Wire.SUBSCRIPTION, id, ID, ID, more);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "text/html",
                "text/plain",
                "application/xml",
                "application/json; charset=utf-16",
                "application/json;charset=\"iso-8859-1\"",
                ";;;",
                "none",
            })
    void otherType_cannotBeRead(String type) {
        for (int i = 0; i < 2; i++) {
            wire.answer(request -> {
                HttpHeaders headers = new HttpHeaders();
                if (type != null) {
                    headers.set(HttpHeaderName.CONTENT_TYPE, type);
                }
                byte[] body = identity("id", "").getBytes(StandardCharsets.UTF_8);
                return new MockHttpResponse(request, 200, headers, body);
            });
        }
        assertThat(identity().code()).isEqualTo("UnreadableAnswer");
        assertThat(application().code()).isEqualTo("UnreadableAnswer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;odata.metadata=minimal;charset=\"UTF8\"",
                "application/scim+json",
                "text/json"
            })
    void typesOfJson_areRead(String type) {
        wire.answer(200, identity("id", ""), "Content-Type", type);
        assertThat(azure.managedIdentities().find("rg", "id").value()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"x\"", "{\"id\":", "{}x"})
    void noObject_cannotBeRead(String body) {
        wire.answer(200, body).answer(200, body);
        assertThat(identity().code()).isEqualTo("UnreadableAnswer");
        assertThat(application().code()).isEqualTo("UnreadableAnswer");
    }

    @Test
    void otherShape_isSaidWithoutAWordOfIt() {
        wire.answer(200, "{\"id\":\"secret\"}", "x-ms-request-id", "r");
        AzureFailure failure = identity();
        assertThat(failure.is(200, "InvalidAnswer")).isTrue();
        assertThat(failure.message()).isEqualTo("the answer does not have a text at location");
        assertThat(failure.requestId()).isEqualTo("r");
        assertThat(failure.isTransient()).isFalse();
        assertThat(failure.answer()).as("Azure did not say that").isEmpty();
    }

    @Test
    void otherResource_isNotTaken() {
        wire.answer(200, identity("other", ""));
        assertThat(identity().code()).isEqualTo("InvalidAnswer");
    }

    /** Of a type that no shape asks for, and the client cannot make out. */
    @Test
    void whatTheClientCannotRead_isTheAnswersFault() {
        wire.answer(200, identity("id", ",\"tags\":[1]"));
        assertThat(identity().code()).isIn("InvalidAnswer", "UnreadableAnswer");
    }

    @Test
    void headerThatNoClientTakes_isTheAnswersFault() {
        wire.answer(200, """
                        {"id":"%s","appId":"%s","uniqueName":"contoso-cmk"}""".formatted(ID, ID), "x-note", "\u0000");
        assertThat(application().code()).isEqualTo("InvalidAnswer");
    }

    @Test
    void changeThatIsAnsweredWithAnything_isNotTakenForMade() {
        wire.answer(200, "{}");
        assertThat(failure(() -> azure.graph().updateApplication(ID, new com.microsoft.graph.models.Application()))
                        .code())
                .isEqualTo("InvalidAnswer");
    }

    // pages

    private AzureFailure pages(IntFunction<String> nextLink, int pages) {
        for (int i = 0; i < pages; i++) {
            wire.answer(200, "{\"value\":[],\"@odata.nextLink\":" + nextLink.apply(i) + "}");
        }
        return failure(() -> azure.graph().credentials(ID));
    }

    @Test
    void pagesInACircle_end() {
        AzureFailure failure = pages(i -> "\"" + V1 + "applications/x?page=" + i % 2 + "\"", 5);
        assertThat(failure.message()).isEqualTo("the pages go in a circle");
        assertThat(wire.requests).hasSize(3);
    }

    @Test
    void pagesWithoutEnd_end() {
        AzureFailure failure = pages(i -> "\"" + V1 + "applications/x?page=" + i + "\"", 1000);
        assertThat(failure.code()).isEqualTo("InvalidAnswer");
        assertThat(wire.requests).hasSize(401);
    }

    @Test
    void pagesOfResourceManager_endToo() {
        for (int i = 0; i < 1000; i++) {
            wire.answer(200, "{\"value\":[],\"nextLink\":\"https://management.azure.com/next?page=" + i + "\"}");
        }
        assertThat(failure(() -> azure.vaults().named("kv-one")).code()).isEqualTo("InvalidAnswer");
        assertThat(wire.requests).hasSize(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "{}", "\"https://[\"", "\"::\""})
    void nextPageThatIsNone_isNotFollowed(String link) {
        assertThat(pages(i -> link, 1).code()).isEqualTo("InvalidAnswer");
        assertThat(wire.requests).hasSize(1);
    }

    // keys

    private static String key(String kid) {
        return """
                {"key":{"kid":"%s","kty":"RSA","key_ops":["wrapKey"],"n":"AQAB","e":"AQAB"},\
                "attributes":{"enabled":true},"tags":{"a":"b"}}""".formatted(kid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://kv-two.vault.azure.net/keys/k/" + VERSION,
                VAULT + "keys/other/" + VERSION,
                VAULT + "keys/k/latest",
                VAULT + "keys/k",
                VAULT + "secrets/k/" + VERSION,
                "https://kv-one.evil.example/keys/k/" + VERSION,
                "k",
                "",
            })
    void otherKey_isNotTaken(String kid) {
        VaultKeys keys = azure.vaultKeys(VAULT);
        KeyIdentifier version = KeyIdentifier.parse(VAULT + "keys/k/" + VERSION);
        for (int i = 0; i < 5; i++) {
            wire.answer(200, key(kid));
        }
        for (Runnable call : Arrays.<Runnable>asList(
                () -> keys.find("k"),
                () -> keys.rotate("k"),
                () -> keys.deleted("k"),
                () -> keys.recover("k"),
                () -> keys.tag(version, Map.of("a", "b")))) {
            assertThat(failure(call).code()).isEqualTo("InvalidAnswer");
        }
    }

    @Test
    void otherVersionThanAsked_isNotTaken() {
        wire.answer(200, key(VAULT + "keys/k/" + VERSION)).answer(200, key(VAULT + "keys/k/" + VERSION));
        assertThat(azure.vaultKeys(VAULT).find("k", VERSION)).isPresent();
        assertThat(failure(() -> azure.vaultKeys(VAULT).find("k", VERSION.replace('0', '1')))
                        .code())
                .isEqualTo("InvalidAnswer");
    }

    @Test
    void tagsThatWereNotTaken_areNotTakenForSet() {
        KeyIdentifier version = KeyIdentifier.parse(VAULT + "keys/k/" + VERSION);
        wire.answer(200, key(version.toString())).answer(200, key(version.toString()));
        azure.vaultKeys(VAULT).tag(version, Map.of("a", "b"));
        assertThat(failure(() -> azure.vaultKeys(VAULT).tag(version, Map.of("a", "c")))
                        .code())
                .isEqualTo("InvalidAnswer");
    }

    @Test
    void answerWithoutMeasure_isCutOff() {
        byte[] body = new byte[20 << 20];
        Arrays.fill(body, (byte) ' ');
        byte[] whole = identity("id", "").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(whole, 0, body, 0, whole.length - 1);
        body[body.length - 1] = '}';
        wire.answer(request -> json(request, body));
        assertThat(identity().code()).isEqualTo("UnreadableAnswer");
    }

    private static HttpResponse json(com.azure.core.http.HttpRequest request, byte[] body) {
        HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json");
        return new MockHttpResponse(request, 200, headers, body);
    }
}
