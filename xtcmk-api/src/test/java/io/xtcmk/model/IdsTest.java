package io.xtcmk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xtcmk.exception.InvalidInputException;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdsTest {
    private static final String GUID = "1f2e3d4c-5b6a-4789-8abc-def012345678";

    record Type(String argument, Function<String, Object> of, Function<UUID, Object> make) {
        @Override
        public String toString() {
            return argument;
        }
    }

    static Stream<Type> types() {
        return Stream.of(
                new Type("tenantId", TenantId::of, TenantId::new),
                new Type("subscriptionId", SubscriptionId::of, SubscriptionId::new),
                new Type("clientId", ClientId::of, ClientId::new),
                new Type("applicationObjectId", ApplicationObjectId::of, ApplicationObjectId::new),
                new Type("identityClientId", IdentityClientId::of, IdentityClientId::new),
                new Type("principalId", PrincipalId::of, PrincipalId::new),
                new Type("servicePrincipalId", ServicePrincipalId::of, ServicePrincipalId::new));
    }

    @ParameterizedTest
    @MethodSource("types")
    void of_aGuid_isReadWithBlanksAroundAndInUpperCase(Type type) {
        assertThat(type.of().apply(" \t" + GUID.toUpperCase(java.util.Locale.ROOT) + "\n"))
                .isEqualTo(type.of().apply(GUID))
                .isEqualTo(type.make().apply(UUID.fromString(GUID)))
                .hasSameHashCodeAs(type.of().apply(GUID))
                .hasToString(GUID);
    }

    @ParameterizedTest
    @MethodSource("types")
    void of_anythingElse_isRefusedByName(Type type) {
        Stream.of(
                        "1-2-3-4-5",
                        "{" + GUID + "}",
                        GUID.replace("-", ""),
                        GUID + "0",
                        GUID.substring(1),
                        GUID.replace('1', 'g'),
                        GUID.replace('1', '\u0661'),
                        GUID.replace("-", "\u2010"),
                        "contoso.onmicrosoft.com",
                        GUID + "\nWARN forged")
                .forEach(text -> refused(type, () -> type.of().apply(text), "is not a GUID of 36 characters"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void of_nothing_isRefusedByName(Type type) {
        refused(type, () -> type.of().apply(null), "is null");
        refused(type, () -> type.of().apply(""), "is blank");
        refused(type, () -> type.of().apply(" \t"), "is blank");
        refused(type, () -> type.make().apply(null), "is null");
    }

    @ParameterizedTest
    @MethodSource("types")
    void of_zeros_isRefusedByName(Type type) {
        refused(type, () -> type.of().apply("00000000-0000-0000-0000-000000000000"), "is the empty GUID");
        refused(type, () -> type.make().apply(new UUID(0, 0)), "is the empty GUID");
    }

    private static void refused(Type type, org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String problem) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidInputException.class, e -> {
            assertThat(e.argument()).isEqualTo(type.argument());
            assertThat(e.problem()).contains(problem);
            assertThat(e.fix()).isNotBlank();
            assertThat(e.getMessage()).startsWith(type.argument() + ": ").doesNotContain("\n");
        });
    }
}
