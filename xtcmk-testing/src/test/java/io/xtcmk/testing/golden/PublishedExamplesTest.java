package io.xtcmk.testing.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.testing.FakeAzure;
import io.xtcmk.testing.RouteTables;
import io.xtcmk.testing.golden.Exceptions.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Azure's published examples, each sent to the fake. {@code -Dxtcmk.restSpecs=FOLDER} says where a copy of
 * azure-rest-api-specs is, with the specifications' {@code x-ms-examples} beside them; without it nothing is done here.
 * What the fake does otherwise, and why, is in {@code exceptions.txt}.
 */
@EnabledIfSystemProperty(named = "xtcmk.restSpecs", matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedExamplesTest {
    private static final Path COUNTS = Path.of("target", "published-examples.txt");

    private final Specs specs = new Specs(Path.of(System.getProperty("xtcmk.restSpecs")));
    private final Exceptions exceptions = Exceptions.read();
    private final FakeAzure azure = FakeAzure.create();
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

    private enum Outcome {
        KNOWN("examples of operations that the fake knows"),
        PASSED("of them passed, all their properties included"),
        PASSED_IN_PART("passed but for some properties, which are excepted"),
        EXCEPTED("excepted as wholes"),
        UNKNOWN("examples of operations that the fake does not know");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }
    }

    private void count(Outcome outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }

    @TestFactory
    Stream<DynamicTest> example() {
        List<Example> known = specs.examples().stream().filter(this::isKnown).toList();
        counts.put(Outcome.KNOWN, known.size());
        counts.put(Outcome.UNKNOWN, specs.examples().size() - known.size());
        return known.stream().map(this::test);
    }

    /** Whether the fake has a route for what the example asks. */
    private boolean isKnown(Example published) {
        Example example = Placeholders.replaced(published, new UUID(0, 1).toString(), new UUID(0, 2).toString());
        return RouteTables.know(azure, example.method(), example.host(), example.path());
    }

    private DynamicTest test(Example example) {
        List<Entry> excepted = exceptions.of(example);
        boolean whole = excepted.stream().anyMatch(Entry::isWhole);
        String name = example.operation().id() + " " + example.file().replaceFirst(".*/", "");
        return DynamicTest.dynamicTest(name + (whole ? " (excepted)" : ""), () -> {
            Set<Difference> differences = ExampleRun.of(specs, example);
            assertThat(unneeded(excepted, differences))
                    .as("exceptions that are not needed")
                    .isEmpty();
            assertThat(differences.stream().filter(d -> excepted.stream().noneMatch(e -> e.covers(d))))
                    .as(example.file())
                    .isEmpty();
            count(whole ? Outcome.EXCEPTED : excepted.isEmpty() ? Outcome.PASSED : Outcome.PASSED_IN_PART);
        });
    }

    private static List<Entry> unneeded(List<Entry> excepted, Collection<Difference> differences) {
        return excepted.stream()
                .filter(e -> differences.stream().noneMatch(e::covers))
                .toList();
    }

    @Test
    void exception_namesExamplesOfKnownOperations() {
        List<Example> known = specs.examples().stream().filter(this::isKnown).toList();
        assertThat(exceptions.all()).allMatch(e -> known.stream().anyMatch(e::names));
    }

    /** Leaves the counts for whoever runs this. */
    @AfterAll
    void tell() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Outcome outcome : Outcome.values()) {
            text.append(counts.getOrDefault(outcome, 0))
                    .append(' ')
                    .append(outcome.words)
                    .append('\n');
        }
        Files.createDirectories(COUNTS.getParent());
        Files.writeString(COUNTS, text);
    }
}
