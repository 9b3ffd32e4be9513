package io.xtcmk.testing;

import io.xtcmk.TenantConnection;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives JUnit Jupiter tests an Azure each:
 *
 * <pre>
 * &#64;ExtendWith(FakeAzureExtension.class)
 * class OnboardingTest {
 *     &#64;Test
 *     void customer_isOnboarded(FakeAzure azure, &#64;InTenant("fabrikam") TenantConnection fabrikam) {
 *     }
 * }
 * </pre>
 *
 * <p>Parameters of tests, of methods before and after them, and of constructors can be a {@link FakeAzure}, its
 * {@link FakeClock}, a {@link FakeAzureServer} that serves it, and {@link FakeTenant} or {@link TenantConnection} with
 * {@link InTenant}. Whoever asks in a {@code @BeforeAll} method has one Azure for all tests of the class. When a test
 * fails, what there is and the calls of it are printed to standard error.
 *
 * <p>Needs JUnit Jupiter 5.12 or newer, JUnit 6 included, which this module does not bring.
 */
public final class FakeAzureExtension implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(FakeAzureExtension.class);

    /** Made by JUnit. */
    public FakeAzureExtension() {}

    /** So that the parameters of a constructor are the test's own. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == FakeAzure.class
                || type == FakeClock.class
                || type == FakeAzureServer.class
                || type == FakeTenant.class
                || (type == TenantConnection.class && parameter.isAnnotated(InTenant.class));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        FakeAzure azure = azure(context);
        if (type == FakeAzure.class) {
            return azure;
        } else if (type == FakeClock.class) {
            return azure.clock();
        } else if (type == FakeAzureServer.class) {
            return stored(context, Served.class, () -> new Served(azure.serve())).server;
        }
        FakeTenant tenant = azure.tenant(tenantName(parameter));
        return type == FakeTenant.class ? tenant : tenant.connection();
    }

    private static FakeAzure azure(ExtensionContext context) {
        return stored(context, FakeAzure.class, FakeAzure::create);
    }

    /** By the method that JUnit 5 has too: its successor, {@code computeIfAbsent}, came with JUnit 6. */
    @SuppressWarnings("deprecation")
    private static <T> T stored(ExtensionContext context, Class<T> type, Supplier<T> creator) {
        return Objects.requireNonNull(
                context.getStore(NAMESPACE).getOrComputeIfAbsent(type, key -> creator.get(), type));
    }

    /** A server that JUnit closes with the context that it is stored in; before 5.13 it closes nothing but this type. */
    @SuppressWarnings("deprecation")
    private record Served(FakeAzureServer server) implements ExtensionContext.Store.CloseableResource {
        @Override
        public void close() {
            server.close();
        }
    }

    private static String tenantName(ParameterContext parameter) {
        return parameter
                .findAnnotation(InTenant.class)
                .map(InTenant::value)
                .orElseThrow(() -> new ParameterResolutionException("The parameter " + parameter.getParameter()
                        + " has to tell which tenant it is, as in @InTenant(\"contoso\")"));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Store store = context.getStore(NAMESPACE);
        FakeAzure azure = store.get(FakeAzure.class, FakeAzure.class);
        if (azure != null && context.getExecutionException().isPresent()) {
            System.err.print(report(context.getDisplayName(), azure));
        }
    }

    private static String report(String test, FakeAzure azure) {
        StringBuilder report = new StringBuilder(test).append(" failed. ").append(azure);
        report.append("calls:\n");
        azure.calls().forEach(call -> report.append("  ").append(call).append('\n'));
        azure.pendingFaults()
                .forEach(fault -> report.append("not struck: ").append(fault).append('\n'));
        return report.toString();
    }
}
