package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.resourcemanager.keyvault.fluent.models.VaultInner;
import com.azure.resourcemanager.resources.models.ResourceGroup;
import io.xtcmk.testing.http.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists by pages: no item twice, none left out, by any service's link and by Microsoft's clients. */
class PagingTest extends ArmScenario {
    private static final String GROUPS = "2021-04-01";
    private final String groups = subscription + "/resourcegroups";

    private void makeGroups(int count) {
        for (int i = 0; i < count; i++) {
            put(owner, groups + "/rg-" + i, GROUPS, Json.object("location", "westeurope"));
        }
    }

    @Test
    void all_isOnePage_withoutALink() {
        makeGroups(5);

        Reply page = get(owner, groups, GROUPS);

        assertThat(page.list()).hasSize(6);
        assertThat(page.body()).doesNotContainKey("nextLink");
    }

    @Test
    void top_makesSmallPages_andTheLinkLeadsOn() {
        makeGroups(6);
        List<Object> seen = new ArrayList<>();
        int pages = 0;

        String next = groups + "?$top=3";
        while (next != null) {
            Reply page = pages == 0 ? get(owner, next, GROUPS) : getLink(next);
            assertThat(page.list()).hasSizeLessThanOrEqualTo(3);
            seen.addAll(page.list());
            next = page.text("nextLink");
            pages++;
        }

        assertThat(pages).isEqualTo(3);
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    private Reply getLink(String url) {
        assertThat(url)
                .startsWith("https://management.azure.com" + groups)
                .contains("$top=3")
                .contains("api-version=" + GROUPS);
        com.azure.core.http.HttpRequest request =
                new com.azure.core.http.HttpRequest(com.azure.core.http.HttpMethod.GET, url);
        return send(request, "Bearer " + owner.token("https://management.azure.com"), null);
    }

    @Test
    void badTopOrToken_isRefused() {
        assertThat(get(owner, groups + "?$top=0", GROUPS).status()).isEqualTo(400);
        assertThat(get(owner, groups + "?$top=many", GROUPS).status()).isEqualTo(400);
        assertThat(get(owner, groups + "?$skiptoken=junk", GROUPS).status()).isEqualTo(400);
    }

    @Test
    void microsoftsClients_followTheLinks_whereverTheyList() {
        azure.largestPage(2);
        makeGroups(4);
        for (int i = 0; i < 3; i++) {
            createVault("kv-page-" + i, rbacVault());
        }
        azure.clearCalls();

        assertThat(resources().resourceGroups().list())
                .extracting(ResourceGroup::name)
                .hasSize(5);
        assertThat(keyVault().getVaults().listByResourceGroup("rg"))
                .extracting(VaultInner::name)
                .containsExactly("kv-page-0", "kv-page-1", "kv-page-2");

        assertThat(azure.calls()).hasSize(3 + 2);
    }

    @Test
    void largestPage_holdsForGraphToo_andIsPositive() {
        azure.largestPage(1);
        contoso.newPrincipal("another");
        Rest graph = Rest.over(azure.httpClient()).as(contoso.credential(), "https://graph.microsoft.com/.default");

        Rest.Reply first = graph.get("https://graph.microsoft.com/v1.0/applications?$top=50");
        Rest.Reply second = graph.get(String.valueOf(first.json().get("@odata.nextLink")));

        assertThat(Json.list(first.json(), "value")).hasSize(1);
        assertThat(Json.list(second.json(), "value")).hasSize(1).isNotEqualTo(Json.list(first.json(), "value"));
        assertThatThrownBy(() -> azure.largestPage(0)).hasMessage("items must be positive, but is 0");
    }
}
