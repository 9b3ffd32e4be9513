package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.testing.http.Route;
import io.xtcmk.testing.http.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** SUPPORTED.md is the table of routes. Run with {@code -DupdateReadme=true} to write it anew. */
class SupportedTest {
    private static final Path FILE = Path.of("SUPPORTED.md");

    @Test
    void supported_isTheTableOfRoutes() throws IOException {
        StringBuilder text = new StringBuilder("""
                # What the fake answers

                Made from its tables of routes. Any api-version is accepted. Of the query options those are honoured that
                Microsoft's clients send; an operation that is not here fails loudly, naming the nearest that are. Azure's
                published examples of these operations are among the tests; where the fake answers otherwise than they say,
                `src/test/resources/io/xtcmk/testing/golden/exceptions.txt` says why.
                """);
        FakeAzure.create().supported().forEach(service -> append(text, service));
        if (Boolean.getBoolean("updateReadme")) {
            Files.writeString(FILE, text);
        }
        assertThat(FILE)
                .as("run mvn test with -DupdateReadme=true to write it anew")
                .hasContent(text.toString());
    }

    private static void append(StringBuilder text, Service service) {
        text.append("\n## ").append(service.name()).append("\n\n| Request | What it is |\n|---|---|\n");
        for (Route route : service.routes()) {
            text.append("| `")
                    .append(route.method())
                    .append(' ')
                    .append(route.template())
                    .append("` | ")
                    .append(route.summary().replace("|", "\\|"))
                    .append(" |\n");
        }
    }
}
