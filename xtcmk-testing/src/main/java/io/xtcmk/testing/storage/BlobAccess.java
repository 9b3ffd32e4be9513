package io.xtcmk.testing.storage;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Caller;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.Resource;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may do what with an account's containers and blobs: a token for Storage, then a role. */
final class BlobAccess {
    private static final String BEARER = "Bearer ";

    private final World world;
    private final Tokens tokens;
    private final Rbac rbac;

    BlobAccess(World world, Tokens tokens) {
        this.world = world;
        this.tokens = tokens;
        this.rbac = new Rbac(world);
    }

    /** The account that has this host, once it is made. */
    Optional<Resource> find(String host) {
        return new AccountNames(world)
                .find(host.substring(0, host.indexOf('.')))
                .filter(a -> a.text("properties.primaryEndpoints.blob")
                        .filter(e -> e.equalsIgnoreCase("https://" + host + "/"))
                        .isPresent())
                .filter(a -> a.text("properties.provisioningState").orElse("").equals("Succeeded"));
    }

    /** The account at the request's host. */
    Resource account(Exchange exchange) {
        return find(exchange.host()).orElseThrow();
    }

    void authenticate(Exchange exchange) {
        Resource account = account(exchange);
        Tenant tenant = tenantOf(account);
        String header = exchange.header("Authorization").orElse("");
        if (header.isEmpty()) {
            throw challenge(
                    "NoAuthenticationInformation",
                    "Server failed to authenticate the request. Please refer to the information in the www-authenticate"
                            + " header.",
                    tenant);
        }
        if (!header.startsWith(BEARER)) {
            throw AzureError.of(
                    403,
                    "KeyBasedAuthenticationNotPermitted",
                    "Key based authentication is not permitted on this storage account.");
        }
        exchange.calledBy(caller(header.substring(BEARER.length()), account, tenant));
    }

    private Tenant tenantOf(Resource account) {
        String subscription = account.id().split("/", -1)[2];
        return world.subscriptions()
                .find(subscription)
                .flatMap(s -> world.tenants().find(s.tenantId().toString()))
                .orElseThrow();
    }

    private Caller caller(String token, Resource account, Tenant tenant) {
        Optional<Map<String, Object>> claims = Tokens.claims(token).filter(c -> tokens.isGenuine(token));
        if (claims.isEmpty() || !tokens.isCurrent(claims.get())) {
            throw invalid("Signature validation failed, or the token's time is over.", tenant);
        }
        Caller caller = Tokens.caller(claims.get());
        if (!audiences(account).contains(caller.audience())) {
            throw invalid("Audience validation failed. Audience did not match.", tenant);
        }
        if (!caller.tenantId().equals(tenant.id())) {
            throw invalid("Issuer validation failed. Issuer did not match.", tenant);
        }
        return caller;
    }

    private static List<String> audiences(Resource account) {
        String own = account.text("properties.primaryEndpoints.blob").orElseThrow();
        return List.of("https://storage.azure.com", Tokens.withoutSlash(own));
    }

    private static AzureError invalid(String detail, Tenant tenant) {
        return challenge(
                "InvalidAuthenticationInfo",
                "Server failed to authenticate the request. Please refer to the information in the www-authenticate"
                        + " header. " + detail,
                tenant);
    }

    private static AzureError challenge(String code, String message, Tenant tenant) {
        return AzureError.of(401, code, message)
                .header(
                        "WWW-Authenticate",
                        "Bearer authorization_uri="
                                + Tokens.withoutSlash(tenant.cloud().getActiveDirectoryEndpoint()) + "/" + tenant.id()
                                + "/oauth2/authorize resource_id=https://storage.azure.com");
    }

    /** Refuses a caller without a role that allows an operation on containers. */
    void demand(Exchange exchange, Resource account, String operation) {
        String action = "Microsoft.Storage/storageAccounts/blobServices/containers/" + operation;
        if (!rbac.allows(exchange.caller().objectId(), action, scope(exchange, account))) {
            throw mismatch();
        }
    }

    /** Refuses a caller without a role that allows an operation on blobs. */
    void demandData(Exchange exchange, Resource account, String operation) {
        String action = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/" + operation;
        if (!rbac.allowsData(exchange.caller().objectId(), action, scope(exchange, account))) {
            throw mismatch();
        }
    }

    private static String scope(Exchange exchange, Resource account) {
        String[] path = exchange.path().split("/", -1);
        return path.length < 2 ? account.id() : account.id() + "/blobServices/default/containers/" + path[1];
    }

    private static AzureError mismatch() {
        return AzureError.of(
                403,
                "AuthorizationPermissionMismatch",
                "This request is not authorized to perform this operation using this permission.");
    }
}
