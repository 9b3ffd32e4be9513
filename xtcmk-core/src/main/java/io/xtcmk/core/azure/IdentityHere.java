package io.xtcmk.core.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Configuration;
import com.azure.core.util.Context;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.SignInRefused;
import io.xtcmk.core.errors.OwnCodes;
import io.xtcmk.model.IdentityClientId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A user-assigned managed identity where the program runs; which endpoint gives its tokens, the environment says, in the
 * order in which azure-identity looks. Asks once, and fails by an {@link AzureFailure}: for the engine, which retries, or
 * within {@link PatientCredential}. azure-identity's credential retries by itself, on the machine's clock, a 404 for two
 * minutes and other failures for longer.
 */
final class IdentityHere implements TokenCredential {
    private static final String MACHINE = "http://169.254.169.254";
    private static final String DEFAULT = "/.default";

    /** azure-core's HTTP clients take it for one request. The endpoint is on the machine, or one hop away. */
    private static final Context SOON = new Context("azure-response-timeout", Duration.ofSeconds(5));

    /** The Instance Metadata Service's sentence, and App Service's. */
    private static final Pattern NOT_ASSIGNED = Pattern.compile(
            "identity not found|no (user.assigned or delegated |user.assigned )?managed identity found"
                    + "|has not been assigned",
            Pattern.CASE_INSENSITIVE);

    private final HttpPipeline pipeline;
    private final Clouds cloud;
    private final Failures failures;
    private final IdentityClientId clientId;
    private final Configuration environment;

    IdentityHere(HttpPipeline pipeline, Clouds cloud, Failures failures, IdentityClientId clientId) {
        this.pipeline = pipeline;
        this.cloud = cloud;
        this.failures = failures;
        this.clientId = clientId;
        this.environment = Configuration.getGlobalConfiguration();
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromCallable(() -> getTokenSync(request));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        String tenant = variable(Configuration.PROPERTY_AZURE_TENANT_ID);
        String file = variable("AZURE_FEDERATED_TOKEN_FILE");
        if (tenant != null && file != null) {
            return byKubernetes(tenant, file, request);
        }
        String endpoint = variable("IDENTITY_ENDPOINT");
        String header = variable("IDENTITY_HEADER");
        if (endpoint != null && header != null) {
            return variable("IDENTITY_SERVER_THUMBPRINT") == null
                    ? ask(IdentityEndpoint.appService(endpoint, header), request)
                    : byServiceFabric(request);
        }
        String older = variable("MSI_ENDPOINT");
        String secret = variable("MSI_SECRET");
        if (older != null) {
            if (secret == null) {
                throw systemAssignedOnly("Cloud Shell has the identity of the user who opened it.");
            }
            return ask(IdentityEndpoint.machineLearning(older, secret), request);
        }
        if (endpoint != null && variable("IMDS_ENDPOINT") != null) {
            throw systemAssignedOnly("A server of Azure Arc has a system-assigned identity.");
        }
        String host = variable("AZURE_POD_IDENTITY_AUTHORITY_HOST");
        return ask(IdentityEndpoint.machine(host == null ? MACHINE : host), request);
    }

    private @Nullable String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    private static AzureFailure systemAssignedOnly(String message) {
        return new AzureFailure(400, OwnCodes.SYSTEM_ASSIGNED_ONLY, message, null, null, null);
    }

    /** AKS: the pod's token, which Kubernetes renews, is the identity's assertion. */
    private AccessToken byKubernetes(String tenant, String file, TokenRequestContext request) {
        String authority = Optional.ofNullable(variable(Configuration.PROPERTY_AZURE_AUTHORITY_HOST))
                .orElseGet(cloud::authority);
        TokenService service =
                new TokenService(pipeline, authority.endsWith("/") ? authority : authority + "/", failures);
        try {
            String assertion = Files.readString(Path.of(file)).strip();
            return service.exchange(tenant, clientId.toString(), assertion, request);
        } catch (IOException | InvalidPathException e) {
            throw new AzureFailure(
                    0, OwnCodes.NO_CREDENTIAL, "The file of AZURE_FEDERATED_TOKEN_FILE cannot be read.", null, null, e);
        } catch (AzureFailure refusal) {
            throw refusal.isTransient() ? refusal : new SignInRefused(refusal);
        }
    }

    /** Its endpoint has a certificate that only its thumbprint vouches for, which no pipeline of azure-core's can check. */
    private AccessToken byServiceFabric(TokenRequestContext request) {
        return failures.token(() -> new ManagedIdentityCredentialBuilder()
                .clientId(clientId.toString())
                .build()
                .getTokenSync(request));
    }

    private AccessToken ask(IdentityEndpoint endpoint, TokenRequestContext request) {
        String scope = String.join(" ", request.getScopes());
        String resource = scope.endsWith(DEFAULT) ? scope.substring(0, scope.length() - DEFAULT.length()) : scope;
        try {
            return failures.call(Shape.OBJECT, () -> send(endpoint, resource));
        } catch (AzureFailure failure) {
            throw told(endpoint, failure);
        }
    }

    private AccessToken send(IdentityEndpoint endpoint, String resource) {
        try (HttpResponse response = pipeline.sendSync(endpoint.request(resource, clientId), SOON)) {
            Map<String, Object> answer =
                    Json.object(response.getBodyAsBinaryData().toBytes());
            return Json.text(answer, "access_token")
                    .map(token -> new AccessToken(token, end(answer).atOffset(ZoneOffset.UTC)))
                    .orElseThrow(() -> Failures.unreadable(response.getStatusCode(), response.getHeaders(), null));
        }
    }

    private Instant end(Map<String, Object> answer) {
        OptionalLong seconds = Json.number(answer, "expires_on");
        return seconds.isPresent()
                ? Instant.ofEpochSecond(seconds.getAsLong())
                : failures.time()
                        .now()
                        .plusSeconds(Json.number(answer, "expires_in").orElse(0));
    }

    private static AzureFailure told(IdentityEndpoint endpoint, AzureFailure failure) {
        return failure.hasCode(OwnCodes.CLIENT)
                ? failure
                : new AzureFailure(
                        failure.status(),
                        code(failure),
                        endpoint.name() + ": " + said(failure),
                        failure.requestId(),
                        failure.retryAfter().orElse(null),
                        failure.getCause());
    }

    private static String said(AzureFailure failure) {
        String sentence = failure.message();
        String status = failure.status() == 0 || sentence.startsWith("HTTP ") ? "" : "HTTP " + failure.status() + ", ";
        return status + sentence + (sentence.endsWith(".") ? "" : ".");
    }

    private static String code(AzureFailure failure) {
        int status = failure.status();
        if (status == 404 || status == 410) {
            return OwnCodes.IDENTITY_ENDPOINT_MISSING;
        } else if (status == 429) {
            return OwnCodes.IDENTITY_ENDPOINT_THROTTLED;
        } else if (status == 0 || failure.hasCode(OwnCodes.UNREADABLE)) {
            return OwnCodes.IDENTITY_ENDPOINT_UNREACHABLE;
        } else if (status == 408 || status >= 500) {
            return OwnCodes.IDENTITY_ENDPOINT_FAILED;
        }
        return NOT_ASSIGNED.matcher(failure.message()).find()
                ? OwnCodes.IDENTITY_NOT_ASSIGNED
                : OwnCodes.IDENTITY_ENDPOINT_REFUSED;
    }

    /** Whose; never the token. */
    @Override
    public String toString() {
        return "credential of managed identity " + clientId;
    }
}
