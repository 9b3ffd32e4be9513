package io.xtcmk.testing.server;

import io.xtcmk.testing.FakeAzureServer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The fake as a program: {@code java -jar xtcmk-testing-server-…-standalone.jar --dir DIR}. */
@Command(
        name = "java -jar xtcmk-testing-server-<version>-standalone.jar",
        description = {
            "A fake Azure with two tenants, for cross-tenant customer-managed keys, behind an HTTPS proxy on loopback.",
            "Prints \"ready\" when clients may come, and runs until it is ended.%n"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Standalone.Version.class,
        usageHelpAutoWidth = true)
final class Standalone implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "Where to write ca.pem, ca.p12 and env.sh, which clients source. Made if need be.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--port", paramLabel = "N", description = "The proxy's port on loopback; any free one by default.")
    private int port;

    @Option(
            names = "--traffic",
            paramLabel = "FILE",
            description = "Append every exchange to this file, a line of JSON each, secrets and tokens masked.")
    private @Nullable Path traffic;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Real time that every answer takes at least, such as 20ms or 1.5s; none by default.")
    private Duration latency = Duration.ZERO;

    private Standalone() {}

    /**
     * Serves an empty Azure with two tenants until the process is ended. Exits with 0 when it is told to end, with 1 if it
     * cannot start, with 2 if the arguments are wrong.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        withoutUnsafe();
        int code = new CommandLine(new Standalone())
                .setExecutionExceptionHandler((error, line, parsed) -> {
                    line.getErr().println("cannot start: " + error.getMessage());
                    return 1;
                })
                .execute(arguments);
        // Netty's threads are daemons, and the server's end is the process's.
        System.exit(code);
    }

    /** JDK 24 and newer warn, on standard error, of the Unsafe that Netty uses unless told otherwise. */
    private static void withoutUnsafe() {
        if (Runtime.version().feature() >= 24 && System.getProperty("io.netty.noUnsafe") == null) {
            System.setProperty("io.netty.noUnsafe", "true");
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65535) {
            throw new ParameterException(spec.commandLine(), "--port " + port + ": a port is a number from 0 to 65535");
        }
        FakeAzureServer server = FakeAzureServer.start(port, latency, this::complain);
        try {
            if (traffic != null) {
                server.azure().onCall(TrafficFile.at(traffic));
            }
            server.writeTo(
                    folder, server.azure().tenant("contoso"), server.azure().tenant("fabrikam"));
        } catch (UncheckedIOException e) {
            server.close();
            throw e;
        }
        // Before anybody is told: who is told may end it at once.
        endWell(server);
        announce(server.proxy());
        Thread.currentThread().join();
        return 0;
    }

    private void announce(URI proxy) {
        spec.commandLine()
                .getOut()
                .printf("fake Azure behind the proxy %s; in a client's shell: . %s%n", proxy, folder.resolve("env.sh"));
        spec.commandLine().getOut().println("ready");
        spec.commandLine().getOut().flush();
    }

    private void complain(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    /** To be ended is this program's normal end: it exits with 0, not with the signal's number. */
    private static void endWell(FakeAzureServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            Runtime.getRuntime().halt(0);
        }));
    }

    /** Reads 20ms, 1.5s, 2m or what {@link Duration#parse} takes. */
    static final class TimeConverter implements ITypeConverter<Duration> {
        private static final Pattern SHORT = Pattern.compile("(\\d+)ms|(\\d+(?:\\.\\d+)?[smh])");

        @Override
        public Duration convert(String value) {
            Matcher matcher = SHORT.matcher(value.toLowerCase(Locale.ROOT));
            try {
                Duration duration = !matcher.matches()
                        ? Duration.parse(value)
                        : matcher.group(1) != null
                                ? Duration.ofMillis(Long.parseLong(matcher.group(1)))
                                : Duration.parse("PT" + matcher.group(2));
                if (!duration.isNegative()) {
                    return duration;
                }
            } catch (DateTimeParseException | NumberFormatException e) {
                // Told below.
            }
            throw new TypeConversionException("'" + value + "' is not a time; write it like 20ms, 1.5s or PT0.02S");
        }
    }

    /** The jar's version, as its manifest has it. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Standalone.class.getPackage().getImplementationVersion();
            return new String[] {"xtcmk-testing-server " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
