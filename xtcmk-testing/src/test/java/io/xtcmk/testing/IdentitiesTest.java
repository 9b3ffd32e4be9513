package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.world.ServicePrincipal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentitiesTest extends ArmScenario {
    private IdentityInner create(String name) {
        return identities()
                .getUserAssignedIdentities()
                .createOrUpdate("rg", name, new IdentityInner().withLocation("westeurope"));
    }

    @Test
    void create_makesAServicePrincipal() {
        IdentityInner identity = create("id-cmk");

        assertThat(identity.id())
                .isEqualTo(subscription + "/resourcegroups/rg/providers/Microsoft.ManagedIdentity/"
                        + "userAssignedIdentities/id-cmk");
        assertThat(identity.tenantId()).isEqualTo(contoso.tenantId().value());
        assertThat(azure.world().servicePrincipals().find(identity.principalId().toString()))
                .get()
                .satisfies(p -> {
                    assertThat(p.kind()).isEqualTo(ServicePrincipal.Kind.ManagedIdentity);
                    assertThat(p.appId()).isEqualTo(identity.clientId());
                });
    }

    @Test
    void create_again_keepsTheIds() {
        IdentityInner first = create("id-cmk");
        IdentityInner again = create("ID-CMK");

        assertThat(again.principalId()).isEqualTo(first.principalId());
        assertThat(again.id()).isEqualTo(first.id());
    }

    @Test
    void list_showsTheGroups() {
        create("id-one");
        create("id-two");

        assertThat(identities().getUserAssignedIdentities().listByResourceGroup("rg"))
                .extracting(IdentityInner::name)
                .containsExactly("id-one", "id-two");
        assertThat(identities().getUserAssignedIdentities().list()).hasSize(2);
    }

    @Test
    void delete_removesTheServicePrincipal() {
        IdentityInner identity = create("id-cmk");

        identities().getUserAssignedIdentities().delete("rg", "id-cmk");
        identities().getUserAssignedIdentities().delete("rg", "id-cmk");

        assertRefused(
                () -> identities().getUserAssignedIdentities().getByResourceGroup("rg", "id-cmk"),
                404,
                "ResourceNotFound");
        assertThat(azure.world().servicePrincipals().find(identity.principalId().toString()))
                .isEmpty();
    }

    @Test
    void create_withShortName_isRefused() {
        Map<String, Object> body = Json.object("location", "westeurope");
        String path = subscription + "/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/x";

        assertThat(put(owner, path, "2024-11-30", body).status()).isEqualTo(400);
    }
}
