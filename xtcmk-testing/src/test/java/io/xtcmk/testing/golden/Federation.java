package io.xtcmk.testing.golden;

import io.xtcmk.testing.golden.Sender.Reply;
import io.xtcmk.testing.http.Json;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The provider's application that trusts its identities and is installed, with its role, in the customer's tenant. */
final class Federation {
    private static final String GRAPH = "https://graph.microsoft.com/v1.0";

    private final Scene scene;

    Federation(Scene scene) {
        this.scene = scene;
    }

    /** Makes it; gives its client id. */
    String of(Set<String> identities) {
        Reply application = scene.send(
                        scene.contoso,
                        "POST",
                        GRAPH + "/applications",
                        Json.object("displayName", "cmk", "signInAudience", "AzureADMultipleOrgs"))
                .accepted();
        identities.forEach(identity -> trust(text(application, "id"), identity));
        String clientId = text(application, "appId");
        Reply installed = scene.send(
                        scene.fabrikam, "POST", GRAPH + "/servicePrincipals", Json.object("appId", clientId))
                .accepted();
        scene.admit(scene.fabrikam, UUID.fromString(text(installed, "id")));
        return clientId;
    }

    private void trust(String application, String identity) {
        String principal =
                text(scene.arm(scene.contoso, "GET", identity, "2023-01-31", null), "properties.principalId");
        scene.send(
                        scene.contoso,
                        "POST",
                        GRAPH + "/applications/" + application + "/federatedIdentityCredentials",
                        Json.object(
                                "name",
                                ResourceId.of(identity).name(),
                                "issuer",
                                "https://login.microsoftonline.com/" + scene.contoso.tenantId() + "/v2.0",
                                "subject",
                                principal,
                                "audiences",
                                List.of("api://AzureADTokenExchange")))
                .accepted();
    }

    private static String text(Reply reply, String path) {
        return Json.text(reply.json(), path).orElseThrow();
    }
}
