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
import io.xtcmk.core.azure.Shape.Kind;
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

    private static final Shape APPLICATION_SHAPE =
            Shape.OBJECT.must("id", Kind.UUID).must("appId", Kind.UUID).may("createdDateTime", Kind.TIME);

    private static final Shape CREDENTIAL = Shape.OBJECT
            .must("name", Kind.TEXT)
            .may("issuer", Kind.TEXT)
            .may("subject", Kind.TEXT)
            .may("audiences", Kind.TEXTS);

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
        return find(
                APPLICATION_SHAPE.must("uniqueName", Kind.same(uniqueName)),
                () -> client.applicationsWithUniqueName(quoted(uniqueName))
                        .get(request -> request.queryParameters.select = APPLICATION.clone()));
    }

    /** GET by client id. */
    public Optional<Application> application(ClientId clientId) {
        return find(
                APPLICATION_SHAPE.must("appId", Kind.same(clientId)),
                () -> client.applicationsWithAppId(clientId.toString())
                        .get(request -> request.queryParameters.select = APPLICATION.clone()));
    }

    /** GET of a deleted application or service principal by its object id: when it was deleted, if it is still kept. */
    public Optional<String> deletedAt(String objectId) {
        Shape deleted = Shape.OBJECT.must("id", Kind.same(objectId)).may("deletedDateTime", Kind.TIME);
        return find(
                        deleted,
                        () -> client.directory()
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
        return send(
                APPLICATION_SHAPE.orNothing(204),
                () -> client.applicationsWithUniqueName(quoted(uniqueName))
                        .patch(whole(body), request -> createIfMissing(request.headers)));
    }

    /** PATCH by object id. */
    public void updateApplication(String objectId, Application patch) {
        send(
                Shape.NOTHING,
                () -> client.applications().byApplicationId(objectId).patch(whole(patch)));
    }

    /** GET of all federated identity credentials of an application. */
    public List<FederatedIdentityCredential> credentials(String objectId) {
        var builder = client.applications().byApplicationId(objectId).federatedIdentityCredentials();
        return failures.call(CREDENTIAL.page(), () -> {
            List<FederatedIdentityCredential> all = new ArrayList<>();
            FederatedIdentityCredentialCollectionResponse page = builder.get();
            while (page != null) {
                Optional.ofNullable(page.getValue()).ifPresent(all::addAll);
                String next = page.getOdataNextLink();
                page = next == null ? null : builder.withUrl(Urls.legal(next)).get();
            }
            return all;
        });
    }

    /**
     * PATCH by name, with {@code Prefer: create-if-missing}.
     *
     * @return the credential if it was made; empty if there was one, which then was updated
     */
    public Optional<FederatedIdentityCredential> upsertCredential(
            String objectId, String name, FederatedIdentityCredential body) {
        Shape made = CREDENTIAL.must("name", Kind.same(name)).orNothing(204);
        return send(
                made,
                () -> client.applications()
                        .byApplicationId(objectId)
                        .federatedIdentityCredentialsWithName(quoted(name))
                        .patch(whole(body), request -> createIfMissing(request.headers)));
    }

    /** GET by client id. */
    public Optional<ServicePrincipal> servicePrincipal(ClientId clientId) {
        return find(
                principal(clientId),
                () -> client.servicePrincipalsWithAppId(clientId.toString()).get());
    }

    /**
     * PATCH by client id, with {@code Prefer: create-if-missing}.
     *
     * @return the service principal if it was made; empty if there was one
     */
    public Optional<ServicePrincipal> upsertServicePrincipal(ClientId clientId) {
        ServicePrincipal body = new ServicePrincipal();
        body.setAppId(clientId.toString());
        return send(
                principal(clientId).orNothing(204),
                () -> client.servicePrincipalsWithAppId(clientId.toString())
                        .patch(whole(body), request -> createIfMissing(request.headers)));
    }

    private static Shape principal(ClientId clientId) {
        return Shape.OBJECT
                .must("id", Kind.UUID)
                .must("appId", Kind.same(clientId))
                .may("appOwnerOrganizationId", Kind.UUID);
    }

    /** An answer without a body is an empty one. */
    @SuppressWarnings("NullAway") // Microsoft's client returns null for 204
    private <T> Optional<T> send(Shape shape, Supplier<T> request) {
        return failures.call(shape, () -> Optional.ofNullable(request.get()));
    }

    private <T> Optional<T> find(Shape shape, Supplier<T> request) {
        try {
            return send(shape, request);
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
