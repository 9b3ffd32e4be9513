package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the real Azure answered where its specification says otherwise or nothing. Each test names the public recording
 * that shows it: of azure-service-operator ({@code Test_...}), azure-cli ({@code test_...}) or azure-sdk-for-js.
 */
class RecordedAnswersTest extends ArmScenario {
    private static final String SQL = "2025-01-01";
    private static final String STORAGE = "2025-06-01";
    private static final String VAULTS = "2023-07-01";
    private static final String GRAPH = "https://graph.microsoft.com/v1.0/";

    private final String group = subscription + "/resourceGroups/rg";
    private final String server = group + "/providers/Microsoft.Sql/servers/sql-contoso";
    private final String vault = group + "/providers/Microsoft.KeyVault/vaults/kv-contoso";
    private final String account = group + "/providers/Microsoft.Storage/storageAccounts/stcontoso";
    private final String identity = group + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-contoso";

    @BeforeEach
    void makeIdentity() {
        put(owner, identity, "2023-01-31", Json.object("location", "westeurope"));
    }

    private Reply follow(Reply accepted) {
        assertThat(accepted.status()).as(accepted.message()).isEqualTo(202);
        azure.clock().advance(Duration.ofSeconds(40));
        return at(accepted.header("Azure-AsyncOperation"));
    }

    private Reply at(String url) {
        return send(
                new HttpRequest(HttpMethod.GET, url), "Bearer " + owner.token("https://management.azure.com"), null);
    }

    private Reply graph(HttpMethod method, String path, Object body) {
        FakePrincipal admin = contoso.administrator();
        HttpRequest request = new HttpRequest(method, GRAPH + path);
        request.setHeader(com.azure.core.http.HttpHeaderName.CONTENT_TYPE, "application/json");
        return send(
                request,
                "Bearer "
                        + admin.credential()
                                .getTokenSync(new com.azure.core.credential.TokenRequestContext()
                                        .addScopes("https://graph.microsoft.com/.default"))
                                .getToken(),
                body);
    }

    private void makeServer() {
        Map<String, Object> body = Json.object(
                "location", "westeurope",
                "identity",
                        Json.object("type", "UserAssigned", "userAssignedIdentities", Json.object(identity, Map.of())),
                "properties",
                        Json.object(
                                "primaryUserAssignedIdentityId",
                                identity,
                                "administrators",
                                Json.object("login", "dba", "azureADOnlyAuthentication", true)));
        follow(put(owner, server, SQL, body));
    }

    private void makeDatabase() {
        makeServer();
        follow(put(owner, server + "/databases/db", SQL, Json.object("location", "westeurope")));
    }

    private Reply makeVault(Map<String, Object> properties) {
        Map<String, Object> all = Json.merge(
                Json.object(
                        "tenantId", contoso.tenantId().toString(),
                        "sku", Json.object("family", "A", "name", "standard"),
                        "accessPolicies", List.of()),
                properties);
        return put(owner, vault, VAULTS, Json.object("location", "westeurope", "properties", all));
    }

    private Map<String, Object> accountBody(String kind) {
        return Json.object("location", "westeurope", "kind", kind, "sku", Json.object("name", "Standard_LRS"));
    }

    /** Test_SQL_Server_v20250101_CRUD, and Test_SQL_Server_v20211101_CRUD for the older version. */
    @Test
    void server_hasDefaults_andIdentitiesByTheirOwnIds() {
        makeServer();
        String own = identity.replace("resourceGroups", "resourcegroups");

        Reply made = get(owner, server, SQL);
        Reply older = get(owner, server, "2021-11-01");

        assertThat(made.text("properties.administratorLogin")).matches("CloudSA[0-9a-f]{8}");
        assertThat(made.text("properties.minimalTlsVersion")).isEqualTo("1.2");
        assertThat(made.text("properties.administrators.login")).isEqualTo("dba");
        assertThat(made.text("properties.primaryUserAssignedIdentityId")).isEqualTo(own);
        assertThat(Json.map(made.body(), "identity.userAssignedIdentities")).containsOnlyKeys(own);
        assertThat(Json.map(made.body(), "properties"))
                .containsEntry("retentionDays", -1)
                .containsEntry("externalGovernanceStatus", "Disabled");
        assertThat(Json.map(older.body(), "properties"))
                .doesNotContainKeys("retentionDays", "externalGovernanceStatus");
    }

