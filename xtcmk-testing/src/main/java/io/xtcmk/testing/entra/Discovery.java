package io.xtcmk.testing.entra;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Exchange;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.Tokens;
import io.xtcmk.testing.world.Cloud;
import io.xtcmk.testing.world.Directory;
import io.xtcmk.testing.world.Tenant;
import io.xtcmk.testing.world.World;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The documents by which clients find the endpoints, and validators the signing key. */
final class Discovery {
    private static final Set<String> SHARED = Set.of("common", "organizations", "consumers");

    private final Directory directory;
    private final Tokens tokens;

    Discovery(World world, Tokens tokens) {
        this.directory = new Directory(world);
        this.tokens = tokens;
    }

    /** {@code GET /common/discovery/instance}: which hosts are one and the same cloud. */
    Answer instance(Exchange request) {
        URI asked = URI.create(request.query("authorization_endpoint")
                .orElseThrow(() -> Aadsts.missingParameter("authorization_endpoint")));
        if (Cloud.ofLoginHost(String.valueOf(asked.getHost())).isEmpty()) {
            throw Aadsts.of(400, "invalid_instance", 50049, "Unknown or invalid instance: " + asked.getHost() + ".");
        }
        String tenant = asked.getPath().split("/", -1)[1];
        return Answer.ok(Json.object(
                "tenant_discovery_endpoint",
                "https://" + asked.getHost() + "/" + tenant + "/v2.0/.well-known/openid-configuration",
                "api-version",
                "1.1",
                "metadata",
                Stream.of(Cloud.values()).map(Discovery::metadata).toList()));
    }

    private static Map<String, Object> metadata(Cloud cloud) {
        List<String> hosts = cloud.loginHosts();
        return Json.object(
                "preferred_network", hosts.get(0),
                "preferred_cache", hosts.get(hosts.size() > 1 ? 1 : 0),
                "aliases", hosts);
    }

    /** {@code GET /{tenant}/v2.0/.well-known/openid-configuration}. */
    Answer v2Configuration(Exchange request) {
        return Answer.ok(configuration(request, true));
    }

    /** {@code GET /{tenant}/.well-known/openid-configuration}: the issuer of version 1.0, with its slash. */
    Answer v1Configuration(Exchange request) {
        return Answer.ok(configuration(request, false));
    }

    private Map<String, Object> configuration(Exchange request, boolean v2) {
        Cloud cloud = Cloud.ofLoginHost(request.host()).orElseThrow();
        String tenant = tenantSegment(request, cloud);
        String root = request.origin() + "/" + tenant;
        String oauth = root + "/oauth2" + (v2 ? "/v2.0" : "");
        return Json.object(
                "token_endpoint", oauth + "/token",
                "token_endpoint_auth_methods_supported",
                        List.of("client_secret_post", "private_key_jwt", "client_secret_basic"),
                "jwks_uri", root + "/discovery" + (v2 ? "/v2.0" : "") + "/keys",
                "response_modes_supported", List.of("query", "fragment", "form_post"),
                "subject_types_supported", List.of("pairwise"),
                "id_token_signing_alg_values_supported", List.of("RS256"),
                "response_types_supported", List.of("code", "id_token", "code id_token", "id_token token"),
                "scopes_supported", List.of("openid", "profile", "email", "offline_access"),
                "issuer", issuer(tenant, cloud, v2),
                "authorization_endpoint", oauth + "/authorize",
                "tenant_region_scope", Json.ABSENT,
                "cloud_instance_name", cloud.loginHosts().get(0));
    }

    private String tenantSegment(Exchange request, Cloud cloud) {
        String name = request.parameter("tenant");
        if (SHARED.contains(name)) {
            return name;
        }
        return directory
                .tenant(name, cloud)
                .map(Tenant::id)
                .orElseThrow(() -> Aadsts.tenantNotFound(name, "invalid_tenant"))
                .toString();
    }

    private static String issuer(String tenant, Cloud cloud, boolean v2) {
        if (SHARED.contains(tenant)) {
            return "https://" + cloud.loginHosts().get(0) + "/{tenantid}" + (v2 ? "/v2.0" : "/");
        }
        java.util.UUID id = java.util.UUID.fromString(tenant);
        return v2 ? cloud.v2Issuer(id) : cloud.v1Issuer(id);
    }

    /** {@code GET /{tenant}/discovery/v2.0/keys}. */
    Answer keys(Exchange request) {
        return Answer.ok(Json.object("keys", List.of(tokens.jwk())));
    }
}
