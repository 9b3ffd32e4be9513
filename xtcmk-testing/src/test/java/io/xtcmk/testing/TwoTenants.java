package io.xtcmk.testing;

import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.Assertions;

/**
 * Both companies, set up by plain requests with their administrators' tokens, link by link:
 *
 * <pre>
 *  contoso (provider)                                fabrikam (customer)
 *  account, server -> identity -> application  ...>  service principal -> role -> key in vault
 * </pre>
 *
 * <p>What a test wants otherwise it says before {@link #connect}.
 */
final class TwoTenants {
    static final String ENCRYPTION_USER = "e147488a-f6f5-4113-8e2d-b22465e65bf6";
    static final String DATA_OWNER = "Storage Blob Data Contributor";

    private static final String ARM = "https://management.azure.com";
    private static final String GRAPH = "https://graph.microsoft.com";

    final FakeAzure azure = FakeAzure.create().vaultDns(Duration.ZERO);
    final FakeTenant contoso = azure.tenant("contoso");
    final FakeTenant fabrikam = azure.tenant("fabrikam");

    // what can be otherwise
    String signInAudience = "AzureADMultipleOrgs";
    String issuer = "https://login.microsoftonline.com/" + contoso.tenantId() + "/v2.0";
    String subject = "";
    String audience = "api://AzureADTokenExchange";
    boolean consent = true;
    boolean purgeProtection = true;
    Map<String, Object> keyProperties = Json.object("kty", "RSA", "keySize", 2048);
    String roleScope = "key";
    FakeTenant vaultOwner = fabrikam;
    boolean attached = true;

    // what came of it
    String identityId = "";
    String applicationObjectId = "";
    String clientId = "";
    String servicePrincipalId = "";
    String vaultId = "";
    String assignmentId = "";

    final String vaultUrl = "https://kv-fabrikam.vault.azure.net";
    final String keyUrl = vaultUrl + "/keys/cmk";

    TwoTenants connect() {
        group(contoso);
        group(fabrikam);
        makeApplication();
        makeVault();
        if (consent) {
            consent();
        }
        if (!roleScope.isEmpty() && consent) {
            assign();
        }
        return this;
    }

    static String group(FakeTenant tenant, String rest) {
        return ARM + "/subscriptions/" + tenant.subscriptionId() + "/resourceGroups/rg" + rest;
    }

    private void group(FakeTenant tenant) {
        ok(arm(tenant).put(group(tenant, "?api-version=2021-04-01"), Json.object("location", "westeurope")));
    }

    private void makeApplication() {
        Rest.Reply identity = ok(arm(contoso)
                .put(
                        group(
                                contoso,
                                "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-cmk?api-version=2023-01-31"),
                        Json.object("location", "westeurope")));
        identityId = identity.at("id");
        Rest.Reply application = ok(graph(contoso)
                .post(
                        GRAPH + "/v1.0/applications",
                        Json.object("displayName", "contoso-cmk", "signInAudience", signInAudience)));
        applicationObjectId = application.at("id");
        clientId = application.at("appId");
        ok(graph(contoso)
                .post(
                        GRAPH + "/v1.0/applications/" + applicationObjectId + "/federatedIdentityCredentials",
                        Json.object(
                                "name",
                                "id-cmk",
                                "issuer",
                                issuer,
                                "subject",
                                subject.isEmpty() ? identity.at("properties.principalId") : subject,
                                "audiences",
                                List.of(audience))));
    }

    private void makeVault() {
        if (vaultOwner == contoso) {
            vaultId = vault(contoso, "kv-fabrikam");
        } else {
            vaultId = vault(fabrikam, "kv-fabrikam");
        }
        ok(arm(vaultOwner)
                .put(ARM + vaultId + "/keys/cmk?api-version=2022-07-01", Json.object("properties", keyProperties)));
    }

    private String vault(FakeTenant tenant, String name) {
        Map<String, Object> properties = Json.object(
                "tenantId",
                tenant.tenantId().toString(),
                "sku",
                Json.object("family", "A", "name", "standard"),
                "enableRbacAuthorization",
                true,
                "enableSoftDelete",
                true,
                "enablePurgeProtection",
                purgeProtection ? true : Json.ABSENT);
        String id = ok(arm(tenant)
                        .put(
                                group(
                                        tenant,
                                        "/providers/Microsoft.KeyVault/vaults/" + name + "?api-version=2022-07-01"),
                                Json.object("location", "westeurope", "properties", properties)))
                .at("id");
        tenant.administrator().grant("Key Vault Crypto Officer", id);
        return id;
    }

    void consent() {
        servicePrincipalId = ok(graph(fabrikam).post(GRAPH + "/v1.0/servicePrincipals", Json.object("appId", clientId)))
                .at("id");
    }

    void withdrawConsent() {
        ok(graph(fabrikam).delete(GRAPH + "/v1.0/servicePrincipals/" + servicePrincipalId));
    }

