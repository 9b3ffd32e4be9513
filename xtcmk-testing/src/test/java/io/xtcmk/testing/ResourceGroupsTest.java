package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import com.azure.core.management.Region;
import io.xtcmk.testing.http.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceGroupsTest extends ArmScenario {
    @Test
    void put_newThenAgain_is201Then200() {
        String group = subscription + "/resourceGroups/rg-new";
        Map<String, Object> body = Json.object("location", "West Europe", "tags", Json.object("a", "b"));

        Reply made = put(owner, group, "2025-04-01", body);
        Reply again = put(owner, group.replace("rg-new", "RG-NEW"), "2025-04-01", body);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("location")).isEqualTo("westeurope");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("id")).isEqualTo(group);
    }

    @Test
    void put_inAnotherLocation_isInvalidResourceGroupLocation() {
        Reply reply = put(owner, subscription + "/resourceGroups/rg", "2025-04-01", Json.object("location", "eastus"));

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("InvalidResourceGroupLocation");
    }

    @Test
    void get_missing_isResourceGroupNotFound() {
        assertThat(get(owner, subscription + "/resourceGroups/nope", "2025-04-01")
                        .code())
                .isEqualTo("ResourceGroupNotFound");
        assertThat(call(owner, HttpMethod.HEAD, subscription + "/resourceGroups/nope", "2025-04-01", null)
                        .status())
                .isEqualTo(404);
        assertThat(call(owner, HttpMethod.HEAD, subscription + "/resourceGroups/rg", "2025-04-01", null)
                        .status())
                .isEqualTo(204);
    }

    @Test
    void fluentClient_createsFindsAndLists() {
        resources()
                .resourceGroups()
                .define("rg-fluent")
                .withRegion(Region.US_EAST)
                .create();

        assertThat(resources().resourceGroups().contain("rg-fluent")).isTrue();
        assertThat(resources().resourceGroups().list())
                .extracting(g -> g.name())
                .containsExactly("rg", "rg-fluent");
    }

    @Test
    void patch_changesTags() {
        String group = subscription + "/resourceGroups/rg";
        Reply reply =
                call(owner, HttpMethod.PATCH, group, "2025-04-01", Json.object("tags", Json.object("cost", "none")));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("tags.cost")).isEqualTo("none");
    }

    @Test
    void delete_runsAWhile_thenGroupAndIdentitiesAreGone() {
        String identity =
                subscription + "/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-cmk";
        String principal = put(owner, identity, "2024-11-30", Json.object("location", "westeurope"))
                .text("properties.principalId");

        Reply begun = call(owner, HttpMethod.DELETE, subscription + "/resourceGroups/rg", "2025-04-01", null);
        String poll = begun.header("Location").replaceAll("https://[^/]+|\\?.*", "");

        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.header("Retry-After")).isNotNull();
        assertThat(get(owner, poll, "2025-04-01").status()).isEqualTo(202);
        azure.clock().advance(Duration.ofSeconds(15));
        assertThat(get(owner, poll, "2025-04-01").status()).isEqualTo(200);
        assertThat(get(owner, identity, "2024-11-30").code()).isEqualTo("ResourceGroupNotFound");
        assertThat(azure.world().servicePrincipals().find(principal)).isEmpty();
    }

    @Test
    void lists_filterByNameTagAndGroup_andRefuseWhatTheyDoNotKnow() {
        put(
                owner,
                subscription + "/resourceGroups/rg-tagged",
                "2021-04-01",
                Json.object("location", "westeurope", "tags", Json.object("who", "fabrikam", "what", "keys")));
        String groups = subscription + "/resourcegroups?$filter=";
        String all = subscription + "/resources?$filter=";
        createVault("kv-filtered", rbacVault());

        assertThat(get(owner, groups + "tagName%20eq%20'who'%20and%20tagValue%20eq%20'fabrikam'", "2021-04-01")
                        .list())
                .hasSize(1);
        assertThat(get(owner, groups + "tagName%20eq%20'who'%20and%20tagValue%20eq%20'contoso'", "2021-04-01")
                        .list())
                .isEmpty();
        assertThat(get(owner, all + "name%20eq%20'KV-filtered'%20and%20resourceGroup%20eq%20'rg'", "2021-04-01")
                        .list())
                .hasSize(1);
        assertThat(get(owner, all + "resourceGroup%20eq%20'rg-tagged'", "2021-04-01")
                        .list())
                .isEmpty();
        assertThat(get(owner, all + "colour%20eq%20'red'", "2021-04-01").code())
                .isEqualTo("InvalidFilterInQueryString");
    }

    @Test
    void genericList_filtersByType() {
        createVault("kv-generic", rbacVault());
        put(
                owner,
                subscription + "/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-x",
                "2024-11-30",
                Json.object("location", "westeurope"));

        assertThat(keyVault().getVaults().list()).extracting(v -> v.name()).containsExactly("kv-generic");
        assertThat(get(owner, subscription + "/resourceGroups/rg/resources", "2021-04-01")
                        .list())
                .hasSize(2);
    }
}
