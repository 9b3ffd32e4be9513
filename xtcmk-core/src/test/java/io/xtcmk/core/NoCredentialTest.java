package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.CredentialUnavailableException;
import io.xtcmk.CrossTenantCmk;
import io.xtcmk.TenantConnection;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.model.FederatedApp;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A chain of credentials none of which can be used: the user sees azure-identity's reason for each. */
class NoCredentialTest extends EncryptionScenario {
    private static final String ENVIRONMENT =
            "EnvironmentCredential authentication unavailable. Environment variables are" + " not fully configured.";
    private static final String CLI =
            "AzureCliCredential authentication unavailable. Please run 'az login' to set up account.";
    private static final String REFERRAL =
            "To mitigate this issue, please refer to the troubleshooting guidelines here at"
                    + " https://aka.ms/azsdk/java/identity/environmentcredential/troubleshoot";
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";

    @Test
    void likelyCause_hasTheReasonOfEachCredential() {
        CrossTenantCmkException failure = catchThrowableOfType(
                CrossTenantCmkException.class,
                () -> phase1On(notSignedIn(provider())).createFederatedApp());

        assertThat(failure.likelyCause())
                .isEqualTo("No credential can be used where this runs. " + ENVIRONMENT + " " + CLI
                        + " The broker answered *** to it.");
        assertThat(failure.actor()).isEqualTo(Actor.PROVIDER);
        assertThat(failure.fix()).startsWith("Sign in (az login)");
        assertThat(failure.azureAnswer()).isEmpty();
        assertThat(failure.getMessage()).containsOnlyOnce(ENVIRONMENT).containsOnlyOnce(CLI);
        assertThat(failure).hasStackTraceContaining(ENVIRONMENT);
    }

    @Test
    void verification_hasTheReasonOfEachCredential() {
        FederatedApp app = phase1();
        AuthorizedKey key = phase2(app);

        Diagnosis diagnosis = CrossTenantCmk.provider(notSignedIn(provider()))
                .verification(app, key)
                .verify();

        assertThat(diagnosis.links())
                .filteredOn(link -> link.state() == State.UNSEEN)
                .flatExtracting(link -> link.knownRemedy().stream().toList())
                .extracting(DiagnosedLink.Remedy::likelyCause)
                .anySatisfy(cause -> assertThat(cause).contains(ENVIRONMENT, CLI));
        assertThat(diagnosis.toString()).doesNotContain("eyJ");
    }

    private static TenantConnection notSignedIn(TenantConnection connection) {
        TokenCredential chain = new ChainedTokenCredentialBuilder()
                .addLast(unavailable(ENVIRONMENT + REFERRAL))
                .addLast(unavailable(CLI))
                .addLast(unavailable("The broker answered " + TOKEN + " to it. "))
                .build();
        return TenantConnection.builder()
                .tenantId(connection.tenantId())
                .subscriptionId(connection.subscriptionId())
                .credential(chain)
                .httpClient(connection.httpClient().orElseThrow())
                .timeSource(connection.timeSource())
                .executor(connection.executor().orElseThrow())
                .build();
    }

    private static TokenCredential unavailable(String reason) {
        return request -> Mono.error(new CredentialUnavailableException(reason));
    }

    @Override
    boolean isRealistic() {
        return false;
    }
}
