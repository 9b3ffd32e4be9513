package io.xtcmk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xtcmk.exception.InvalidInputException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnershipTagTest {
    private static final TenantId TENANT = TenantId.of("11111111-1111-1111-1111-111111111111");
    private static final TenantId OTHER = TenantId.of("22222222-2222-2222-2222-222222222222");
    private static final ClientId APP = ClientId.of("33333333-3333-3333-3333-333333333333");

    @Test
    void issue_isNeverTheSame() {
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            values.add(OwnershipTag.issue("customer-42", TENANT).value());
        }
        assertThat(values)
                .hasSize(1000)
                .allSatisfy(value -> assertThat(OwnershipTag.isValue(value)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "guess", "0123456789012345678901234567890123456789012", "a b", "k=v"})
    void whatIsNoDigest_isNoValue(String text) {
        assertThat(OwnershipTag.isValue(text)).isEqualTo(text.length() == 43);
        assertThat(OwnershipTag.isValue(text + "=")).isFalse();
    }

    /** What is stored under one customer's name is worth nothing under another's. */
    @Test
    void value_isBoundToCustomerAndTenant() {
        OwnershipTag tag = OwnershipTag.issue("customer-42", TENANT);

        assertThat(new OwnershipTag("customer-42", TENANT, tag.nonce()).value()).isEqualTo(tag.value());
        assertThat(new OwnershipTag("customer-43", TENANT, tag.nonce()).value()).isNotEqualTo(tag.value());
        assertThat(new OwnershipTag("customer-42", OTHER, tag.nonce()).value()).isNotEqualTo(tag.value());
        assertThat(tag.value()).isNotEqualTo(tag.nonce());
    }

    @Test
    void toString_keepsTheNonce() {
        OwnershipTag tag = OwnershipTag.issue("customer-42", TENANT);

        assertThat(tag.toString()).contains("customer-42", TENANT.toString()).doesNotContain(tag.nonce(), tag.value());
    }

    @Test
    void azureCliCommand_isALineForAnyShell() {
        OwnershipTag tag = OwnershipTag.issue("customer; rm -rf \"$HOME\" & 'x'", TENANT);
        String url = "https://kv-fabrikam.vault.azure.net/keys/contoso-cmk";
        String version = "0123456789abcdef0123456789abcdef";
        String tagged = " --tags xtcmk-ownership-" + APP + "=" + tag.value();

        assertThat(tag.azureCliCommand(AuthorizedKey.of(TENANT, APP, url)))
                .isEqualTo("az keyvault key set-attributes --vault-name kv-fabrikam --name contoso-cmk" + tagged);
        assertThat(tag.azureCliCommand(AuthorizedKey.of(TENANT, APP, url + "/" + version)))
                .isEqualTo("az keyvault key set-attributes --vault-name kv-fabrikam --name contoso-cmk --version "
                        + version + tagged);
        assertThat(tag.azureCliCommand(AuthorizedKey.of(TENANT, APP, "https://hsm-f.managedhsm.azure.net/keys/k")))
                .isEqualTo("az keyvault key set-attributes --hsm-name hsm-f --name k" + tagged)
                .matches("[A-Za-z0-9 =_-]+");
    }

    @Test
    void badParts_areRefusedByName() {
        String nonce = OwnershipTag.issue("c", TENANT).nonce();
        refused("reference", () -> OwnershipTag.issue(" ", TENANT));
        refused("reference", () -> OwnershipTag.issue(null, TENANT));
        refused("tenantId", () -> OwnershipTag.issue("c", null));
        refused("nonce", () -> new OwnershipTag("c", TENANT, null));
        refused("nonce", () -> new OwnershipTag("c", TENANT, nonce + "a"));
        refused("nonce", () -> new OwnershipTag("c", TENANT, "guess"));
        refused("clientId", () -> OwnershipTag.name(null));
        refused("key", () -> OwnershipTag.issue("c", TENANT).azureCliCommand(null));
    }

    private static void refused(String argument, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.argument()).isEqualTo(argument));
    }
}
