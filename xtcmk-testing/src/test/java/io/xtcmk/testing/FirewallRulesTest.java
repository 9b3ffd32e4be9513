package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.testing.http.Json;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server's firewall rules, statuses and codes from Microsoft's REST page "Firewall Rules". */
class FirewallRulesTest {
    private final TwoTenants two = new TwoTenants().connect();

    @BeforeEach
    void server() {
        two.createServer();
    }

    @AfterEach
    void keepTraffic() {
        Traffic.keep(FirewallRulesTest.class, two.azure);
    }

    @Test
    void rule_isMadeChangedListedAndRemoved() {
        assertThat(put("office", "203.0.113.1", "203.0.113.9").status()).isEqualTo(200);
        Rest.Reply changed = put("office", "203.0.113.1", "203.0.113.7");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(two.sql("/firewallRules/office").at("properties.endIpAddress"))
                .isEqualTo("203.0.113.7");
        assertThat(two.sql("/firewallRules").text()).contains("\"name\":\"office\"", "203.0.113.7");
        assertThat(arm().delete(url("office")).status()).isEqualTo(200);
        assertThat(arm().delete(url("office")).status()).isEqualTo(204);
        Rest.Reply gone = arm().get(url("office"));
        assertThat(gone.code()).isEqualTo("ResourceNotFound");
        assertThat(gone.text()).contains("'Microsoft.Sql/servers/firewallRules' with name 'office'");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.1, FirewallRuleInvalidRange",
        "203.0.113.256, 203.0.113.1, FirewallRuleNotIPv4Address",
        "2001:db8::1, 2001:db8::2, FirewallRuleNotIPv4Address",
        ", 203.0.113.1, InvalidServerFirewallRuleResourceParameters",
    })
    void rule_withBadAddresses_isRefused(String start, String end, String code) {
        Rest.Reply refused = put("office", start, end);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void rule_withALongName_orWithoutPublicNetwork_isRefused() {
        assertThat(put("x".repeat(129), "0.0.0.0", "0.0.0.0").code()).isEqualTo("FirewallRuleNameTooLong");
        two.finished(arm().patch(
                        TwoTenants.sql(two.contoso, ""),
                        Json.object("properties", Json.object("publicNetworkAccess", "Disabled"))));
        assertThat(put("office", "0.0.0.0", "0.0.0.0").code()).isEqualTo("DenyPublicEndpointEnabled");
    }

    @Test
    void rules_goWithTheirServer() {
        put("office", "0.0.0.0", "0.0.0.0");
        two.finished(arm().delete(TwoTenants.sql(two.contoso, "")));
        two.createServer();
        assertThat(two.sql("/firewallRules").json())
                .extracting("value")
                .asString()
                .isEqualTo("[]");
    }

    private Rest.Reply put(String rule, String start, String end) {
        Map<String, Object> properties =
                Json.object("startIpAddress", start == null ? Json.ABSENT : start, "endIpAddress", end);
        return arm().put(url(rule), Json.object("properties", properties));
    }

    private String url(String rule) {
        return TwoTenants.sql(two.contoso, "/firewallRules/" + rule);
    }

    private Rest arm() {
        return two.arm(two.contoso);
    }
}
