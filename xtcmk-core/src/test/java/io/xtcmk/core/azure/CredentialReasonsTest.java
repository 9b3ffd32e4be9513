package io.xtcmk.core.azure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The messages are those of azure-identity 1.18.1. */
class CredentialReasonsTest {

    @Test
    void eachCredentialsReason_isKeptOnce_withoutTheReferral() {
        String cli =
                "AzureCliCredential authentication unavailable. Please run 'az login' to set up account. To further"
                        + " mitigate this issue, please refer to the troubleshooting guidelines here at"
                        + " https://aka.ms/azsdk/java/identity/azclicredential/troubleshoot";
        String message = "EnvironmentCredential authentication unavailable. Environment variables are not fully"
                + " configured.To mitigate this issue, please refer to the troubleshooting guidelines here at"
                + " https://aka.ms/azsdk/java/identity/environmentcredential/troubleshoot\r\n"
                + cli + "\r\n"
                + "IntelliJ authentication not available. Please see"
                + " https://aka.ms/azsdk/java/identity/intellijcredential/troubleshoot for more information.\r\n"
                + cli + "\r\n"
                + "Managed Identity response is not of an expected form\r\n"
                + "azure-identity-broker dependency is not available. To mitigate this issue, refer to"
                + " http://aka.ms/azsdk/java/identity/dacbrokerauth/troubleshootTo mitigate this issue, please refer to"
                + " the troubleshooting guidelines here at"
                + " https://aka.ms/azure-identity-java-default-azure-credential-troubleshoot";

        assertThat(CredentialReasons.of(message))
                .isEqualTo("EnvironmentCredential authentication unavailable. Environment variables are not fully"
                        + " configured. AzureCliCredential authentication unavailable. Please run 'az login' to set up"
                        + " account. IntelliJ authentication not available. Managed Identity response is not of an"
                        + " expected form. azure-identity-broker dependency is not available.");
    }

    @Test
    void messageThatIsNothingButAReferral_stays() {
        String message = "Please see https://aka.ms/azsdk/java/identity/intellijcredential/troubleshoot";

        assertThat(CredentialReasons.of(message)).isEqualTo(message);
    }
}
