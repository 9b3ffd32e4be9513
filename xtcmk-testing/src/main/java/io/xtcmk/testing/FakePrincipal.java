package io.xtcmk.testing;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import io.xtcmk.TenantConnection;
import io.xtcmk.model.ClientId;
import io.xtcmk.model.ServicePrincipalId;
import io.xtcmk.testing.world.Application;
import io.xtcmk.testing.world.ServicePrincipal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Somebody who acts in a tenant of the fake: a service principal of that tenant only, that signs in by a client secret
 * and may do exactly what it was given.
 */
public final class FakePrincipal {
    private final FakeTenant tenant;
    private final ServicePrincipal principal;
    private final String secret;

    FakePrincipal(FakeTenant tenant, Application application, ServicePrincipal principal) {
        this.tenant = tenant;
        this.principal = principal;
        this.secret = application.passwords().get(0).secret();
    }

    /**
     * The id by which it signs in.
     *
     * @return the client id
     */
    public ClientId clientId() {
        return new ClientId(principal.appId());
    }

    /**
     * The id to which roles are assigned.
     *
     * @return the service principal's object id
     */
    public ServicePrincipalId servicePrincipalId() {
        return new ServicePrincipalId(principal.id());
    }

    /**
     * The secret by which it signs in.
     *
     * @return the secret's value
     */
    public String clientSecret() {
        return secret;
    }

    /**
     * Gives it an Azure role. The role has its effect after the fake's {@linkplain FakeAzure#rolePropagation role
     * propagation}.
     *
     * @param role a built-in role's name, such as {@code Key Vault Crypto Officer}
     * @param scope the resource id at and below which it holds
     * @return this principal
     * @throws IllegalArgumentException if the fake does not know the role
     */
    public FakePrincipal grant(String role, String scope) {
        tenant.grant(principal.id(), role, scope);
        return this;
    }

    /**
     * Takes an Azure role away, which the services notice after the fake's {@linkplain FakeAzure#rolePropagation role
     * propagation}.
     *
     * @param role a built-in role's name
     * @param scope the resource id at which it was given
     * @return this principal
     * @throws IllegalArgumentException if it does not have the role there
     */
    public FakePrincipal revoke(String role, String scope) {
        tenant.revoke(principal.id(), role, scope);
        return this;
    }

    /**
     * Gives it an application permission of Microsoft Graph, as an administrator consents to one. Its new tokens have it.
     *
     * @param permission such as {@code Application.ReadWrite.OwnedBy}
     * @return this principal
     * @throws IllegalArgumentException if the fake does not know the permission
     */
    public FakePrincipal grantGraph(String permission) {
        tenant.permit(principal.id(), permission);
        return this;
    }

    /**
     * A credential that signs in at the fake's token endpoint: a token request is a call like any other, in the journal
     * and with its latency. As azure-identity's credentials do, it keeps each token until five minutes before its end, by
     * the fake's clock; each call of this method gives a credential that has none yet.
     *
     * @return the credential
     */
    public TokenCredential credential() {
        return new TokenRequests(tenant.azure().httpClient(), tenant.azure().clock(), this::tokenRequest);
    }

    /**
     * A connection to the tenant, wired to the fake's transport and clock, signed in as this principal.
     *
     * @return the connection
     */
    public TenantConnection connection() {
        return tenant.connection(credential());
    }

    private HttpRequest tokenRequest(TokenRequestContext context) {
        String where = context.getTenantId() == null ? tenant.tenantId().toString() : context.getTenantId();
        String url = tenant.environment().getActiveDirectoryEndpoint() + where + "/oauth2/v2.0/token";
        String form = "grant_type=client_credentials&client_id=" + principal.appId() + "&client_secret="
                + encoded(secret) + "&scope=" + encoded(String.join(" ", context.getScopes()));
        return new HttpRequest(HttpMethod.POST, url)
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/x-www-form-urlencoded")
                .setBody(form);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The name and client id; never the secret. */
    @Override
    public String toString() {
        return "FakePrincipal[" + principal.displayName() + ", clientId=" + principal.appId() + "]";
    }
}
