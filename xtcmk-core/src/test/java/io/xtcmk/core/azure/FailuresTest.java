package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.azure.identity.CredentialUnavailableException;
import com.microsoft.aad.msal4j.AuthenticationErrorCode;
import com.microsoft.aad.msal4j.MsalClientException;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.aad.msal4j.MsalThrottlingException;
import com.microsoft.graph.models.odataerrors.MainError;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.kiota.ApiException;
import com.microsoft.kiota.ApiExceptionBuilder;
import com.microsoft.kiota.ResponseHeaders;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Retry;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.testing.FakeClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Exceptions;

class FailuresTest {
    private final Failures failures = new Failures(new FakeClock(Wire.START));

    private static HttpResponse response(int status, String body, String... headers) {
        return Wire.response(new HttpRequest(HttpMethod.GET, "https://management.azure.com/"), status, body, headers);
    }

    private AzureFailure refused(int status, String body, String... headers) {
        return failures.of(response(status, body, headers), body.getBytes(StandardCharsets.UTF_8), null);
    }

    private AzureFailure called(RuntimeException thrown) {
        return catchThrowableOfType(AzureFailure.class, () -> failures.call(Shape.ANY, thrower(thrown)));
    }

    private AzureFailure token(RuntimeException thrown) {
        return catchThrowableOfType(AzureFailure.class, () -> failures.token(thrower(thrown)));
    }

    private static Supplier<String> thrower(RuntimeException thrown) {
        return () -> {
            throw thrown;
        };
    }

    /** Envelopes as Resource Manager, Graph and Key Vault (learn.microsoft.com/azure/key-vault/general/rest-error-codes) send them. */
    static Stream<Arguments> envelopes() {
        return Stream.of(
                Arguments.of("{'error':{'code':'ResourceNotFound','message':'m'}}", "ResourceNotFound"),
                Arguments.of("{'code':'InvalidLocation','message':'m'}", "InvalidLocation"),
                Arguments.of(
                        "{'error':{'code':'Request_BadRequest','message':'m','innerError':{'request-id':'1'}}}",
                        "Request_BadRequest"),
                Arguments.of(
                        "{'error':{'code':'Forbidden','message':'m','innererror':{'code':'ForbiddenByRbac'}}}",
                        "ForbiddenByRbac"),
                Arguments.of(
                        "{'error':{'code':'Forbidden','message':'m','innererror':{'code':'KeyDisabled'}}}",
                        "KeyDisabled"),
                Arguments.of("{'error':{'code':'Unauthorized','message':'AKV10032: Invalid issuer. m'}}", "AKV10032"),
                Arguments.of("{'error':'invalid_client','error_description':'m'}", "invalid_client"));
    }

