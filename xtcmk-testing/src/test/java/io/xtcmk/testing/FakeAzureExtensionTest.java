package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.azure.core.credential.TokenRequestContext;
import io.xtcmk.TenantConnection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The extension, as the tests of a consumer use it. The consumers' check runs this class on the oldest JUnit 5 too. */
@ExtendWith(FakeAzureExtension.class)
@Isolated("one of its tests catches what is printed to standard error")
class FakeAzureExtensionTest {
    private final FakeAzure ofConstructor;
    private FakeAzure ofBefore;

    FakeAzureExtensionTest(FakeAzure azure) {
        ofConstructor = azure;
    }

    @BeforeEach
    void before(FakeAzure azure) {
        ofBefore = azure;
    }

    @Test
    void parameters_areOfOneAzure(
            FakeAzure azure,
            FakeClock clock,
            @InTenant("fabrikam") FakeTenant fabrikam,
            @InTenant("fabrikam") TenantConnection connection) {
        assertThat(azure).isSameAs(ofBefore).isSameAs(ofConstructor);
        assertThat(clock).isSameAs(azure.clock());
        assertThat(fabrikam).isSameAs(azure.tenant("fabrikam"));
        assertThat(connection.tenantId()).isEqualTo(fabrikam.tenantId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "two"})
    void eachInvocation_hasAnAzureOfItsOwn(String name, FakeAzure azure) {
        assertThat(azure.toString()).doesNotContain("tenant ");
        azure.tenant(name);
    }

    @Nested
    class Inner {
        @Test
        void nested_hasTheSame(FakeAzure azure) {
            assertThat(azure).isSameAs(ofBefore);
        }
    }

    @Test
    void failure_printsWhatThereIsAndTheCalls_andNoSecret() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        Events tests;
        try {
            tests = run(Failing.class);
        } finally {
            System.setErr(before);
        }

        tests.assertStatistics(s -> s.failed(1).succeeded(1));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("failing(FakeAzure) failed. Azure at ", "tenant contoso ", "/oauth2/v2.0/token -> 200")
                .contains("not struck: Reset[]")
                .doesNotContain("succeeding", Failing.secret);
    }

    @Test
    void allTestsOfAClass_shareTheAzureOfBeforeAll() {
        run(Shared.class).assertStatistics(s -> s.succeeded(2));
    }

    @Test
    void tenantWithoutName_isRefusedWithTheFix() {
        run(Nameless.class)
                .failed()
                .assertThatEvents()
                .hasSize(1)
                .allSatisfy(event -> assertThat(
                                event.getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                                        .getThrowable()
                                        .orElseThrow())
                        .hasMessageContaining("@InTenant(\"contoso\")"));
    }

    private static Events run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .configurationParameter("junit.jupiter.conditions.deactivate", "*")
                .execute()
                .testEvents();
    }

    /** Run by the tests above only: its class is not found by Surefire, being nested and static. */
    @ExtendWith(FakeAzureExtension.class)
    static class Failing {
        static String secret = "";

        @Test
        void failing(FakeAzure azure) {
            FakeTenant contoso = azure.tenant("contoso");
            secret = contoso.administrator().clientSecret();
            contoso.credential()
                    .getTokenSync(new TokenRequestContext().addScopes("https://graph.microsoft.com/.default"));
            azure.inject(Fault.reset());
            assertThat(azure).isNull();
        }

        @Test
        void succeeding(FakeAzure azure) {
            assertThat(azure).isNotNull();
        }
    }

    @ExtendWith(FakeAzureExtension.class)
    static class Shared {
        private static FakeAzure ofAll;

        @BeforeAll
        static void before(FakeAzure azure) {
            ofAll = azure;
        }

        @Test
        void one(FakeAzure azure) {
            assertThat(azure).isSameAs(ofAll);
        }

        @Test
        void two(FakeAzure azure) {
            assertThat(azure).isSameAs(ofAll);
        }
    }

    @ExtendWith(FakeAzureExtension.class)
    static class Nameless {
        @Test
        void test(FakeTenant tenant) {
            assertThat(tenant).isNull();
        }
    }
}
