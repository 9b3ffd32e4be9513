package io.xtcmk.core.azure;

import com.azure.core.http.HttpPipeline;
import com.microsoft.graph.models.Application;
import com.microsoft.graph.models.FederatedIdentityCredential;
import com.microsoft.graph.models.FederatedIdentityCredentialCollectionResponse;
import com.microsoft.graph.models.ServicePrincipal;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.RequestHeaders;
import com.microsoft.kiota.authentication.AnonymousAuthenticationProvider;
import com.microsoft.kiota.http.OkHttpRequestAdapter;
import com.microsoft.kiota.store.BackedModel;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.model.ClientId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Applications, their federated identity credentials and service principals, through Microsoft Graph v1.0. */
public final class GraphDirectory {
    private static final String[] APPLICATION = {
        "id",
        "appId",
        "displayName",
        "uniqueName",
        "signInAudience",
        "passwordCredentials",
        "keyCredentials",
        "requiredResourceAccess",
        "appRoles",
        "disabledByMicrosoftStatus",
        "web",
        "createdDateTime"
    };

    private final GraphServiceClient client;
    private final Failures failures;

    GraphDirectory(HttpPipeline pipeline, String baseUrl, Failures failures) {
        OkHttpRequestAdapter adapter = new OkHttpRequestAdapter(
                new AnonymousAuthenticationProvider(), null, null, request -> new PipelineCall(pipeline, request));
        adapter.setBaseUrl(baseUrl);
        this.client = new GraphServiceClient(adapter);
        this.failures = failures;
    }

    /** GET by unique name. */
    public Optional<Application> application(String uniqueName) {
        return find(() -> client.applicationsWithUniqueName(quoted(uniqueName))
                .get(request -> request.queryParameters.select = APPLICATION.clone()));
    }

    /** GET by client id. */
    public Optional<Application> application(ClientId clientId) {
        return find(() -> client.applicationsWithAppId(clientId.toString())
                .get(request -> request.queryParameters.select = APPLICATION.clone()));
    }

    /** GET of a deleted application or service principal by its object id: when it was deleted, if it is still kept. */
    public Optional<String> deletedAt(String objectId) {
        return find(() -> client.directory()
                        .deletedItems()
                        .byDirectoryObjectId(objectId)
                        .get())
                .map(item -> String.valueOf(item.getDeletedDateTime()));
    }

    /**
     * PATCH by unique name, with {@code Prefer: create-if-missing}.
     *
     * @return the application if it was made; empty if there was one, which then was updated
     */
    public Optional<Application> upsertApplication(String uniqueName, Application body) {
        return send(() -> client.applicationsWithUniqueName(quoted(uniqueName))
                .patch(whole(body), request -> createIfMissing(request.headers)));
    }

    /** PATCH by object id. */
    public void updateApplication(String objectId, Application patch) {
        send(() -> client.applications().byApplicationId(objectId).patch(whole(patch)));
    }

    /** GET of all federated identity credentials of an application. */
    public List<FederatedIdentityCredential> credentials(String objectId) {
        var builder = client.applications().byApplicationId(objectId).federatedIdentityCredentials();
        List<FederatedIdentityCredential> all = new ArrayList<>();
        Optional<FederatedIdentityCredentialCollectionResponse> page = send(builder::get);
        while (page.isPresent()) {
            Optional.ofNullable(page.get().getValue()).ifPresent(all::addAll);
            page = Optional.ofNullable(page.get().getOdataNextLink())
                    .flatMap(
                            link -> send(() -> builder.withUrl(Urls.legal(link)).get()));
        }
        return all;
    }

    /**
     * PATCH by name, with {@code Prefer: create-if-missing}.
     *
     * @return the credential if it was made; empty if there was one, which then was updated
     */
    public Optional<FederatedIdentityCredential> upsertCredential(
            String objectId, String name, FederatedIdentityCredential body) {
        return send(() -> client.applications()
                .byApplicationId(objectId)
                .federatedIdentityCredentialsWithName(quoted(name))
                .patch(whole(body), request -> createIfMissing(request.headers)));
    }

    /** GET by client id. */
    public Optional<ServicePrincipal> servicePrincipal(ClientId clientId) {
        return find(() -> client.servicePrincipalsWithAppId(clientId.toString()).get());
    }

    /**
     * PATCH by client id, with {@code Prefer: create-if-missing}.
     *
     * @return the service principal if it was made; empty if there was one
     */
    public Optional<ServicePrincipal> upsertServicePrincipal(ClientId clientId) {
        ServicePrincipal body = new ServicePrincipal();
        body.setAppId(clientId.toString());
        return send(() -> client.servicePrincipalsWithAppId(clientId.toString())
                .patch(whole(body), request -> createIfMissing(request.headers)));
    }

    /** An answer without a body is an empty one. */
    @SuppressWarnings("NullAway") // Microsoft's client returns null for 204
    private <T> Optional<T> send(Supplier<T> request) {
        return failures.call(() -> Optional.ofNullable(request.get()));
    }

    private <T> Optional<T> find(Supplier<T> request) {
        try {
            return send(request);
        } catch (AzureFailure failure) {
            if (!failure.isNotFound()) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    /** Kiota sends a model's changes since it was last sent: sent again as it is, it would be empty. */
    private static <T extends BackedModel> T whole(T model) {
        model.getBackingStore().setIsInitializationCompleted(false);
        return model;
    }

    private static void createIfMissing(RequestHeaders headers) {
        headers.add("Prefer", "create-if-missing");
    }

    /** A quote ends a key in a path; a double one is a quote in it. */
    private static String quoted(String key) {
        return key.replace("'", "''");
    }
}
