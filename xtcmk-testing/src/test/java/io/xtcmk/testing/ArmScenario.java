package io.xtcmk.testing;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.AuthorizationManagementClient;
import com.azure.resourcemanager.authorization.implementation.AuthorizationManagementClientBuilder;
import com.azure.resourcemanager.keyvault.KeyVaultManager;
import com.azure.resourcemanager.keyvault.fluent.KeyVaultManagementClient;
import com.azure.resourcemanager.keyvault.fluent.models.VaultInner;
import com.azure.resourcemanager.keyvault.models.Sku;
import com.azure.resourcemanager.keyvault.models.SkuFamily;
import com.azure.resourcemanager.keyvault.models.SkuName;
import com.azure.resourcemanager.keyvault.models.VaultCreateOrUpdateParameters;
import com.azure.resourcemanager.keyvault.models.VaultProperties;
import com.azure.resourcemanager.msi.MsiManager;
import com.azure.resourcemanager.msi.fluent.ManagedServiceIdentityClient;
import com.azure.resourcemanager.resources.ResourceManager;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One tenant with a subscription, its owner, and Microsoft's clients over the fake. Keeps the traffic for checking. */
abstract class ArmScenario {
    private static final Set<Path> BEGUN = ConcurrentHashMap.newKeySet();

    final FakeAzure azure = FakeAzure.create();
    final FakeTenant contoso = azure.tenant("contoso");
    final String subscription = "/subscriptions/" + contoso.subscriptionId();
    final Someone owner = Someone.in(azure, contoso).granted(Role.OWNER, subscription);

    @BeforeEach
    void begin() {
        azure.world().settings().vaultDns = Duration.ZERO;
        put(owner, subscription + "/resourceGroups/rg", "2025-04-01", Json.object("location", "westeurope"));
    }

    @AfterEach
    void keepTraffic() throws IOException {
        Path file = Path.of("target", "traffic", getClass().getSimpleName() + ".jsonl");
        Files.createDirectories(file.getParent());
        if (BEGUN.add(file)) {
            Files.deleteIfExists(file);
        }
        Files.write(
                file,
                azure.calls().stream().map(RecordedCall::toJson).toList(),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    static String of(String scope) {
        return scope.substring(1);
    }

    // by hand

    Reply put(Someone who, String path, String apiVersion, Object body) {
        return call(who, HttpMethod.PUT, path, apiVersion, body);
    }

    Reply get(Someone who, String path, String apiVersion) {
        return call(who, HttpMethod.GET, path, apiVersion, null);
    }

    Reply call(Someone who, HttpMethod method, String path, String apiVersion, Object body) {
        HttpRequest request = new HttpRequest(
                method,
                "https://management.azure.com" + path + (path.contains("?") ? "&" : "?") + "api-version=" + apiVersion);
        return send(request, "Bearer " + who.token("https://management.azure.com"), body);
    }

    Reply send(HttpRequest request, String authorization, Object body) {
        if (authorization != null) {
            request.setHeader(com.azure.core.http.HttpHeaderName.AUTHORIZATION, authorization);
        }
        if (body != null) {
            request.setBody(Json.write(body));
        }
        return Reply.of(azure.httpClient().sendSync(request, Context.NONE));
    }

    /** An answer. */
    record Reply(HttpResponse response, Map<String, Object> body) {
        static Reply of(HttpResponse response) {
            byte[] bytes = response.getBodyAsByteArray().block();
            try {
                return new Reply(
                        response, bytes == null || bytes.length == 0 ? Map.of() : Json.cast(Json.parse(bytes)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int status() {
            return response.getStatusCode();
        }

        String header(String name) {
            return response.getHeaderValue(com.azure.core.http.HttpHeaderName.fromString(name));
        }

        String code() {
            return text("error.code");
        }

        String message() {
            return text("error.message");
        }

        String text(String path) {
            return Json.text(body, path).orElse(null);
        }

        List<Object> list() {
            return Json.list(body, "value");
        }
    }

    // Microsoft's clients

    AzureProfile profile() {
        return new AzureProfile(
                contoso.tenantId().toString(), contoso.subscriptionId().toString(), AzureEnvironment.AZURE);
    }

    KeyVaultManagementClient keyVault() {
        return KeyVaultManager.authenticate(owner.armPipeline(), profile()).serviceClient();
    }

    AuthorizationManagementClient authorization(Someone who) {
        return new AuthorizationManagementClientBuilder()
                .pipeline(who.armPipeline())
                .endpoint("https://management.azure.com")
                .subscriptionId(contoso.subscriptionId().toString())
                .buildClient();
    }

    ManagedServiceIdentityClient identities() {
        return MsiManager.authenticate(owner.armPipeline(), profile()).serviceClient();
    }

    ResourceManager resources() {
        HttpPipeline pipeline = owner.armPipeline();
        return ResourceManager.authenticate(pipeline, profile())
                .withSubscription(contoso.subscriptionId().toString());
    }

    VaultProperties rbacVault() {
        return new VaultProperties()
                .withTenantId(contoso.tenantId().value())
                .withSku(new Sku().withFamily(SkuFamily.A).withName(SkuName.STANDARD))
                .withEnableRbacAuthorization(true);
    }

    VaultInner createVault(String name, VaultProperties properties) {
        return keyVault()
                .getVaults()
                .createOrUpdate(
                        "rg",
                        name,
                        new VaultCreateOrUpdateParameters()
                                .withLocation("westeurope")
                                .withProperties(properties));
    }

    /** Asserts a refusal of Resource Manager. */
    static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable call, int status, String code) {
        return Assertions.assertThatThrownBy(call).isInstanceOfSatisfying(ManagementException.class, e -> {
            Assertions.assertThat(e.getResponse().getStatusCode()).isEqualTo(status);
            Assertions.assertThat(e.getValue().getCode()).isEqualTo(code);
        });
    }
}
