package io.xtcmk.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.exception.CrossTenantCmkException.AzureAnswer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures pass, which may have had an effect, and which are Azure's own word. */
class AzureFailureTest {

    private static AzureFailure failure(int status, String code) {
        return new AzureFailure(status, code, "why", "request-1", Duration.ofSeconds(7), null);
    }

    /** RFC 9110: 501 and 505 say that it will never be done; 429 (RFC 6585) that it has not been. */
    @ParameterizedTest
    @CsvSource({
        "0,   true,  true",
        "400, false, false",
        "403, false, false",
        "404, false, false",
        "408, true,  true",
        "409, false, false",
        "429, true,  false",
        "499, false, false",
        "500, true,  true",
        "501, false, false",
        "502, true,  true",
        "503, true,  true",
        "504, true,  true",
        "505, false, false",
        "506, true,  true",
    })
    void statusTells_whetherItPasses_andWhetherItMayHaveHadEffect(int status, boolean passes, boolean effect) {
        AzureFailure failure = failure(status, "Code");

        assertThat(failure.isTransient()).isEqualTo(passes);
        assertThat(failure.mayHaveHadEffect()).isEqualTo(effect);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 404, 407})
    void answerThatCannotBeRead_isNobodysWord(int status) {
        AzureFailure failure = failure(status, OwnCodes.UNREADABLE);

        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.mayHaveHadEffect()).isTrue();
        assertThat(failure.isForbidden()).isFalse();
        assertThat(failure.isNotFound()).isFalse();
        assertThat(failure.answer()).isEmpty();
    }

    @Test
    void forbidden_isWhatTheServiceForbids() {
        assertThat(failure(403, "AuthorizationFailed").isForbidden()).isTrue();
        assertThat(failure(401, "AuthorizationFailed").isForbidden()).isFalse();
    }

    @Test
    void notFound_isWhatTheServiceMissesByACode() {
        assertThat(failure(404, "ResourceNotFound").isNotFound()).isTrue();
        assertThat(failure(404, "Http404").isNotFound()).isFalse();
        assertThat(AzureFailure.withoutCode(404)).isEqualTo("Http404");
        assertThat(failure(409, "ResourceNotFound").isNotFound()).isFalse();
    }

    @Test
    void codes_areComparedWithoutRegardToCase() {
        AzureFailure failure = failure(403, "ForbiddenByRbac");

        assertThat(failure.hasCode("forbiddenbyrbac")).isTrue();
        assertThat(failure.hasCode("Forbidden")).isFalse();
        assertThat(failure.is(403, "FORBIDDENBYRBAC")).isTrue();
        assertThat(failure.is(401, "ForbiddenByRbac")).isFalse();
        assertThat(failure.is(403, "Forbidden")).isFalse();
    }

    @Test
    void answer_isWhatAzureSaid() {
        assertThat(failure(403, "AuthorizationFailed").answer())
                .contains(new AzureAnswer(403, "AuthorizationFailed", "why", "request-1"));
        assertThat(failure(403, "UntrustedHost").answer()).isEmpty();
        assertThat(failure(0, "Network").answer()).isEmpty();
    }

    @Test
    void facts_areKept() {
        AzureFailure failure = failure(429, "TooManyRequests");

        assertThat(failure.status()).isEqualTo(429);
        assertThat(failure.requestId()).isEqualTo("request-1");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void message_isOneLineWhereItIsPrintedAsACause_andWholeWhereItIsTold() {
        AzureFailure failure = new AzureFailure(400, "Code", "one\ntwo", null, null, null);

        assertThat(failure.getMessage()).doesNotContain("\n");
        assertThat(failure.message()).isEqualTo("one\ntwo");
    }

    @ParameterizedTest
    @CsvSource({
        "ConflictingServerOperation,    true,  false, false",
        "ResourceIsBeingMade,           true,  false, false",
        "StorageAccountAlreadyTaken,    false, true,  false",
        "KeyVaultAuthenticationFailure, false, false, true",
        "AuthorizationFailed,           false, false, false",
        "NobodysCode,                   false, false, false",
    })
    void codeTells_whetherToWait(String code, boolean busy, boolean taken, boolean freshGrant) {
        AzureFailure failure = failure(409, code);

        assertThat(failure.isBusy()).isEqualTo(busy);
        assertThat(failure.isNameTaken()).isEqualTo(taken);
        assertThat(failure.mayBeFreshGrant()).isEqualTo(freshGrant);
    }

    @Test
    void refusedSignIn_isNoWordOfTheServiceThatWasToBeAsked() {
        assertThat(new SignInRefused(failure(403, "AuthorizationFailed")).isForbidden())
                .isFalse();
        assertThat(new SignInRefused(failure(404, "ResourceNotFound")).isNotFound())
                .isFalse();
    }

    @Test
    void conflictOverWhatIsNotThere_isToldFromOthers() {
        assertThat(Conflict.missing("storageAccount", "Check the name.").isMissing())
                .isTrue();
        assertThat(new Conflict(List.of(), "Look at it.").isMissing()).isFalse();
    }
}