    /** Test_SQL_Server_v20250101_CRUD: the time is in ticks, and an answer says when to ask again even at the end. */
    @Test
    void operation_hasASignedUrl_andARetryAfterEvenAtItsEnd() {
        Reply accepted = put(
                owner,
                server,
                SQL,
                Json.object(
                        "location",
                        "westeurope",
                        "properties",
                        Json.object("administrators", Json.object("login", "dba", "azureADOnlyAuthentication", true))));
        assertThat(accepted.header("Location"))
                .matches(".*\\?api-version=" + SQL + "&t=\\d{18}&c=[\\w-]{2788}&s=[\\w-]{342}&h=[\\w-]{43}");

        Reply done = follow(accepted);

        assertThat(done.text("status")).isEqualTo("Succeeded");
        assertThat(done.header("Retry-After")).isEqualTo("1");
    }

    /** Test_SQL_Server_v20250101_CRUD. */
    @Test
    void transparentEncryption_isAnOperation_andCalledCurrent() {
        makeDatabase();
        String tde = server + "/databases/db/transparentDataEncryption/current";

        Reply accepted = put(owner, tde, SQL, Json.object("properties", Json.object("state", "Enabled")));
        Reply done = follow(accepted);

        assertThat(accepted.text("operation")).isEqualTo("UpdateLogicalDatabase");
        assertThat(accepted.header("Location")).contains("/transparentDataEncryptionOperationResults/");
        assertThat(done.header("Retry-After")).isNull();
        assertThat(get(owner, tde, SQL).body()).containsEntry("name", "Current");
        assertThat(get(owner, tde, SQL).text("properties.scanState")).isEqualTo("Complete");
        assertThat(get(owner, tde, "2021-11-01").text("properties.scanState")).isNull();
    }

    /** Test_SQL_Server_v20250101_CRUD. */
    @Test
    void database_tellsOfItsMaintenance_andOfNoBackupBeforeItsFirst() {
        makeDatabase();
        String restore = "properties.earliestRestoreDate";

        Reply made = get(owner, server + "/databases/db", SQL);
        azure.clock().advance(Duration.ofMinutes(11));

        assertThat(made.text("properties.maintenanceConfigurationId"))
                .isEqualTo(
                        subscription + "/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_Default");
        assertThat(made.text("properties.availabilityZone")).isEqualTo("NoPreference");
        assertThat(made.text(restore)).isNull();
        assertThat(get(owner, server + "/databases/db", SQL).text(restore)).isNotNull();
    }

    /** Test_SQL_Server_v20250101_CRUD: a key of a server whose group has just gone. */
    @Test
    void read_belowWhatIsNotThere_missesTheParent() {
        Reply key = get(owner, server + "/keys/kv_key_1", SQL);

        assertThat(key.status()).isEqualTo(404);
        assertThat(key.code()).isEqualTo("ParentResourceNotFound");
        assertThat(key.message())
                .isEqualTo(
                        "Failed to perform 'read' on resource(s) of type 'servers/keys', because the parent resource '"
                                + server + "' could not be found.");
    }

    /** Test_SQL_Server_v20250101_CRUD: who reads learns later than who deletes. */
    @Test
    void deletedGroup_isKnownToWhoReadsForSomeSeconds() {
        azure.realistic();
        call(owner, HttpMethod.DELETE, group, "2021-04-01", null);
        azure.clock().advance(Duration.ofSeconds(16));

        assertThat(get(owner, identity, "2023-01-31").code()).isEqualTo("ResourceNotFound");
        assertThat(get(owner, server + "/keys/kv_key_1", SQL).code()).isEqualTo("ParentResourceNotFound");
        assertThat(call(owner, HttpMethod.DELETE, identity, "2023-01-31", null).code())
                .isEqualTo("ResourceGroupNotFound");
        azure.clock().advance(Duration.ofSeconds(10));
        assertThat(get(owner, identity, "2023-01-31").code()).isEqualTo("ResourceGroupNotFound");
    }

    /** Test_CreateResourceGroupThatAlreadyExists_ReconcilesSuccessfully. */
    @Test
    void groupThatIsBeingDeleted_isDeletedByTheSameJob() {
        Reply first = call(owner, HttpMethod.DELETE, group, "2021-04-01", null);
        azure.clock().advance(Duration.ofSeconds(1));
        Reply second = call(owner, HttpMethod.DELETE, group, "2021-04-01", null);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Location").split("&t=", 2)[0])
                .isEqualTo(first.header("Location").split("&t=", 2)[0]);
        azure.clock().advance(Duration.ofSeconds(14));
        assertThat(at(second.header("Location")).status()).isEqualTo(200);
    }

