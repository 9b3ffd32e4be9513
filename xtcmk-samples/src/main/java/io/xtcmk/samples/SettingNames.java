package io.xtcmk.samples;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The names of all settings, and which of the names that are set were meant to be one of them. */
final class SettingNames {
    static final String CLOUD = "XTCMK_CLOUD";
    static final String REGION = "XTCMK_REGION";
    static final String DIRECTORY = "XTCMK_DIRECTORY";
    static final String DIAGRAM = "XTCMK_DIAGRAM";

    private static final String PREFIX = "XTCMK_";

    /** The served fake's files and this project's own tests use them. */
    private static final Set<String> OTHERS = Set.of("XTCMK_JAVA_OPTS", "XTCMK_SWEEP");

    private static final List<String> ALL = Stream.concat(
                    Stream.of(CLOUD, REGION, DIRECTORY, DIAGRAM),
                    Arrays.stream(Side.values())
                            .flatMap(side ->
                                    Stream.of(side.tenantSetting(), side.subscriptionSetting(), side.nameSetting())))
            .toList();

    /** How many letters a name may differ in from a setting's and still be taken for it, whatever it begins with. */
    private static final int SLIP = 2;

    private SettingNames() {}

    /** A sentence for each name that is no setting, though it looks like one. */
    static List<String> complaints(Collection<String> given) {
        return given.stream()
                .sorted()
                .map(SettingNames::complaint)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> complaint(String name) {
        if (ALL.contains(name) || OTHERS.contains(name)) {
            return Optional.empty();
        }
        String folded = name.toUpperCase(Locale.ROOT);
        String nearest = ALL.stream()
                .min(Comparator.comparingInt(known -> distance(folded, known)))
                .orElseThrow();
        boolean isMeant = folded.startsWith(PREFIX) || distance(folded, nearest) <= SLIP;
        return isMeant
                ? Optional.of(name + " is not a setting of the samples. Did you mean " + nearest + "?")
                : Optional.empty();
    }

    /** How many letters must be changed, added or left out to make one of the other (Levenshtein's distance). */
    private static int distance(String one, String other) {
        int[] last = new int[other.length() + 1];
        Arrays.setAll(last, column -> column);
        for (int row = 1; row <= one.length(); row++) {
            int[] next = new int[other.length() + 1];
            next[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int changed = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                next[column] = Math.min(last[column - 1] + changed, 1 + Math.min(last[column], next[column - 1]));
            }
            last = next;
        }
        return last[other.length()];
    }
}
