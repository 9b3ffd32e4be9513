package io.xtcmk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xtcmk.exception.InvalidInputException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIdTest {
    private static final String SUBSCRIPTION = "1f2e3d4c-5b6a-4789-8abc-def012345678";
    private static final String GROUP = "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/rg-keys";
    private static final String VAULT = GROUP + "/providers/Microsoft.KeyVault/vaults/kv-fabrikam";

    @Test
    void of_anId_hasItsParts() {
        ResourceId id = ResourceId.of("  " + VAULT + "\n");
        assertThat(id.subscriptionId()).isEqualTo(SubscriptionId.of(SUBSCRIPTION));
        assertThat(id.resourceGroup()).isEqualTo("rg-keys");
        assertThat(id.type()).isEqualTo("Microsoft.KeyVault/vaults");
        assertThat(id.name()).isEqualTo("kv-fabrikam");
        assertThat(id).hasToString(VAULT);
    }

    @Test
    void of_aChild_hasTheWholeTypeAndTheLastName() {
        ResourceId id = ResourceId.of(VAULT + "/keys/cmk/versions/1");
        assertThat(id.type()).isEqualTo("Microsoft.KeyVault/vaults/keys/versions");
        assertThat(id.name()).isEqualTo("1");
    }

    @Test
    void of_anExtension_hasTheTypeOfItsOwnProvider() {
        ResourceId id = ResourceId.of(VAULT + "/keys/cmk/providers/Microsoft.Authorization/roleAssignments/a");
        assertThat(id.type()).isEqualTo("Microsoft.Authorization/roleAssignments");
        assertThat(id.name()).isEqualTo("a");
    }

    @Test
    void equals_ignoresCase() {
        ResourceId upper = ResourceId.of(VAULT.toUpperCase(Locale.ROOT));
        assertThat(upper).isEqualTo(ResourceId.of(VAULT)).hasSameHashCodeAs(ResourceId.of(VAULT));
        assertThat(ResourceId.of(VAULT))
                .isNotEqualTo(ResourceId.of(VAULT + "2"))
                .isNotEqualTo(VAULT);
    }

    @Test
    void equals_agreesWithHashCode_forLettersThatFoldOneWayOnly() {
        ResourceId dotless = ResourceId.of(VAULT.replace("rg-keys", "rg-\u0131"));
        ResourceId dotted = ResourceId.of(VAULT.replace("rg-keys", "rg-i"));
        assertThat(dotless.equals(dotted)).isEqualTo(dotless.hashCode() == dotted.hashCode());
    }

    @Test
    void of_parts_isTheSameAsOfText() {
        ResourceId id =
                ResourceId.of(SubscriptionId.of(SUBSCRIPTION), "rg-keys", "Microsoft.KeyVault/vaults", "kv-fabrikam");
        assertThat(id).isEqualTo(ResourceId.of(VAULT));
    }

    @Test
    void of_parts_thatWouldNameAnotherResource_areRefusedByName() {
        SubscriptionId subscription = SubscriptionId.of(SUBSCRIPTION);
        refused("subscription", () -> ResourceId.of(null, "rg", "Microsoft.X/y", "n"));
        for (String bad : new String[] {null, "", " ", "a/b", "..", "a?b", "a%2Fb", "a\nb"}) {
            refused("resourceGroup", () -> ResourceId.of(subscription, bad, "Microsoft.X/y", "n"));
            refused("name", () -> ResourceId.of(subscription, "rg", "Microsoft.X/y", bad));
        }
        for (String bad : new String[] {null, "Microsoft.X", "Microsoft.X/y/z", "/y", "Microsoft.X/"}) {
            refused("type", () -> ResourceId.of(subscription, "rg", bad, "n"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "kv-fabrikam",
                GROUP,
                GROUP + "/providers/Microsoft.KeyVault/vaults",
                "x" + VAULT,
                VAULT + "/",
                VAULT + "/keys",
                VAULT + "//keys/a",
                VAULT + "/providers/Microsoft.Authorization",
                VAULT + "?api-version=1",
                VAULT + "#f",
                VAULT + "%2e",
                VAULT + " x",
                VAULT + "\n/keys/a",
                VAULT + "\u0000",
                VAULT + "\u007f",
                VAULT + "\u0085",
                VAULT + "\u00a0",
                VAULT + "\u2028x",
                VAULT + "\u202ex",
                VAULT + "\\x",
                VAULT + "/../x",
                VAULT + "/./x",
                GROUP + "/providers/../vaults/x",
                "https://management.azure.com" + VAULT,
            })
    void of_anythingElse_isRefused(String text) {
        refused("resourceId", () -> ResourceId.of(text));
    }

    @Test
    void of_null_isRefused() {
        refused("resourceId", () -> ResourceId.of(null));
    }

    @Test
    void of_badSubscription_isRefused() {
        refused("subscriptionId", () -> ResourceId.of(VAULT.replace(SUBSCRIPTION, "1-2-3-4-5")));
    }

    @Test
    void of_aHugeText_neitherOverflowsTheStackNorFillsTheMessage() {
        assertThat(ResourceId.of(VAULT + "/a/b".repeat(100_000)).name()).isEqualTo("b");
        assertThatThrownBy(() -> ResourceId.of(VAULT + "/a/b".repeat(100_000) + "/c"))
                .isInstanceOf(InvalidInputException.class)
                .extracting(e -> e.getMessage().length())
                .satisfies(length -> assertThat(length).isLessThan(400));
    }

    private static void refused(String argument, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidInputException.class, e -> {
            assertThat(e.argument()).isEqualTo(argument);
            assertThat(e.fix()).isNotBlank();
            assertThat(e.getMessage()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
        });
    }
}
