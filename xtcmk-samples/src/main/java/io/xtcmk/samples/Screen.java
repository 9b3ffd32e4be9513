package io.xtcmk.samples;

import io.xtcmk.model.StepOutcome;
import io.xtcmk.model.TenantId;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/** The programs' only way to say something: headings, notes, and steps in columns. */
final class Screen {
    private final PrintStream out;
    private final Function<TenantId, String> tenantNames;

    Screen(PrintStream out, Function<TenantId, String> tenantNames) {
        this.out = out;
        this.tenantNames = tenantNames;
    }

    /** For what must run but is of no interest. */
    static Screen silent() {
        return new Screen(new PrintStream(PrintStream.nullOutputStream()), TenantId::toString);
    }

    void heading(String text) {
        out.println();
        out.println(text);
        out.println("-".repeat(text.length()));
    }

    void note(String... lines) {
        for (String line : lines) {
            out.println(("  " + line).stripTrailing());
        }
    }

    void fact(String name, Object value) {
        out.printf(Locale.ROOT, "  %-24s %s%n", name, value);
    }

    /** One line for a step: where, what, how it is named, what became of it, how long it took. */
    void step(StepOutcome outcome) {
        out.printf(
                Locale.ROOT,
                "  %-10s %-28s %-52s %-9s %s%n",
                tenantNames.apply(outcome.tenantId()),
                outcome.step(),
                Names.brief(outcome.resource()),
                outcome.change().name().toLowerCase(Locale.ROOT),
                seconds(outcome.took()));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%7.1f s", duration.toMillis() / 1000.0);
    }
}
