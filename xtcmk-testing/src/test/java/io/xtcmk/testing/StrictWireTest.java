package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import io.xtcmk.testing.http.IllegalRequestError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The in-process client takes what RFC 3986 and RFC 9110 let a client send, and answers as a wire does. */
class StrictWireTest {
    private static final String ORIGIN = "https://management.azure.com";
    private static final String VERSION = "?api-version=2022-12-01";

    private final FakeAzure azure = FakeAzure.create();
    private final FakeTenant contoso = azure.tenant("contoso");

    private HttpResponse send(HttpRequest request) {
        return azure.httpClient().sendSync(request, Context.NONE);
    }

    private HttpResponse get(String url) {
        return send(new HttpRequest(HttpMethod.GET, url));
    }

    private HttpRequest subscriptions(HttpMethod method) {
        HttpRequest request = new HttpRequest(method, ORIGIN + "/subscriptions" + VERSION);
        String token = contoso.credential()
                .getTokenSync(new com.azure.core.credential.TokenRequestContext().addScopes(ORIGIN + "/.default"))
                .getToken();
        return request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
    }

    static Stream<String> charactersThatDoNotTravel() {
        return Stream.of(
                        IntStream.rangeClosed(1, 0x20),
                        "\"<>\\^`{|}[]#%".chars(),
                        IntStream.of(0x7f, 0x80, 0xe4, 0x100, 0x2028, 0xd83d))
                .flatMap(IntStream::boxed)
                .map(c -> String.valueOf((char) (int) c));
    }

    @ParameterizedTest
    @MethodSource("charactersThatDoNotTravel")
    void url_withACharacterThatDoesNotTravel_isAnErrorThatNamesIt(String character) {
        int c = character.charAt(0);
        String named = c == ' ' ? "a space" : c > ' ' && c < 0x7f ? "'" + character + "'" : String.format("U+%04X", c);

        assertThatThrownBy(() -> get(ORIGIN + "/subscriptions/a" + character + "zz" + VERSION))
                .as("in the path")
                .isInstanceOf(IllegalRequestError.class)
                .hasMessageContaining(named + " at " + (ORIGIN + "/subscriptions/a").length());
        assertThatThrownBy(() -> get(ORIGIN + "/subscriptions" + VERSION + "&x=" + character + "zz"))
                .as("in the query")
                .isInstanceOf(IllegalRequestError.class)
                .hasMessageContaining(named + " at " + (ORIGIN + "/subscriptions" + VERSION + "&x=").length());
        assertThat(azure.calls()).isEmpty();
    }

    /** RFC 3986, appendix A: pchar, and what else a query may have. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-", ".", "_", "~", "!", "$", "&", "'", "(", ")", "*", "+", ",", ";", "=", ":", "@", "%20", "/", "?"
            })
    void url_withACharacterThatTravels_isAnswered(String character) {
        String path = "?/".contains(character) ? "x" : character;

        assertThat(get(ORIGIN + "/subscriptions/" + contoso.subscriptionId() + "/resourceGroups/a" + path + "b"
                                + VERSION + "&x=" + character + "z")
                        .getStatusCode())
                .isGreaterThanOrEqualTo(400);
    }

    static Stream<String> charactersThatNoHeaderHas() {
        return IntStream.concat(
                        IntStream.rangeClosed(1, 0x1f).filter(c -> c != '\t'),
                        IntStream.of(0x7f, 0x80, 0xe4, 0x100, 0x2028))
                .mapToObj(c -> String.valueOf((char) c));
    }

    @ParameterizedTest
    @MethodSource("charactersThatNoHeaderHas")
    void headersValue_withSuchACharacter_isAnErrorThatNamesIt_andNotTheValue(String character) {
        HttpRequest request = subscriptions(HttpMethod.GET)
                .setHeader(HttpHeaderName.fromString("x-secret"), "sesame" + character + "open");

        assertThatThrownBy(() -> send(request))
                .isInstanceOf(IllegalRequestError.class)
                .hasMessageContaining("x-secret")
                .hasMessageContaining(String.format("U+%04X at 6", (int) character.charAt(0)))
                .message()
                .doesNotContain("sesame");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"a b|a space", "a:b|':'", "a(b|'('", "a\u00e4|U+00E4", "a/b|'/'"})
    void headersName_thatIsNoToken_isAnErrorThatNamesTheCharacter(String name, String named) {
        HttpRequest request = subscriptions(HttpMethod.GET).setHeader(HttpHeaderName.fromString(name), "x");

        assertThatThrownBy(() -> send(request))
                .isInstanceOf(IllegalRequestError.class)
                .hasMessageContaining(named);
    }

    @Test
    void contentLength_thatIsNotTheBodys_isAnError() {
        HttpRequest request = new HttpRequest(HttpMethod.PUT, ORIGIN + "/subscriptions" + VERSION)
                .setBody(BinaryData.fromString("{}"))
                .setHeader(HttpHeaderName.CONTENT_LENGTH, "3");

        assertThatThrownBy(() -> send(request))
                .isInstanceOf(IllegalRequestError.class)
                .hasMessageContaining("Content-Length is 3, but its body has 2 bytes");
    }

    @Test
    void answersHeaders_areFoundWhateverTheirCase() {
        HttpResponse answer = send(subscriptions(HttpMethod.GET));

        assertThat(answer.getHeaders().getValue(HttpHeaderName.fromString("CONTENT-type")))
                .startsWith("application/json");
        assertThat(answer.getHeaders().getValue(HttpHeaderName.CONTENT_LENGTH))
                .isEqualTo(String.valueOf(answer.getBodyAsBinaryData().toBytes().length));
    }

    @Test
    void answerToHead_andNoContent_bringNoBody() {
        String group = "/subscriptions/" + contoso.subscriptionId() + "/resourceGroups/rg-none?api-version=2024-11-01";
        HttpRequest head = subscriptions(HttpMethod.HEAD).setUrl(ORIGIN + group);

        HttpResponse answer = send(head);

        assertThat(answer.getStatusCode()).isEqualTo(404);
        assertThat(answer.getBodyAsBinaryData().toBytes()).isEmpty();
        assertThat(answer.getBody().collectList().block()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gzip|true", "GZIP;q=0.5, br|true", "gzip;q=0|false", "identity|false", "deflate, gzip|true"})
    void answer_isCompressedAndInChunks_forWhoAcceptsIt(String accepted, boolean compressed) throws IOException {
        byte[] plain = send(subscriptions(HttpMethod.GET)).getBodyAsBinaryData().toBytes();

        HttpResponse answer = send(subscriptions(HttpMethod.GET).setHeader(HttpHeaderName.ACCEPT_ENCODING, accepted));

        byte[] body = answer.getBodyAsBinaryData().toBytes();
        assertThat("gzip".equals(answer.getHeaderValue(HttpHeaderName.CONTENT_ENCODING)))
                .isEqualTo(compressed);
        assertThat(answer.getHeaderValue(HttpHeaderName.CONTENT_LENGTH))
                .isEqualTo(compressed ? null : String.valueOf(plain.length));
        assertThat(compressed ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body)
                .isEqualTo(plain);
    }
}
