package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every answer of a service carries, whatever it says: an id by which support finds it. */
class AnswersTest {
    private final TwoTenants two = new TwoTenants().connect();

    @Test
    void everyAnswer_hasItsRequestId_refusalsAndFaultsIncluded() {
        two.createAccount();
        Rest nobody = Rest.over(two.azure.httpClient());
        String login = "https://login.microsoftonline.com/" + two.contoso.tenantId();
        two.azure.inject(Fault.fail(503, "ServerTimeout").on("GET", "/subscriptions/{subscription}/locations"));
        List<Rest.Reply> answers = Stream.of(
                        nobody.get(login + "/v2.0/.well-known/openid-configuration"),
                        nobody.form(login + "/oauth2/v2.0/token", Map.of()),
                        two.arm(two.contoso).get(TwoTenants.group(two.contoso, "?api-version=2021-04-01")),
                        two.arm(two.contoso).get(TwoTenants.group(two.contoso, "-not?api-version=2021-04-01")),
                        nobody.get(TwoTenants.group(two.contoso, "?api-version=2021-04-01")),
                        two.arm(two.contoso)
                                .get("https://management.azure.com/subscriptions/" + two.contoso.subscriptionId()
                                        + "/locations?api-version=2022-12-01"),
                        nobody.get(two.keyUrl + "?api-version=7.4"),
                        nobody.get("https://stfabrikam.blob.core.windows.net/data/letter"))
                .toList();

        assertThat(answers).allSatisfy(a -> assertThat(a.headers()).as(a.text()).containsKey("x-ms-request-id"));
        assertThat(answers).extracting(a -> a.headers().get("x-ms-request-id")).doesNotHaveDuplicates();
        assertThat(List.of(
                        two.graph(two.contoso).get("https://graph.microsoft.com/v1.0/applications"),
                        nobody.get("https://graph.microsoft.com/v1.0/applications")))
                .allSatisfy(a -> assertThat(a.headers()).containsKeys("request-id", "client-request-id"));
    }
}
