package io.xtcmk.testing.benchmarks;

import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.FakeAzureServer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Tells how long it takes in this JVM, which has done nothing before, from nothing to the first answer. */
final class FirstAnswer {
    private FirstAnswer() {}

    enum Of {
        FAKE("the fake, in process", () -> Fakes.metadata(FakeAzure.create())),
        FAKE_SIGNED_IN("the fake, in process: token, PUT and GET of a group", () -> Fakes.group(FakeAzure.create())),
        WIREMOCK_DIRECT("WireMock, in process (DirectCallHttpServer)", WireMocks::startDirect),
        FAKE_SERVER("the fake, HTTPS by proxy", Of::server),
        WIREMOCK_HTTP("WireMock, HTTP", () -> Client.of(WireMocks.startHttp())),
        WIREMOCK_HTTPS("WireMock, HTTPS", () -> Client.of(WireMocks.startHttps()));

        private final String title;
        private final Supplier<IntSupplier> start;

        Of(String title, Supplier<IntSupplier> start) {
            this.title = title;
            this.start = start;
        }

        private static IntSupplier server() {
            FakeAzureServer server = FakeAzure.start();
            return Client.of(
                    server, Fakes.metadataUrl(server.azure().tenant("contoso").connection()));
        }

        String title() {
            return title;
        }
    }

    /**
     * Measures once.
     *
     * @param arguments the name of what is measured
     */
    public static void main(String[] arguments) {
        Of of = Of.valueOf(arguments[0]);
        long began = System.nanoTime();
        int status = of.start.get().getAsInt();
        long took = System.nanoTime() - began;
        Client.check(status);
        Fork.tell(new Took(took / 1e6, Took.processors(ProcessHandle.current()) / 1e6));
        System.exit(0);
    }
}
