package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xtcmk.testing.http.Json;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A resource group is deleted while operations on what is in it are under way; nobody else is to notice. */
class DeletedGroupTest {
    private final TwoTenants two = new TwoTenants().connect();
    private final Rest arm = two.arm(two.contoso);

    private void deleteGroup(FakeTenant tenant) {
        TwoTenants.ok(two.arm(tenant).delete(TwoTenants.group(tenant, "?api-version=2021-04-01")));
    }

    private void assertNothingIsLeft() {
        assertThat(arm.get(TwoTenants.group(two.contoso, "?api-version=2021-04-01"))
                        .code())
                .isEqualTo("ResourceGroupNotFound");
        assertThat(two.azure
                        .world()
                        .resources()
                        .where(r -> r.id().contains(two.contoso.subscriptionId().toString())))
                .isEmpty();
    }

    @Test
    void createAccount_whoseGroupIsDeleted_isNotFoundAtItsEnd() {
        Rest.Reply accepted = two.putAccount();
        deleteGroup(two.contoso);
        two.azure.clock().advance(Duration.ofSeconds(17));

        assertThat(arm.get(accepted.headers().get("Location")).code()).isEqualTo("ResourceNotFound");
        assertNothingIsLeft();
    }

    @Test
    void createServer_whoseGroupIsDeleted_fails() {
        Rest.Reply accepted = arm.put(TwoTenants.sql(two.contoso, ""), two.serverBody());
        deleteGroup(two.contoso);

        assertThat(two.finished(accepted).at("error.code")).isEqualTo("ResourceGroupNotFound");
        assertNothingIsLeft();
    }

    @Test
    void changeServer_whoseGroupIsDeleted_fails() {
        two.createServer();
        Map<String, Object> own = Json.object("properties", Json.object("serverKeyType", "ServiceManaged"));
        Rest.Reply database =
                arm.put(TwoTenants.sql(two.contoso, "/databases/db1"), Json.object("location", "westeurope"));
        Rest.Reply protector = arm.put(TwoTenants.sql(two.contoso, "/encryptionProtector/current"), own);
        deleteGroup(two.contoso);

        assertThat(two.finished(protector).at("error.code")).isEqualTo("ResourceNotFound");
        assertThat(two.finished(database).at("error.code")).isEqualTo("ResourceNotFound");
        assertNothingIsLeft();
    }

    @Test
    void vault_whoseGroupIsDeleted_hasNoAddress() {
        Rest vault =
                Rest.over(two.azure.httpClient()).as(two.fabrikam.credential(), "https://vault.azure.net/.default");
        deleteGroup(two.fabrikam);
        two.azure.clock().advance(Duration.ofSeconds(15));

        assertThatThrownBy(() -> vault.get(two.keyUrl + "?api-version=7.6"))
                .hasRootCauseInstanceOf(UnknownHostException.class);
    }
}
