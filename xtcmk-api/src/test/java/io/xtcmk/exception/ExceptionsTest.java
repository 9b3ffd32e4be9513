package io.xtcmk.exception;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.exception.CrossTenantCmkException.Actor;
import io.xtcmk.exception.CrossTenantCmkException.AzureAnswer;
import io.xtcmk.exception.CrossTenantCmkException.Failure;
import io.xtcmk.model.Difference;
import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExceptionsTest {
    private static final TenantId TENANT = TenantId.of("11111111-1111-4111-8111-111111111111");

    @Test
    void message_hasAllFacts() {
        CrossTenantCmkException e =
                new CrossTenantCmkException(failure("Vault\r\nERROR forged\u2028x\u0085y\u202ez"), null);
        assertThat(e.getMessage())
                .isEqualTo("The role could not be granted [step roleAssignment, kv-fabrikam, tenant " + TENANT
                        + "]. Azure said 403 AuthorizationFailed (request r-1): Vault ERROR forged x y z. Likely cause: "
                        + "You may not. To do (CUSTOMER): Get the role. Done so far: key cmk (CREATED).");
        assertThat(e.step()).isEqualTo("roleAssignment");
        assertThat(e.tenantId()).isEqualTo(TENANT);
        assertThat(e.resource()).isEqualTo("kv-fabrikam");
        assertThat(e.azureAnswer())
                .get()
                .extracting(AzureAnswer::message)
                .asString()
                .contains("\r\n");
        assertThat(e.likelyCause()).isEqualTo("You may not.");
        assertThat(e.actor()).isEqualTo(Actor.CUSTOMER);
        assertThat(e.fix()).isEqualTo("Get the role");
        assertThat(e.done()).hasSize(1).isUnmodifiable();
    }

    @Test
    void message_losesNothingOfALongAnswer() {
        String text = "x".repeat(20_000) + "end";
        assertThat(new KeyAccessException(failure(text), null)).hasMessageContaining(text);
    }

    @Test
    void message_withoutAnswerOrOutcome_saysNothing() {
        Failure failure =
                new Failure("It failed", "key", TENANT, "cmk", null, "Unknown.", Actor.WAIT, "Wait.", List.of());
        assertThat(new CrossTenantCmkException(failure, null))
                .hasMessage("It failed [step key, cmk, tenant " + TENANT
                        + "]. Likely cause: Unknown. To do (WAIT): Wait. Done so far: nothing.");
    }

    @Test
    void subclasses_sayWhatOnlyTheyKnow() {
        URI url = URI.create("https://login.microsoftonline.com/x/v2.0/adminconsent?client_id=y");
        ConsentRequiredException consent = new ConsentRequiredException(failure("m"), url, null);
        assertThat(consent).hasMessageContaining(url.toString());
        assertThat(consent.consentUrl()).isEqualTo(url);

        PropagationTimeoutException timeout =
                new PropagationTimeoutException(failure("m"), "the role", Duration.ofMinutes(10), 7, null);
        assertThat(timeout).hasMessageContainingAll("the role", "PT10M", "7 times");
        assertThat(timeout.waitedFor()).isEqualTo("the role");
        assertThat(timeout.waited()).isEqualTo(Duration.ofMinutes(10));
        assertThat(timeout.probes()).isEqualTo(7);

        Difference difference = new Difference("enableRbacAuthorization", "true", "false\nx");
        ResourceConflictException conflict = new ResourceConflictException(failure("m"), List.of(difference), null);
        assertThat(conflict).hasMessageContaining("enableRbacAuthorization is false x, expected true");
        assertThat(conflict.differences()).containsExactly(difference).isUnmodifiable();
    }

    @Test
    void message_doesNotRepeatADifferenceThatTheSummaryHas() {
        Difference difference = new Difference("a", "x", "y");
        Failure failure =
                new Failure("Otherwise: " + difference, "key", TENANT, "k", null, "c", Actor.WAIT, "f", List.of());
        assertThat(new ResourceConflictException(failure, List.of(difference), null).getMessage())
                .containsOnlyOnce(difference.toString());
    }

    @Test
    void cause_isKept() {
        IllegalStateException cause = new IllegalStateException("beneath");
        assertThat(new PermissionMissingException(failure("m"), cause)).hasCause(cause);
    }

    @Test
    void serialized_keepsItsFacts() throws Exception {
        ResourceConflictException e =
                new ResourceConflictException(failure("m"), List.of(new Difference("a", "x", null)), null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(e);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            ResourceConflictException read = (ResourceConflictException) in.readObject();
            assertThat(read).hasMessage(e.getMessage());
            assertThat(read.step()).isEqualTo(e.step());
            assertThat(read.azureAnswer()).isEqualTo(e.azureAnswer());
            assertThat(read.done()).isEqualTo(e.done());
            assertThat(read.differences()).isEqualTo(e.differences());
        }
    }

    @Test
    void invalidInput_namesArgumentProblemAndFix_onOneLine() {
        InvalidInputException e = new InvalidInputException("name", "is \"a\nb\u009b\"", "give another");
        assertThat(e).hasMessage("name: is \"a b \"; give another");
        assertThat(e.argument()).isEqualTo("name");
        assertThat(e.fix()).isEqualTo("give another");
        assertThat(e.problem()).startsWith("is");
    }

    private static Failure failure(String azureMessage) {
        return new Failure(
                "The role could not be granted",
                "roleAssignment",
                TENANT,
                "kv-fabrikam",
                new AzureAnswer(403, "AuthorizationFailed", azureMessage, "r-1"),
                "You may not.",
                Actor.CUSTOMER,
                "Get the role",
                List.of(new StepOutcome("key", TENANT, "cmk", StepOutcome.Change.CREATED, Duration.ofSeconds(1))));
    }
}