    /** Test_NewResourceGroup_Error; the sentence for resources is that of many reports. */
    @Test
    void noRegion_isNotAvailable() {
        Reply newGroup =
                put(owner, subscription + "/resourceGroups/rg2", "2021-04-01", Json.object("location", "BadLocation"));
        Reply newAccount = put(owner, account, STORAGE, Json.with(accountBody("StorageV2"), "location", "mars"));

        assertThat(newGroup.code()).isEqualTo("LocationNotAvailableForResourceGroup");
        assertThat(newGroup.message())
                .startsWith("The provided location 'BadLocation' is not available for resource group. List of available"
                        + " regions is 'centralus,eastasia,");
        assertThat(newAccount.code()).isEqualTo("LocationNotAvailableForResourceType");
        assertThat(newAccount.message()).contains("'mars'", "'Microsoft.Storage/storageAccounts'");
    }

    /** Test_Keyvault_v1api20230701_CreationAndDeletion, Test_KeyVault_Vault_CRUD, test_elastic_san_customer_managed_key. */
    @Test
    void vault_omitsWhatWasNeverSet() {
        Reply plain = makeVault(Map.of());
        assertThat(Json.map(plain.body(), "properties"))
                .containsOnlyKeys(
                        "sku",
                        "tenantId",
                        "accessPolicies",
                        "enabledForDeployment",
                        "enableSoftDelete",
                        "softDeleteRetentionInDays",
                        "publicNetworkAccess",
                        "vaultUri",
                        "provisioningState");
    }

    /** Test_KeyVault_Vault_CRUD, test_elastic_san_customer_managed_key. */
    @Test
    void vault_deletesSoftly_andKeepsNoRulesThatAreNone() {
        Reply made = makeVault(Json.object(
                "enableSoftDelete",
                false,
                "networkAcls",
                Json.object("bypass", "AzureServices", "defaultAction", "Allow")));

        assertThat(made.status()).isEqualTo(200);
        assertThat(Json.map(made.body(), "properties"))
                .containsEntry("enableSoftDelete", true)
                .doesNotContainKeys("softDeleteRetentionInDays", "networkAcls");
        assertThat(makeVault(Json.object("enableSoftDelete", false)).code()).isEqualTo("BadRequest");
    }

