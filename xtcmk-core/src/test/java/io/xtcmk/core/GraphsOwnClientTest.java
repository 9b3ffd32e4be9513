package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.graph.core.authentication.AzureIdentityAuthenticationProvider;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.models.Application;
import com.microsoft.graph.models.FederatedIdentityCredential;
import com.microsoft.graph.models.ServicePrincipal;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.RequestHeaders;
import io.xtcmk.core.wire.Wired;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.FederatedApp;
import io.xtcmk.model.StepOutcome.Change;
import io.xtcmk.testing.FakeAzureServer;
import io.xtcmk.testing.FakeTenant;
import io.xtcmk.testing.RecordedCall;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Graph's requests of phases 1 and 2, sent by Microsoft Graph's own client as its users have it: over its own OkHttp, with all
 * that its factory puts in there, such as retries, redirects and compression. What it makes is what the phases find.
 */
@Tag("in-process") // It brings its own transport.
class GraphsOwnClientTest extends EncryptionScenario {
    private final FakeAzureServer server = azure.serveOnItsClock();
    private final OkHttpClient transport =
            Wired.by(GraphClientFactory.create(), server).build();
    private final GraphServiceClient provider = graph(contoso);
    private final GraphServiceClient customer = graph(fabrikam);

    @AfterEach
    void close() {
        transport.dispatcher().executorService().shutdown();
        transport.connectionPool().evictAll();
        server.close();
    }

    private GraphServiceClient graph(FakeTenant tenant) {
        var authentication = new AzureIdentityAuthenticationProvider(
                tenant.credential(), new String[] {"graph.microsoft.com"}, "https://graph.microsoft.com/.default");
        return new GraphServiceClient(authentication, transport);
    }

    private static void createIfMissing(RequestHeaders headers) {
        headers.add("Prefer", "create-if-missing");
    }

    private static Application application() {
        Application application = new Application();
        application.setDisplayName("contoso-cmk");
        application.setSignInAudience("AzureADMultipleOrgs");
        return application;
    }

    private FederatedIdentityCredential trust(String subject) {
        FederatedIdentityCredential credential = new FederatedIdentityCredential();
        credential.setName("id-cmk");
        credential.setIssuer("https://login.microsoftonline.com/" + contoso.tenantId() + "/v2.0");
        credential.setSubject(subject);
        credential.setAudiences(List.of("api://AzureADTokenExchange"));
        return credential;
    }

    private static ServicePrincipal installed(String clientId) {
        ServicePrincipal servicePrincipal = new ServicePrincipal();
        servicePrincipal.setAppId(clientId);
        return servicePrincipal;
    }

    @Test
    void whatItMakes_isWhatThePhasesFind() {
        groupIn(contoso, "rg-identities");
        String identity = subscription(contoso) + "/resourceGroups/rg-identities/providers/Microsoft.ManagedIdentity"
                + "/userAssignedIdentities/id-cmk";
        String principal = String.valueOf(made(contoso, identity, "2024-11-30", object("location", "westeurope"))
                .at("properties.principalId"));
        azure.clearCalls();

        Application made = makeApplication();
        makeTrust(made, principal);
        install(made);
        Set<String> its = graphRoutes();
        FederatedApp app = phase1();
        AuthorizedKey key = phase2(app);

        assertThat(changeByStep(app.outcomes()))
                .containsEntry("application", Change.UNCHANGED)
                .containsEntry("federatedIdentityCredential", Change.UNCHANGED);
        assertThat(app.clientId()).hasToString(made.getAppId());
        assertThat(changeByStep(key.outcomes())).containsEntry("servicePrincipal", Change.UNCHANGED);
        assertThat(its).as("what the phases ask Graph for").containsAll(graphRoutes());
    }

    private Application makeApplication() {
        ODataError missing = catchThrowableOfType(
                ODataError.class,
                () -> provider.applicationsWithUniqueName("contoso-cmk").get());
        assertThat(missing.getResponseStatusCode()).isEqualTo(404);

        Application made = provider.applicationsWithUniqueName("contoso-cmk")
                .patch(application(), request -> createIfMissing(request.headers));
        assertThat(provider.applicationsWithUniqueName("contoso-cmk")
                        .patch(application(), request -> createIfMissing(request.headers)))
                .as("the second time")
                .isNull();
        assertThat(provider.applicationsWithUniqueName("contoso-cmk")
                        .get(request -> request.queryParameters.select = new String[] {"id", "appId", "web"})
                        .getAppId())
                .isEqualTo(made.getAppId());
        assertThat(provider.applicationsWithAppId(made.getAppId()).get().getId())
                .isEqualTo(made.getId());
        return made;
    }

    private void makeTrust(Application application, String subject) {
        var credentials =
                provider.applications().byApplicationId(application.getId()).federatedIdentityCredentials();
        assertThat(credentials.get().getValue()).isEmpty();
        var named = provider.applications()
                .byApplicationId(application.getId())
                .federatedIdentityCredentialsWithName("id-cmk");

        assertThat(named.patch(trust(subject), request -> createIfMissing(request.headers))
                        .getSubject())
                .isEqualTo(subject);
        assertThat(named.patch(trust(subject), request -> createIfMissing(request.headers)))
                .as("the second time")
                .isNull();
        assertThat(credentials.get().getValue()).hasSize(1);
    }

    private void install(Application application) {
        var named = customer.servicePrincipalsWithAppId(application.getAppId());
        assertThat(catchThrowableOfType(ODataError.class, named::get).getResponseStatusCode())
                .isEqualTo(404);

        ServicePrincipal made =
                named.patch(installed(application.getAppId()), request -> createIfMissing(request.headers));
        assertThat(named.patch(installed(application.getAppId()), request -> createIfMissing(request.headers)))
                .as("the second time")
                .isNull();
        assertThat(named.get().getId()).isEqualTo(made.getId());
        assertThat(made.getAppOwnerOrganizationId())
                .isEqualTo(contoso.tenantId().value());
    }

    private Set<String> graphRoutes() {
        Set<String> routes = azure.calls().stream()
                .filter(call -> call.url().getHost().startsWith("graph."))
                .map(RecordedCall::route)
                .collect(Collectors.toCollection(TreeSet::new));
        azure.clearCalls();
        return routes;
    }
}
