package io.xtcmk.testing;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import io.xtcmk.TenantConnection;
import io.xtcmk.testing.world.User;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A person in a tenant of the fake, signed in to the Azure CLI by name and password. A user may read the directory, and, as
 * far as the tenant's policy lets users, register applications and install those of other tenants; the rest by roles.
 */
public final class FakeUser {
    /** The Azure CLI. */
    private static final String PROGRAM = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

    private final FakeTenant tenant;
    private final User user;

    FakeUser(FakeTenant tenant, User user) {
        this.tenant = tenant;
        this.user = user;
    }

    /**
     * The id to which roles are assigned.
     *
     * @return the object id
     */
    public UUID objectId() {
        return user.id();
    }

    /**
     * The name by which the user signs in.
     *
     * @return the user principal name, such as {@code alice@fabrikam.onmicrosoft.com}
     */
    public String userPrincipalName() {
        return user.userPrincipalName();
    }

    /**
     * What the user signs in with.
     *
     * @return the password
     */
    public String password() {
        return user.password();
    }

    /**
     * Gives the user an Azure role. The role has its effect after the fake's {@linkplain FakeAzure#rolePropagation role
     * propagation}.
     *
     * @param role a built-in role's name, such as {@code Key Vault Crypto Officer}
     * @param scope the resource id at and below which it holds
     * @return this user
     * @throws IllegalArgumentException if the fake does not know the role
     */
    public FakeUser grant(String role, String scope) {
        tenant.grant(user.id(), role, scope);
        return this;
    }

    /**
     * Takes an Azure role away, which the services notice after the fake's {@linkplain FakeAzure#rolePropagation role
     * propagation}.
     *
     * @param role a built-in role's name
     * @param scope the resource id at which it was given
     * @return this user
     * @throws IllegalArgumentException if the user does not have the role there
     */
    public FakeUser revoke(String role, String scope) {
        tenant.revoke(user.id(), role, scope);
        return this;
    }

    /**
     * A credential that signs in at the fake's token endpoint. It keeps tokens as {@link FakePrincipal#credential()} does.
     *
     * @return the credential
     */
    public TokenCredential credential() {
        return new TokenRequests(tenant.azure().httpClient(), tenant.azure().clock(), this::tokenRequest);
    }

    /**
     * A connection to the tenant, wired to the fake's transport and clock, signed in as this user.
     *
     * @return the connection
     */
    public TenantConnection connection() {
        return tenant.connection(credential());
    }

    /**
     * The user opens a consent URL and accepts: the application is installed in the tenant.
     *
     * @param url an {@code adminconsent} or {@code oauth2/authorize} URL
     * @return where the browser is sent
     * @throws IllegalArgumentException if Entra would show an error page instead, as it does where the user is not
     *     allowed to consent; the message has the AADSTS number
     */
    public URI acceptConsent(URI url) {
        return tenant.accept(url, user.isAdministrator());
    }

    /**
     * The user opens a consent URL and declines.
     *
     * @param url an {@code adminconsent} or {@code oauth2/authorize} URL
     * @return where the browser is sent
     * @throws IllegalArgumentException if Entra would show an error page instead; the message has the AADSTS number
     */
    public URI declineConsent(URI url) {
        return tenant.declineConsent(url);
    }

    private HttpRequest tokenRequest(TokenRequestContext context) {
        String where = context.getTenantId() == null ? tenant.tenantId().toString() : context.getTenantId();
        String url = tenant.environment().getActiveDirectoryEndpoint() + where + "/oauth2/v2.0/token";
        String form = "grant_type=password&client_id=" + PROGRAM + "&username=" + encoded(user.userPrincipalName())
                + "&password=" + encoded(user.password()) + "&scope="
                + encoded(String.join(" ", context.getScopes()));
        return new HttpRequest(HttpMethod.POST, url)
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/x-www-form-urlencoded")
                .setBody(form);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The name; never the password. */
    @Override
    public String toString() {
        return "FakeUser[" + user.userPrincipalName() + "]";
    }
}
