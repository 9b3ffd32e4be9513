package io.xtcmk.testing.benchmarks;

import io.xtcmk.testing.FakeAzure;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Tells what an answer takes on average, batch by batch, once the JVM has seen many. */
final class WarmAnswers {
    private static final long WARM_UP = 4_000_000_000L;
    private static final long BATCH = 500_000_000L;
    private static final int AT_ONCE = 100;

    private WarmAnswers() {}

    enum Of {
        FAKE_METADATA("the fake, in process: Entra's metadata", () -> {
            FakeAzure azure = FakeAzure.create();
            return forgetting(azure, Fakes.metadata(azure));
        }),
        FAKE_GROUP("the fake, in process: a group, token and role checked", () -> {
            FakeAzure azure = FakeAzure.create();
            return forgetting(azure, Fakes.group(azure));
        }),
        WIREMOCK_DIRECT("WireMock, in process (DirectCallHttpServer): a stub", WireMocks::startDirect),
        FAKE_SERVER("the fake, HTTPS by proxy: Entra's metadata", () -> {
            var server = FakeAzure.start();
            return forgetting(
                    server.azure(),
                    Client.of(
                            server,
                            Fakes.metadataUrl(server.azure().tenant("contoso").connection())));
        }),
        WIREMOCK_HTTP("WireMock, HTTP: a stub", () -> Client.of(WireMocks.startHttp())),
        WIREMOCK_HTTPS("WireMock, HTTPS: a stub", () -> Client.of(WireMocks.startHttps()));

        private final String title;
        private final Supplier<IntSupplier> start;

        Of(String title, Supplier<IntSupplier> start) {
            this.title = title;
            this.start = start;
        }

        /** As a test suite does, which does not keep the calls of the test before; WireMock's journal is off. */
        private static IntSupplier forgetting(FakeAzure azure, IntSupplier request) {
            int[] calls = {0};
            return () -> {
                if (++calls[0] % AT_ONCE == 0) {
                    azure.clearCalls();
                }
                return request.getAsInt();
            };
        }

        String title() {
            return title;
        }
    }

    /**
     * Measures some batches, one request after another.
     *
     * @param arguments the name of what is measured, and how many batches
     */
    public static void main(String[] arguments) {
        IntSupplier request = Of.valueOf(arguments[0]).start.get();
        microseconds(request, WARM_UP);
        for (int batch = 0; batch < Integer.parseInt(arguments[1]); batch++) {
            Fork.tell(microseconds(request, BATCH));
        }
        System.exit(0);
    }

    private static Took microseconds(IntSupplier request, long nanoseconds) {
        long began = System.nanoTime();
        long processors = Took.processors(ProcessHandle.current());
        long took;
        long requests = 0;
        do {
            for (int i = 0; i < AT_ONCE; i++) {
                Client.check(request.getAsInt());
            }
            requests += AT_ONCE;
            took = System.nanoTime() - began;
        } while (took < nanoseconds);
        processors = Took.processors(ProcessHandle.current()) - processors;
        return new Took(took / 1e3 / requests, processors / 1e3 / requests);
    }
}
