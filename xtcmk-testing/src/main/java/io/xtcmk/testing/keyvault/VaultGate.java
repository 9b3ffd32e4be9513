package io.xtcmk.testing.keyvault;

import io.xtcmk.testing.http.AzureError;
import io.xtcmk.testing.http.Caller;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Rbac;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.World;
import java.util.Map;
import java.util.Optional;

/** Who may come in to a vault: the token first, then the network, then the role or access policy. */
final class VaultGate {
    private static final String BEARER = "Bearer ";
    /** Microsoft's own services sign in through this tenant. */
    private static final String MICROSOFT_SERVICES = "https://sts.windows.net/f8cdef31-a31e-4b4a-93e4-5f571e91255a/";

    private final World world;
    private final Tokens tokens;
    private final Rbac rbac;

    VaultGate(World world, Tokens tokens) {
        this.world = world;
        this.tokens = tokens;
        this.rbac = new Rbac(world);
    }

    /** The vault on whose host the request arrives. */
    Vault vault(Exchange exchange) {
        return new Vaults(world)
                .find(nameIn(exchange.host()))
                .orElseThrow(() -> new IllegalStateException("no vault at " + exchange.host()));
    }

    static String nameIn(String host) {
        return host.substring(0, host.indexOf('.'));
    }

    // token

    Caller authenticate(Exchange exchange) {
        Vault vault = vault(exchange);
        String token = exchange.header("Authorization")
                .filter(h -> h.startsWith(BEARER))
                .map(h -> h.substring(BEARER.length()))
                .orElseThrow(() -> unauthorized(vault, "AKV10000: Request is missing a Bearer or PoP token."));
        Map<String, Object> claims = Tokens.claims(token)
                .filter(c -> tokens.isGenuine(token))
                .orElseThrow(() ->
                        unauthorized(vault, "AKV10046: Unable to resolve the key used for signature validation."));
        Caller caller = Tokens.caller(claims);
        checkIssuer(vault, caller);
        checkAudience(vault, caller);
        if (!tokens.isCurrent(claims)) {
            throw unauthorized(vault, "Error validating token: IDX10223");
        }
        return caller;
    }

    private void checkIssuer(Vault vault, Caller caller) {
        String expected = "https://sts.windows.net/" + vault.tenantId() + "/";
        if (!caller.tenantId().equals(vault.tenantId())) {
            throw unauthorized(
                    vault,
                    "AKV10032: Invalid issuer. Expected one of " + expected + ", " + MICROSOFT_SERVICES + ", found "
                            + issuer(caller) + ".");
        }
    }

    private static String issuer(Caller caller) {
        return "https://sts.windows.net/" + caller.tenantId() + "/";
    }

    private void checkAudience(Vault vault, Caller caller) {
        String expected = resource(vault.tenant(world));
        if (!caller.audience().equals(expected)) {
            throw unauthorized(
                    vault, "AKV10022: Invalid audience. Expected " + expected + ", found: " + caller.audience() + ".");
        }
    }

    private static String resource(Tenant tenant) {
        return "https://" + tenant.cloud().getKeyVaultDnsSuffix().substring(1);
    }

    private AzureError unauthorized(Vault vault, String message) {
        Tenant tenant = vault.tenant(world);
        String authority = Tokens.withoutSlash(tenant.cloud().getActiveDirectoryEndpoint()) + "/" + tenant.id();
        return AzureError.of(401, "Unauthorized", message)
                .header(
                        "WWW-Authenticate",
                        "Bearer authorization=\"" + authority + "\", resource=\"" + resource(tenant) + "\"");
    }

    // network and authorization

    /** Refuses a caller that may not do this with the named key, or with the vault's keys at all. */
    void admit(Exchange exchange, KeyPermission permission, Optional<String> key) {
        Vault vault = vault(exchange);
        checkNetwork(exchange, vault);
        if (vault.usesRbac()) {
            checkRole(exchange, vault, permission, key);
        } else if (!vault.policyAllows(exchange.caller().objectId(), permission.policyName())) {
            throw forbiddenByPolicy(exchange.caller(), vault, permission);
        }
    }

    private static void checkNetwork(Exchange exchange, Vault vault) {
        if (exchange.isSentByAzure() && vault.trustsAzureServices()) {
            return;
        }
        if (vault.isPublicNetworkDisabled()) {
            throw AzureError.of(
                    403,
                    "Forbidden",
                    "ForbiddenByConnection",
                    "Public network access is disabled and request is not from a trusted service nor via an approved"
                            + " private link.\r\n" + callerAndVault(exchange.caller(), vault));
        }
        if (vault.deniesByDefault()) {
            throw AzureError.of(
                    403,
                    "Forbidden",
                    "ForbiddenByFirewall",
                    "Client address is not authorized and caller is not a trusted service.\r\n"
                            + callerAndVault(exchange.caller(), vault));
        }
    }

    private void checkRole(Exchange exchange, Vault vault, KeyPermission permission, Optional<String> key) {
        String scope = vault.id() + key.map(k -> "/keys/" + k).orElse("");
        Caller caller = exchange.caller();
        if (!rbac.allowsData(caller.objectId(), permission.dataAction(), scope)) {
            throw AzureError.of(
                    403,
                    "Forbidden",
                    "ForbiddenByRbac",
                    "Caller is not authorized to perform action on resource.\r\n"
                            + "If role assignments, deny assignments or role definitions were changed recently, please"
                            + " observe propagation time.\r\nCaller: appid=" + caller.appId() + ";oid="
                            + caller.objectId() + ";iss=" + issuer(caller) + "\r\nAction: '" + permission.dataAction()
                            + "'\r\nResource: '" + lowered(scope) + "'\r\nAssignment: (not found)\r\n"
                            + "DenyAssignmentId: null\r\nDecisionReason: null \r\nVault: " + vault.name()
                            + ";location=" + vault.location() + "\r\n");
        }
    }

    /** Key Vault spells resource ids in its messages this way. */
    private static String lowered(String scope) {
        return scope.replace("/resourceGroups/", "/resourcegroups/")
                .replace("/Microsoft.KeyVault/", "/microsoft.keyvault/");
    }

    private static AzureError forbiddenByPolicy(Caller caller, Vault vault, KeyPermission permission) {
        return AzureError.of(
                403,
                "Forbidden",
                "ForbiddenByPolicy",
                "The user, group or application 'appid=" + caller.appId() + ";oid=" + caller.objectId()
                        + ";numgroups=0;iss=" + issuer(caller) + "' does not have keys " + permission.policyName()
                        + " permission on key vault '" + vault.name() + ";location=" + vault.location()
                        + "'. For help resolving this issue, please see"
                        + " https://go.microsoft.com/fwlink/?linkid=2125287");
    }

    static String callerAndVault(Caller caller, Vault vault) {
        return "Caller: appid=" + caller.appId() + ";oid=" + caller.objectId() + ";numgroups=0;iss=" + issuer(caller)
                + "\r\nVault: " + vault.name() + ";location=" + vault.location();
    }
}
