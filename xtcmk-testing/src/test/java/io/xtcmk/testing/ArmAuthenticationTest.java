package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import io.xtcmk.testing.world.Role;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Refusals at Resource Manager's front door; texts as azure-cli and azure-sdk issues quote them. */
class ArmAuthenticationTest extends ArmScenario {
    private Reply group(String authorization) {
        return send(
                new HttpRequest(
                        HttpMethod.GET,
                        "https://management.azure.com" + subscription + "/resourceGroups/rg?api-version=2025-04-01"),
                authorization,
                null);
    }

    @Test
    void request_withoutToken_isAuthenticationFailed() {
        Reply reply = group(null);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("AuthenticationFailed");
        assertThat(reply.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
    }

    @Test
    void request_withoutJwt_isInvalidAuthenticationToken() {
        assertThat(group("Bearer nonsense").code()).isEqualTo("InvalidAuthenticationToken");
    }

    @Test
    void request_withTokenOfAnotherWorld_isAuthenticationFailed() {
        FakeAzure other = FakeAzure.create();
        other.world().ids().uuid();
        String token = Someone.in(other, other.tenant("contoso")).token("https://management.azure.com");
        String forged = token.substring(0, token.lastIndexOf('.')) + ".AAAA";

        assertThat(group("Bearer " + forged).code()).isEqualTo("AuthenticationFailed");
    }

    @Test
    void request_withExpiredToken_isExpiredAuthenticationToken() {
        Instant now = azure.clock().now();
        String token = owner.token("https://management.azure.com", now.minusSeconds(7200), now.minusSeconds(3600));

        Reply reply = group("Bearer " + token);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("ExpiredAuthenticationToken");
        assertThat(reply.message()).contains("12/31/2025 11:00:00 PM", "1/1/2026 12:00:00 AM");
    }

    @Test
    void request_withTokenForVault_isInvalidAudience() {
        assertThat(group("Bearer " + owner.token("https://vault.azure.net")).code())
                .isEqualTo("InvalidAuthenticationTokenAudience");
    }

    @Test
    void request_withEitherAudience_isAnswered() {
        assertThat(group("Bearer " + owner.token("https://management.core.windows.net//"))
                        .status())
                .isEqualTo(200);
        assertThat(group("Bearer " + owner.token("https://management.azure.com/"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void request_ofAnotherTenant_isInvalidAuthenticationTokenTenant() {
        FakeTenant fabrikam = azure.tenant("fabrikam");
        Reply reply = group("Bearer " + Someone.in(azure, fabrikam).token("https://management.azure.com"));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("InvalidAuthenticationTokenTenant");
        assertThat(reply.message())
                .contains("https://sts.windows.net/" + fabrikam.tenantId() + "/")
                .contains("https://sts.windows.net/" + contoso.tenantId() + "/");
        assertThat(reply.header("WWW-Authenticate"))
                .contains("authorization_uri=\"https://login.windows.net/" + contoso.tenantId() + "\"");
    }

    @Test
    void request_forUnknownSubscription_isSubscriptionNotFound() {
        Reply reply = get(owner, "/subscriptions/" + new UUID(1, 2) + "/resourceGroups/rg", "2025-04-01");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("SubscriptionNotFound");
        assertThat(reply.header("x-ms-failure-cause")).isEqualTo("gateway");
    }

    @Test
    void request_withoutRole_isAuthorizationFailedAtTheResource() {
        Someone stranger = Someone.in(azure, contoso);

        Reply reply = get(
                stranger,
                subscription + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv/keys",
                "2025-05-01");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("AuthorizationFailed");
        assertThat(reply.message())
                .isEqualTo("The client '" + stranger.appId() + "' with object id '" + stranger.objectId()
                        + "' does not have authorization to perform action 'Microsoft.KeyVault/vaults/keys/read'"
                        + " over scope '" + subscription
                        + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv' or the scope is invalid. If"
                        + " access was recently granted, please refresh your credentials.");
    }

    @Test
    void request_withRoleOnTheGroup_isAnsweredBelowItOnly() {
        Someone reader = Someone.in(azure, contoso).granted(Role.READER, subscription + "/resourceGroups/rg");

        assertThat(get(reader, subscription + "/resourcegroups/RG", "2025-04-01")
                        .status())
                .isEqualTo(200);
        assertThat(get(reader, subscription + "/resourceGroups", "2025-04-01").status())
                .isEqualTo(403);
        assertThat(get(reader, "/subscriptions", "2022-12-01").list()).hasSize(1);
    }

    @Test
    void answers_carryIdsAndTheAllowanceLeft() {
        Reply first = get(owner, subscription, "2022-12-01");
        Reply second = get(owner, subscription, "2022-12-01");

        assertThat(first.header("x-ms-request-id")).isNotEqualTo(second.header("x-ms-request-id"));
        assertThat(first.header("x-ms-routing-request-id")).startsWith("WESTEUROPE:20260101T000000Z:");
        assertThat(first.header("x-ms-ratelimit-remaining-subscription-reads")).isEqualTo("249");
        assertThat(second.header("x-ms-ratelimit-remaining-subscription-reads")).isEqualTo("248");
    }

    @Test
    void request_withoutApiVersion_isRefusedFirst() {
        Rest.Reply reply = Rest.over(azure.httpClient()).get("https://management.azure.com" + subscription);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("MissingApiVersionParameter");
        assertThat(reply.headers()).containsKeys("x-ms-request-id", "x-ms-correlation-request-id");
    }
}
