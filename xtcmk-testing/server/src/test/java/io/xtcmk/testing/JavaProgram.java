package io.xtcmk.testing;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.rest.PagedFlux;
import com.azure.core.http.rest.PagedResponse;
import com.azure.identity.ClientAssertionCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.azure.security.keyvault.keys.KeyAsyncClient;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.JsonWebKey;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyRotationLifetimeAction;
import com.azure.security.keyvault.keys.models.KeyRotationPolicy;
import com.azure.security.keyvault.keys.models.KeyRotationPolicyAction;
import io.xtcmk.testing.http.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A program as its author has it in production: azure-identity and the Key Vault clients with their defaults, told by the
 * environment alone where it runs. Prints a line for each thing that it did.
 */
final class JavaProgram {
    private static final String EXCHANGE = "api://AzureADTokenExchange/.default";
    private static final String VAULT = "https://vault.azure.net/.default";

    private final String tenant = System.getenv("CUSTOMER_TENANT_ID");
    private final String application = System.getenv("APPLICATION");
    private final String vault = System.getenv("VAULT");
    private final String identity = System.getenv("IDENTITY");
    private final TokenCredential machine =
            new ManagedIdentityCredentialBuilder().clientId(identity).build();

    private JavaProgram() {}

    /** Runs it. On a virtual machine no environment variable tells of an identity, which is all that it uses there. */
    public static void main(String[] arguments) throws IOException {
        JavaProgram program = new JavaProgram();
        program.useIdentity();
        if (System.getenv("IDENTITY_ENDPOINT") != null) {
            program.signIn();
            program.administerKeys();
        }
        // Netty's threads are no reason to stay.
        System.exit(0);
    }

    private void useIdentity() {
        tell("ManagedIdentityCredential", machine, EXCHANGE, "sub");
        // Finds the same after it has looked for others.
        TokenCredential found = new DefaultAzureCredentialBuilder()
                .managedIdentityClientId(identity)
                .build();
        tell("DefaultAzureCredential", found, EXCHANGE, "sub");
    }

    private void signIn() throws IOException {
        tell("ClientSecretCredential", customer(), VAULT, "appid");
        TokenCredential exchanged = new ClientAssertionCredentialBuilder()
                .tenantId(tenant)
                .clientId(application)
                .clientAssertion(() -> token(machine, EXCHANGE))
                .build();
        tell("ClientAssertionCredential", exchanged, VAULT, "tid");
        Path file = Files.writeString(Path.of("token"), token(machine, EXCHANGE));
        TokenCredential workload = new WorkloadIdentityCredentialBuilder()
                .tenantId(tenant)
                .clientId(application)
                .tokenFilePath(file.toString())
                .build();
        tell("WorkloadIdentityCredential", workload, VAULT, "appid");
        useKey(exchanged);
    }

    private static TokenCredential customer() {
        return new ClientSecretCredentialBuilder()
                .tenantId(System.getenv("CUSTOMER_TENANT_ID"))
                .clientId(System.getenv("CUSTOMER_CLIENT_ID"))
                .clientSecret(System.getenv("CUSTOMER_CLIENT_SECRET"))
                .build();
    }

    private static String token(TokenCredential credential, String scope) {
        return credential
                .getTokenSync(new TokenRequestContext().addScopes(scope))
                .getToken();
    }

    private static void tell(String name, TokenCredential credential, String scope, String claim) {
        Object value = Tokens.claims(token(credential, scope)).orElseThrow().get(claim);
        System.out.println(name + " " + value);
    }

    /** As the application in the customer's tenant: there, and here with the key's public half. */
    private void useKey(TokenCredential credential) {
        byte[] secret = "a data key of thirty-two letters".getBytes(StandardCharsets.US_ASCII);
        CryptographyClient remote = new CryptographyClientBuilder()
                .keyIdentifier(vault + "/keys/cmk")
                .credential(credential)
                .buildClient();
        byte[] wrapped = remote.wrapKey(KeyWrapAlgorithm.RSA_OAEP_256, secret).getEncryptedKey();
        byte[] unwrapped =
                remote.unwrapKey(KeyWrapAlgorithm.RSA_OAEP_256, wrapped).getKey();
        System.out.println("CryptographyClient remote " + Arrays.equals(unwrapped, secret));
        JsonWebKey publicHalf = keys(credential).getKey("cmk").getKey();
        CryptographyClient local =
                new CryptographyClientBuilder().jsonWebKey(publicHalf).buildClient();
        byte[] here = local.wrapKey(KeyWrapAlgorithm.RSA_OAEP, secret).getEncryptedKey();
        byte[] there = remote.unwrapKey(KeyWrapAlgorithm.RSA_OAEP, here).getKey();
        System.out.println("CryptographyClient local " + Arrays.equals(there, secret));
    }

    private KeyClient keys(TokenCredential credential) {
        return new KeyClientBuilder().vaultUrl(vault).credential(credential).buildClient();
    }

    private void administerKeys() {
        KeyAsyncClient keys =
                new KeyClientBuilder().vaultUrl(vault).credential(customer()).buildAsyncClient();
        for (int number = 0; number < 30; number++) {
            keys.createEcKey(new CreateEcKeyOptions("paged-" + number)).block();
        }
        PagedFlux<KeyProperties> all = keys.listPropertiesOfKeys();
        List<Integer> sizes = all.byPage()
                .map(PagedResponse::getValue)
                .map(List::size)
                .collectList()
                .block();
        System.out.println("KeyAsyncClient pages " + sizes);
        keys.createRsaKey(new CreateRsaKeyOptions("rotated").setKeySize(2048)).block();
        KeyRotationPolicy policy = new KeyRotationPolicy()
                .setExpiresIn("P2Y")
                .setLifetimeActions(List.of(
                        new KeyRotationLifetimeAction(KeyRotationPolicyAction.ROTATE).setTimeAfterCreate("P90D")));
        keys.updateKeyRotationPolicy("rotated", policy).block();
        keys.rotateKey("rotated").block();
        KeyRotationPolicy read = Optional.ofNullable(
                        keys.getKeyRotationPolicy("rotated").block())
                .orElseThrow();
        Long versions = keys.listPropertiesOfKeyVersions("rotated").count().block();
        System.out.println("KeyAsyncClient rotation " + read.getExpiresIn() + " " + versions);
    }
}