    /** Gives the application its role at the scope asked for. */
    void assign() {
        assignmentId = scope() + "/providers/Microsoft.Authorization/roleAssignments/"
                + UUID.nameUUIDFromBytes(roleScope.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String definition = "/subscriptions/" + fabrikam.subscriptionId()
                + "/providers/Microsoft.Authorization/roleDefinitions/" + ENCRYPTION_USER;
        ok(arm(fabrikam)
                .put(
                        ARM + assignmentId + "?api-version=2022-04-01",
                        Json.object(
                                "properties",
                                Json.object(
                                        "roleDefinitionId", definition,
                                        "principalId", servicePrincipalId,
                                        "principalType", "ServicePrincipal"))));
    }

    private String scope() {
        return switch (roleScope) {
            case "vault" -> vaultId;
            case "other key" -> otherKey();
            case "other vault" -> vault(fabrikam, "kv-other");
            default -> vaultId + "/keys/cmk";
        };
    }

    private String otherKey() {
        ok(arm(fabrikam)
                .put(
                        ARM + vaultId + "/keys/other?api-version=2022-07-01",
                        Json.object("properties", Json.object("kty", "RSA", "keySize", 2048))));
        return vaultId + "/keys/other";
    }

    void revoke() {
        ok(arm(fabrikam).delete(ARM + assignmentId + "?api-version=2022-04-01"));
    }

    // the customer and the key

    void setKey(String attribute, Object value) {
        ok(keys().patch(
                        keyUrl + "/" + version() + "?api-version=7.4",
                        Json.object("attributes", Json.object(attribute, value))));
    }

    void deleteKey() {
        ok(keys().delete(keyUrl + "?api-version=7.4"));
    }

    void recoverKey() {
        ok(keys().post(vaultUrl + "/deletedkeys/cmk/recover?api-version=7.4", Map.of()));
    }

    String rotateKey() {
        return ok(keys().post(keyUrl + "/rotate?api-version=7.4", Map.of())).at("key.kid");
    }

    String version() {
        String kid = ok(keys().get(keyUrl + "?api-version=7.4")).at("key.kid");
        return kid.substring(kid.lastIndexOf('/') + 1);
    }

    private Rest keys() {
        return Rest.over(azure.httpClient()).as(vaultOwner.credential(), "https://vault.azure.net/.default");
    }

    // the provider's resources

    static String account(FakeTenant tenant, String name) {
        return group(tenant, "/providers/Microsoft.Storage/storageAccounts/" + name + "?api-version=2025-06-01");
    }

    Map<String, Object> accountBody() {
        return Json.object(
                "location", "westeurope",
                "kind", "StorageV2",
                "sku", Json.object("name", "Standard_LRS"),
                "identity", identity(),
                "properties", Json.object("encryption", encryption()));
    }

    Map<String, Object> identity() {
        return attached
                ? Json.object("type", "UserAssigned", "userAssignedIdentities", Json.object(identityId, Map.of()))
                : Json.object("type", "SystemAssigned");
    }

    Map<String, Object> encryption() {
        return Json.object(
                "keySource", "Microsoft.Keyvault",
                "keyvaultproperties", Json.object("keyvaulturi", vaultUrl, "keyname", "cmk"),
                "identity", Json.object("userAssignedIdentity", identityId, "federatedIdentityClientId", clientId));
    }

    Rest.Reply putAccount() {
        return arm(contoso).put(account(contoso, "stfabrikam"), accountBody());
    }

    /** The account, once it is made. */
    Rest.Reply createAccount() {
        Rest.Reply accepted = putAccount();
        Assertions.assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        azure.clock().advance(Duration.ofSeconds(17));
        contoso.administrator().grant(DATA_OWNER, "/subscriptions/" + contoso.subscriptionId() + "/resourceGroups/rg");
        return ok(arm(contoso).get(accepted.headers().get("Location")));
    }

    Rest.Reply getAccount() {
        return ok(arm(contoso).get(account(contoso, "stfabrikam")));
    }

    Rest.Reply patchAccount(Map<String, Object> body) {
        return arm(contoso).patch(account(contoso, "stfabrikam"), body);
    }

    static String sql(FakeTenant tenant, String rest) {
        return group(tenant, "/providers/Microsoft.Sql/servers/sql-fabrikam" + rest + "?api-version=2021-11-01");
    }

    Map<String, Object> serverBody() {
        return Json.object(
                "location", "westeurope",
                "identity", identity(),
                "properties",
                        Json.object(
                                "administratorLogin",
                                "azureuser",
                                "administratorLoginPassword",
                                "Pa55w.rd-Pa55w.rd",
                                "primaryUserAssignedIdentityId",
                                identityId,
                                "federatedClientId",
                                clientId,
                                "keyId",
                                keyUrl,
                                "administrators",
                                Map.of()));
    }

    /** What the operation says that a change of the server, or of something of it, began. */
    Rest.Reply finished(Rest.Reply accepted) {
        Assertions.assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        azure.clock().advance(Duration.ofSeconds(40));
        return ok(arm(contoso).get(accepted.headers().get("Azure-AsyncOperation")));
    }

    Rest.Reply createServer() {
        return finished(arm(contoso).put(sql(contoso, ""), serverBody()));
    }

    Rest.Reply sql(String rest) {
        return ok(arm(contoso).get(sql(contoso, rest)));
    }

    Rest arm(FakeTenant tenant) {
        return Rest.over(azure.httpClient()).as(tenant.credential(), ARM + "/.default");
    }

    Rest graph(FakeTenant tenant) {
        return Rest.over(azure.httpClient()).as(tenant.credential(), GRAPH + "/.default");
    }

    static Rest.Reply ok(Rest.Reply reply) {
        Assertions.assertThat(reply.status()).as(reply.text()).isLessThan(300);
        return reply;
    }
}