    @ParameterizedTest
    @MethodSource("envelopes")
    void code_isReadFromEachServicesEnvelope(String body, String code) {
        AzureFailure failure = refused(403, body.replace('\'', '"'));
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).endsWith("m");
    }

    @ParameterizedTest
    @CsvSource({"''", "<html/>", "[]", "'{\"error\":null}'", "{"})
    void code_isTheStatusWhereThereIsNoEnvelope(String body) {
        assertThat(refused(502, body).code()).isEqualTo("Http502");
        assertThat(refused(502, body).isTransient()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "17,PT17S",
        "0,PT0S",
        "'Thu, 01 Jan 2026 00:00:30 GMT',PT30S",
        "'Wed, 31 Dec 2025 23:00:00 GMT',PT0S",
        "99999999999999999999999,",
        "soon,",
        "-1,"
    })
    void retryAfter_isSecondsOrADate(String value, Duration expected) {
        assertThat(refused(429, "", "Retry-After", value).retryAfter().orElse(null))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"x-ms-request-id", "request-id"})
    void requestId_isKept(String header) {
        assertThat(refused(403, "", header, "abc").answer().orElseThrow().requestId())
                .isEqualTo("abc");
    }

    @Test
    void managementException_isRead() {
        ManagementException e = new ManagementException(
                "m", response(409, "", "x-ms-request-id", "r"), new ManagementError("Conflict", "why"));
        AzureFailure failure = called(e);
        assertThat(failure.is(409, "Conflict")).isTrue();
        assertThat(failure.message()).isEqualTo("why");
    }

    @Test
    void httpResponseException_isReadFromItsBody() {
        String body = "{\"error\":{\"code\":\"KeyNotFound\",\"message\":\"m\"}}";
        assertThat(called(new HttpResponseException("m", response(404, body))).is(404, "KeyNotFound"))
                .isTrue();
    }

    @Test
    void odataError_isRead() {
        ODataError e = new ODataError();
        MainError error = new MainError();
        error.setCode("Authorization_RequestDenied");
        error.setMessage("Insufficient privileges");
        e.setError(error);
        ApiException answer = new ApiExceptionBuilder(() -> e)
                .withResponseStatusCode(403)
                .withResponseHeaders(new ResponseHeaders())
                .build();
        assertThat(called(answer).is(403, "Authorization_RequestDenied")).isTrue();
    }

    static Stream<RuntimeException> networkTroubles() {
        return Stream.of(
                new UncheckedIOException(new ConnectException("refused")),
                new IllegalStateException(new IOException("reset")),
                Exceptions.propagate(new TimeoutException("no answer within 60 s")),
                new IllegalStateException(new java.net.UnknownHostException("x.vault.azure.net")));
    }

    @ParameterizedTest
    @MethodSource("networkTroubles")
    void networkTrouble_passes(RuntimeException e) {
        AzureFailure failure = called(e);
        assertThat(failure.code()).isEqualTo("Network");
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.answer()).isEmpty();
        assertThat(token(e).code()).isEqualTo("Network");
    }

    /** A proxy's page is no word of the service's; of the statuses that say enough by themselves it may be the form. */
    @ParameterizedTest
    @CsvSource({
        "400, UnreadableAnswer",
        "403, UnreadableAnswer",
        "404, UnreadableAnswer",
        "499, UnreadableAnswer",
        "408, Http408",
        "429, Http429",
        "500, Http500",
        "502, Http502",
    })
    void page_isNobodysWord_unlessTheStatusSaysEnough(int status, String code) {
        assertThat(refused(status, "<html>no way</html>").code()).isEqualTo(code);
        assertThat(refused(status, "[1]").code()).isEqualTo(code);
        assertThat(refused(status, "").code()).isEqualTo("Http" + status);
        assertThat(refused(status, "{}").code()).isEqualTo("Http" + status);
    }

    @Test
    void clientsExceptionOverASuccess_isAnAnswerThatCannotBeRead() {
        assertThat(called(new HttpResponseException("m", response(299, "{\"a\":")))
                        .code())
                .isEqualTo(OwnCodes.UNREADABLE);
        assertThat(called(new HttpResponseException("m", response(300, "{}"))).code())
                .isEqualTo("Http300");
    }

    @Test
    void graphsHeaders_areRead() {
        ResponseHeaders headers = new ResponseHeaders();
        headers.put("request-id", java.util.Set.of("r-1"));
        headers.put("Retry-After", java.util.Set.of("17"));
        AzureFailure failure = called(new ApiExceptionBuilder(ODataError::new)
                .withResponseStatusCode(429)
                .withResponseHeaders(headers)
                .build());

        assertThat(failure.is(429, "Http429")).isTrue();
        assertThat(failure.requestId()).isEqualTo("r-1");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
    }

    /** OkHttp calls its own time-outs so; only a thread that was told to stop has its flag up. */
    @Test
    void interruptedIo_isATimeOut_unlessTheThreadWasToldToStop() {
        RuntimeException e = new UncheckedIOException(new InterruptedIOException("timeout"));
        assertThat(called(e).code()).isEqualTo("Network");
        assertThat(token(e).code()).isEqualTo("Network");

        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> failures.call(Shape.ANY, thrower(e))).isInstanceOf(Retry.Interrupted.class);
            assertThatThrownBy(() -> failures.token(thrower(e))).isInstanceOf(Retry.Interrupted.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void interruptionOfATokenRequest_staysWhatItIs() {
        Retry.Interrupted stopped = new Retry.Interrupted(new InterruptedException());
        assertThatThrownBy(() -> failures.token(thrower(new IllegalStateException(stopped))))
                .isSameAs(stopped);
    }

    @Test
    void throttledTokenClient_isAskedAgainWhenItSays() {
        AzureFailure failure = token(new IllegalStateException(new MsalThrottlingException(4_000)));

        assertThat(failure.status()).isEqualTo(429);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(4));
    }

    @Test
    void tokenServicesStatusAndPatience_areRead() {
        AzureFailure failure = token(new ClientAuthenticationException("no", response(503, "", "Retry-After", "9")));

        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(9));
    }

    @Test
    void tokenClientsOwnCode_standsWhereEntraGaveNone() {
        AzureFailure failure =
                token(new IllegalStateException(new MsalServiceException("no", "temporarily_unavailable")));

        assertThat(failure.code()).isEqualTo("temporarily_unavailable");
        assertThat(token(new IllegalStateException("unauthorized_client: no")).status())
                .isEqualTo(400);
    }

    @Test
    void cause_isTheClientsOwn_unlessItRepeatsAToken() {
        String jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
        RuntimeException discreet = new IllegalStateException("no");
        assertThat(token(discreet)).hasCause(discreet);

        RuntimeException behind = new IllegalStateException("no");
        behind.addSuppressed(new IllegalStateException("innocent"));
        assertThat(token(behind)).hasCause(behind);
        behind.addSuppressed(new IllegalStateException("outer", new IllegalStateException("got " + jwt)));
        assertThat(token(behind).getCause()).isNotSameAs(behind).hasMessageContaining("no");
        assertThat(token(behind)).hasStackTraceContaining("no").satisfies(e -> {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain(jwt);
        });

        RuntimeException deep = new IllegalStateException("outer", new IllegalStateException("got " + jwt));
        assertThat(token(deep).getCause()).hasMessageContaining("outer").hasStackTraceContaining("got ***");
    }

    @Test
    void interruption_isNoFailure() {
        RuntimeException e = Exceptions.propagate(new InterruptedException());
        assertThatThrownBy(() -> failures.call(Shape.ANY, thrower(e))).isInstanceOf(Retry.Interrupted.class);
        assertThatThrownBy(() -> failures.token(thrower(e))).isInstanceOf(Retry.Interrupted.class);
    }

    @Test
    void mistakeInAProgram_staysWhatItIs() {
        RuntimeException e = new IllegalArgumentException("a bug");
        assertThatThrownBy(() -> failures.call(Shape.ANY, thrower(e))).isSameAs(e);
    }

    @Test
    void failure_isNotWrappedTwice() {
        AzureFailure failure = refused(404, "");
        assertThat(called(new IllegalStateException(failure))).isSameAs(failure);
        assertThat(token(new IllegalStateException(failure))).isSameAs(failure);
    }

    @Test
    void entrasCode_isFoundInWhateverWrapsIt() {
        MsalServiceException msal =
                new MsalServiceException("AADSTS7000229: The client application is missing", "invalid_client");
        AzureFailure failure = token(new ClientAuthenticationException("failed, see inner exception", null, msal));
        assertThat(failure.is(401, "AADSTS7000229")).isTrue();
        assertThat(failure.message()).startsWith("AADSTS7000229: ");
    }

    @Test
    void credentialWithoutACode_isStillARefusal() {
        assertThat(token(new CredentialUnavailableException("not signed in")).is(401, "CredentialUnavailable"))
                .isTrue();
        assertThat(token(new IllegalArgumentException("tenant not allowed")).is(401, "AuthenticationFailed"))
                .isTrue();
    }

    @Test
    void tokens_areNotRepeatedInMessages() {
        String jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
        assertThat(refused(400, "{\"error\":{\"code\":\"c\",\"message\":\"bad " + jwt + "!\"}}")
                        .message())
                .isEqualTo("bad ***!");
        assertThat(token(new IllegalStateException("AADSTS50027: bad " + jwt)).message())
                .isEqualTo("AADSTS50027: bad ***");
        assertThat(token(new IllegalStateException("AADSTS50027: bad " + jwt.substring(0, 30)))
                        .message())
                .isEqualTo("AADSTS50027: bad ***");
    }

    /** As MSAL refuses what a proxy answers in the token service's place, or what was cut off on the way. */
    @Test
    void unreadableAnswerOfTheTokenService_isNoRefusal_andIsNotQuoted() {
        AzureFailure failure = token(new IllegalStateException(new MsalClientException(
                "Unexpected end of {\"access_token\":\"eyJhbGciOiJSUzI1NiJ9.eyJz",
                AuthenticationErrorCode.INVALID_JSON)));

        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.answer()).isEmpty();
        assertThat(failure.message()).isEqualTo("the token service's answer cannot be read");
        assertThat(failure).hasStackTraceContaining("Unexpected end of").satisfies(e -> {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("eyJhbGci");
        });
    }
}
