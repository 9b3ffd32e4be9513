package io.xtcmk.model;

import io.xtcmk.internal.Texts;
import io.xtcmk.model.DiagnosedLink.Evidence;
import io.xtcmk.model.DiagnosedLink.Remedy;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A {@link Diagnosis} for people. */
final class DiagnosisText {
    private static final Pattern AFTER_UNDERSCORE = Pattern.compile("_(.)");
    private static final Pattern WAY = Pattern.compile(
            "(?i)(https://management\\.[^/]+)?/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.\\w+/");
    private static final String INDENT = " ".repeat(14);

    private DiagnosisText() {}

    static String of(Diagnosis diagnosis) {
        StringBuilder text = new StringBuilder();
        line(text, "", verdict(diagnosis));
        diagnosis.links().forEach(link -> add(text, link));
        diagnosis.findings().forEach(finding -> line(text, "  finding     ", finding.toString()));
        return text.toString().stripTrailing();
    }

    private static String verdict(Diagnosis diagnosis) {
        Optional<DiagnosedLink> broken = diagnosis.firstBroken();
        if (broken.isPresent()) {
            return "The chain is broken at: " + name(broken.get().kind()) + " (" + word(broken.get()) + "), as of "
                    + diagnosis.at();
        }
        return diagnosis.isSound()
                ? "The chain holds, as of " + diagnosis.at()
                : "What can be seen of the chain holds, as of " + diagnosis.at();
    }

    private static void add(StringBuilder text, DiagnosedLink link) {
        line(text, "  ", line(link));
        Optional<Remedy> remedy = link.knownRemedy();
        if (remedy.isEmpty()) {
            return;
        }
        line(text, INDENT + "because ", remedy.get().likelyCause());
        line(
                text,
                INDENT + remedy.get().actor().name().toLowerCase(Locale.ROOT) + ": ",
                remedy.get().fix());
        link.evidence().forEach(evidence -> line(text, INDENT + "seen: ", line(evidence)));
    }

    private static void line(StringBuilder text, String before, String line) {
        text.append(before).append(Texts.oneLine(line)).append(System.lineSeparator());
    }

    static String line(DiagnosedLink link) {
        return Texts.oneLine(
                String.format(Locale.ROOT, "%-12s%s %s", word(link), name(link.kind()), brief(link.resource())));
    }

    /** Without the way to the resource, which is long and the same for all of a side. */
    static String brief(String resource) {
        return WAY.matcher(resource).replaceAll("");
    }

    static String line(Evidence evidence) {
        String answer = evidence.status() == 0 ? "no answer" : Integer.toString(evidence.status());
        String code = evidence.code() == null ? "" : " " + evidence.code();
        String id = evidence.requestId() == null ? "" : " (request " + evidence.requestId() + ")";
        return Texts.oneLine(brief(evidence.request()) + ": " + answer + code + id + ": " + evidence.says());
    }

    static String word(DiagnosedLink link) {
        return link.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The kind as the outcomes of steps name it: {@code managedIdentity}. */
    static String name(DiagnosedLink.Kind kind) {
        return AFTER_UNDERSCORE
                .matcher(kind.name().toLowerCase(Locale.ROOT))
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