    /** Test_KeyVault_WhenPurgeSpecified_PurgesSuccessfully. The code of what cannot be recovered is of Terraform's reports. */
    @Test
    void purge_tellsWhenItWasDone_andLeavesNothingToRecover() {
        makeVault(Map.of());
        call(owner, HttpMethod.DELETE, vault, VAULTS, null);
        String deleted = subscription + "/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/kv-contoso";

        Reply purge = call(owner, HttpMethod.POST, deleted + "/purge", VAULTS, null);
        Reply done = at(purge.header("Location"));

        assertThat(done.text("status")).isEqualTo("Succeeded");
        assertThat(done.text("createdDateTime")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ");
        assertThat(done.header("x-ms-keyvault-service-version")).isNotBlank();
        assertThat(get(owner, deleted, VAULTS).message()).contains("Ensure that the vault was indeed deleted");
        assertThat(makeVault(Json.object("createMode", "recover")).code()).isEqualTo("SoftDeletedVaultDoesNotExist");
    }

    @Test
    void managedHsmsName_isFree() {
        Reply answer = call(
                owner,
                HttpMethod.POST,
                subscription + "/providers/Microsoft.KeyVault/checkMhsmNameAvailability",
                VAULTS,
                Json.object("name", "hsm-contoso"));

        assertThat(answer.body()).containsEntry("nameAvailable", true);
    }

    /** Test_Compute_DiskEncryptionSet_20240302_CRUD. */
    @Test
    void keysOfTheControlPlane_haveNeitherPortNorEmptyTags() {
        makeVault(Map.of());

        Reply key = put(
                owner,
                vault + "/keys/testkey",
                "2024-11-01",
                Json.object("properties", Json.object("kty", "RSA", "keySize", 2048)));

        assertThat(key.text("properties.keyUri")).isEqualTo("https://kv-contoso.vault.azure.net/keys/testkey");
        assertThat(key.body()).doesNotContainKey("tags");
    }

    /** azure-sdk-for-js: list_keys_in_various_ways, restore_keys_and_recover_backups. */
    @Test
    void keysOfTheDataPlane_areListedByLinksWithAPort_andPagesMayBeEmpty() {
        azure.largestPage(1);
        FakePrincipal officer = contoso.newPrincipal("officer").grant("Key Vault Crypto Officer", subscription);
        createVault("kv-pages", rbacVault());
        Rest keys = Rest.over(azure.httpClient()).as(officer.credential(), "https://vault.azure.net/.default");
        String url = "https://kv-pages.vault.azure.net/keys";
        for (String name : List.of("a", "b", "c")) {
            keys.post(url + "/" + name + "/create?api-version=7.4", Json.object("kty", "RSA"));
        }

        List<Integer> sizes = new ArrayList<>();
        String next = url + "?api-version=7.4";
        while (next != null) {
            Rest.Reply page = keys.get(next);
            sizes.add(Json.list(page.json(), "value").size());
            next = Json.text(page.json(), "nextLink").orElse(null);
            assertThat(next == null || next.startsWith("https://kv-pages.vault.azure.net:443/keys?"))
                    .isTrue();
        }

        assertThat(sizes).containsExactly(1, 0, 1, 1);
        assertThat(keys.get(url + "/none/versions?api-version=7.4").text())
                .isEqualTo("{\"value\":[],\"nextLink\":null}");
        assertThat(keys.post(url + "/restore?api-version=7.4", Json.object("value", "AAAA…"))
                        .code())
                .isEqualTo("Malformed backup blob");
    }

    /** Test_Storage_StorageAccount_20250601_CRUD, and Test_Storage_StorageAccount_20230101_CRUD for the version before. */
    @Test
    void account_hasTodaysDefaults_byApiVersion() {
        put(owner, account, STORAGE, accountBody("StorageV2"));

        Reply made = get(owner, account, STORAGE);
        Map<String, Object> older = Json.map(get(owner, account, "2023-01-01").body(), "properties");
        Map<String, Object> oldest = Json.map(get(owner, account, "2022-09-01").body(), "properties");

        assertThat(made.header("Content-Type")).isEqualTo("application/json");
        assertThat(made.text("properties.minimumTlsVersion")).isEqualTo("TLS1_2");
        assertThat(Json.map(made.body(), "properties")).containsEntry("allowCrossTenantDelegationSas", false);
        assertThat(older).doesNotContainKey("allowCrossTenantDelegationSas");
        assertThat(Json.map(older, "networkAcls")).containsKey("ipv6Rules");
        assertThat(Json.map(oldest, "networkAcls")).doesNotContainKey("ipv6Rules");
    }

    /** Test_CreateStorageAccountWithSkipReconcile_SecretsAreWritten. */
    @Test
    void keysOfAnAccountThatIsBeingMade_cannotBeHad() {
        put(owner, account, STORAGE, accountBody("StorageV2"));

        Reply keys = call(owner, HttpMethod.POST, account + "/listKeys", STORAGE, null);

        assertThat(keys.status()).isEqualTo(409);
        assertThat(keys.code()).isEqualTo("StorageAccountIsNotProvisioned");
        assertThat(keys.header("Content-Type")).isEqualTo("application/json");
    }

    /** Test_Authorization_RoleAssignment_OnStorageAccount_CRUD and test_customer_managed_key. */
    @Test
    void account_hasEndpointsAndTierByItsKind() {
        put(owner, account, STORAGE, accountBody("BlobStorage"));
        put(owner, account + "2", STORAGE, accountBody("Storage"));

        Reply blobStorage = get(owner, account, STORAGE);
        Reply storage = get(owner, account + "2", STORAGE);

        assertThat(Json.map(blobStorage.body(), "properties.primaryEndpoints"))
                .containsOnlyKeys("dfs", "blob", "table");
        assertThat(blobStorage.text("properties.accessTier")).isEqualTo("Hot");
        assertThat(Json.map(storage.body(), "properties.primaryEndpoints"))
                .containsOnlyKeys("blob", "queue", "table", "file");
        assertThat(storage.text("properties.accessTier")).isNull();
    }

    /** github.com/Azure/azure-rest-api-specs/issues/17650: refused even if the map is empty. */
    @Test
    void systemAssignedIdentity_withAMapOfOthers_isRefused() {
        Map<String, Object> both = Json.object("type", "SystemAssigned", "userAssignedIdentities", Map.of());

        Reply refused = put(owner, account, STORAGE, Json.with(accountBody("StorageV2"), "identity", both));

        assertThat(refused.code()).isEqualTo("FailedIdentityOperation");
        assertThat(refused.message()).contains("a non-UserAssigned identity type should not contain");
        assertThat(refused.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    }

    /** test_app_scenario and test_service_principal_scenario. */
    @Test
    void application_ofPersonalAccounts_getsTokensOfVersion2() {
        Reply personal = graph(HttpMethod.POST, "applications", Json.object("displayName", "personal"));
        Reply own = graph(
                HttpMethod.POST,
                "applications",
                Json.object(
                        "displayName",
                        "own",
                        "signInAudience",
                        "AzureADMultipleOrgs",
                        "appRoles",
                        List.of(Json.object("value", "Writer")),
                        "optionalClaims",
                        Json.object("idToken", List.of(Json.object("name", "auth_time")))));
        Reply principal = graph(HttpMethod.POST, "servicePrincipals", Json.object("appId", own.text("appId")));
        Reply missing = graph(HttpMethod.GET, "applications/00000000-0000-0000-0000-000000000001", null);

        assertThat(Json.number(personal.body(), "api.requestedAccessTokenVersion"))
                .contains(2L);
        assertThat(personal.body()).containsEntry("description", null);
        assertThat(Json.map(own.body(), "api")).containsEntry("requestedAccessTokenVersion", null);
        assertThat(Json.list(own.body(), "appRoles")).hasToString("[{origin=Application, value=Writer}]");
        assertThat(Json.list(own.body(), "optionalClaims.idToken"))
                .hasToString("[{source=null, essential=false, additionalProperties=[], name=auth_time}]");
        assertThat(principal.body()).containsEntry("description", null);
        assertThat(principal.text("createdDateTime")).matches("[\\d-]{10}T[\\d:]{8}Z");
        assertThat(missing.header("Content-Type")).isEqualTo("application/json");
    }

    /** test_blueprint_assignment. */
    @Test
    void managedIdentity_hasACertificateAndNoInfo() {
        String principal = get(owner, identity, "2023-01-31").text("properties.principalId");

        Reply found = graph(HttpMethod.POST, "directoryObjects/getByIds", Json.object("ids", List.of(principal)));

        Map<String, Object> object = Json.cast(found.list().get(0));
        assertThat(found.header("Location")).isEqualTo("https://graph.microsoft.com");
        assertThat(object).containsEntry("info", null);
        assertThat(Json.list(object, "servicePrincipalNames").get(1))
                .asString()
                .startsWith("https://identity.azure.net/");
        Map<String, Object> certificate =
                Json.cast(Json.list(object, "keyCredentials").get(0));
        assertThat(certificate).containsEntry("type", "AsymmetricX509Cert").containsEntry("key", null);
        assertThat(Json.text(certificate, "customKeyIdentifier"))
                .hasValueSatisfying(id -> assertThat(id).matches("[0-9A-F]{40}"));
    }

    /** Test_Authorization_RoleAssignment_OnResourceGroup_CRUD, Test_ConfigMapUpdated_TriggersReconcile. */
    @Test
    void roleAssignment_ofAFreshIdentity_waitsForItsPrincipal() {
        azure.directoryReplication(Duration.ofSeconds(30));
        put(owner, identity + "2", "2023-01-31", Json.object("location", "westeurope"));
        String principal = get(owner, identity + "2", "2023-01-31").text("properties.principalId");

        Reply early = assign(principal);
        azure.clock().advance(Duration.ofSeconds(30));
        Reply late = assign(principal);

        assertThat(early.code()).isEqualTo("PrincipalNotFound");
        assertThat(late.status()).isEqualTo(201);
        assertThat(Json.map(late.body(), "properties")).containsEntry("description", null);
        assertThat(assign("wow").message())
                .isEqualTo("The Principal ID 'wow' is not valid. Principal ID must be a GUID.");
    }

    private Reply assign(String principal) {
        return put(
                owner,
                group + "/providers/Microsoft.Authorization/roleAssignments/53bbe6b3-02e8-5404-8307-ff6a308feb97",
                "2022-04-01",
                Json.object(
                        "properties",
                        Json.object(
                                "principalId",
                                principal,
                                "roleDefinitionId",
                                subscription
                                        + "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c")));
    }

    /** All recordings; Test_ManagedIdentity_UserAssignedIdentity_20230131_CRUD has the second PUT. */
    @Test
    void answers_areForHttpsOnly_andAnIdentityThatIsThereHasNoLocation() {
        Reply again = put(owner, identity, "2023-01-31", Json.object("location", "westeurope"));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Location")).isNull();
        assertThat(again.header("Strict-Transport-Security")).isEqualTo("max-age=31536000; includeSubDomains");
        assertThat(graph(HttpMethod.GET, "organization", null).header("Strict-Transport-Security"))
                .isEqualTo("max-age=31536000");
    }
}
