package io.xtcmk.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.xtcmk.Verification;
import io.xtcmk.core.ChainBreaks.Break;
import io.xtcmk.core.ChainBreaks.Break.Nature;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.Kind;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.testing.FakeSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each way to break a link, and all pairs of them: from every side from which it shows, the first broken link is named.
 * Pairs are looked at from the sides that are quick, and from one of the others in turn; with
 * {@link Sweep#FULL} from all.
 */
@Tag("sweep")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class BrokenLinksTest extends VerificationScenario {
    private static final List<View> QUICK =
            List.of(View.CUSTOMER, View.PROVIDER_APP, View.PROVIDER_STORAGE, View.BOTH_APP, View.BOTH_STORAGE);
    private static final List<View> SLOW = List.of(
            View.IDENTITY_APP, View.ALL_STORAGE, View.BOTH_SQL, View.IDENTITY_STORAGE, View.ALL_APP, View.PROVIDER_SQL);

    private final ChainBreaks breaks = new ChainBreaks(this);
    private final RouteFaults faults = new RouteFaults(this);
    private final FakeSnapshot sound = azure.snapshot();
    private final AuthorizedKey soundKey = key;
    private final Map<View, Verification> verifications = new EnumMap<>(View.class);
    private final List<String> wrong = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Instant began = azure.clock().now();
    private int diagnoses;

    /** Most answers are disturbed on purpose. */
    @Override
    boolean isRealistic() {
        return false;
    }

    private void broken(List<Break> some) {
        faults.end();
        if (Duration.between(began, azure.clock().now()).compareTo(Duration.ofMinutes(50)) > 0) {
            // By then they have signed in anew, with tokens of a time that is to come again.
            verifications.clear();
        }
        key = soundKey;
        restore();
        signIn();
        some.forEach(b -> b.action().run());
    }

    /** A step's thread may still be on its way out when the step's result is known. */
    private void restore() {
        for (int attempt = 1; ; attempt++) {
            try {
                azure.restore(sound);
                return;
            } catch (IllegalStateException busy) {
                if (attempt == 1_000_000) {
                    throw busy;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Signed in while all was well, as who watches a chain for long; the record of a newer grant is another subject. */
    private Verification signedIn(View view) {
        return key.knownGrantedAt().equals(soundKey.knownGrantedAt()) ? verifications.get(view) : verification(view);
    }

    private void signIn() {
        if (verifications.isEmpty()) {
            for (View view : View.values()) {
                Verification verification = verification(view);
                verification.verify();
                verifications.put(view, verification);
            }
        }
    }

    /** What shows of some breaks at once: what each shows, less what another hides. */
    private static Map<Kind, State> shown(View view, List<Break> some) {
        Map<Kind, State> shown = new EnumMap<>(Kind.class);
        // Who gets a token, or uses the key, needs not read what that proves.
        Set<Kind> proved = EnumSet.noneOf(Kind.class);
        if (view.identity && some.stream().noneMatch(b -> b.stopsExchange(view))) {
            proved.addAll(EnumSet.range(Kind.FEDERATED_IDENTITY_CREDENTIAL, Kind.SERVICE_PRINCIPAL));
        }
        if (view.identity && some.stream().noneMatch(b -> b.stopsUse(view))) {
            proved.addAll(CUSTOMERS);
        }
        for (Break one : some) {
            one.shows().apply(view).forEach((kind, state) -> {
                boolean hidden = some.stream()
                        .filter(other -> !other.name().equals(one.name()))
                        .anyMatch(other -> other.hides().apply(view).contains(kind) || other.mends(one, kind));
                if (!hidden && !proved.contains(kind)) {
                    shown.put(kind, state);
                }
            });
        }
        boolean vaultUnread =
                view.customer && some.stream().anyMatch(b -> b.name().startsWith("vaults: "));
        if (vaultUnread && some.stream().anyMatch(b -> b.nature() == Nature.VAULT_GONE)) {
            shown.put(Kind.ROLE_ASSIGNMENT, State.REVOKED);
        }
        return shown;
    }

    private void check(View view, List<Break> some) {
        Map<Kind, State> shown = shown(view, some);
        Diagnosis diagnosis = signedIn(view).verify();
        diagnoses++;
        Optional<Kind> expected = shown.keySet().stream().min(Comparator.naturalOrder());
        Optional<Kind> named = diagnosis.firstBroken().map(DiagnosedLink::kind);
        if (some.stream().filter(b -> b.name().endsWith(": does not answer")).count() > 1) {
            // Two services that do not answer use up the two minutes of a verification: what it did not get to is
            // unreachable, and nothing is taken for more than that.
            if ((diagnosis.isSound() && !shown.isEmpty())
                    || diagnosis.links().stream()
                            .anyMatch(link -> link.state() == State.BROKEN || link.state() == State.REVOKED)) {
                wrong.add(view + " " + some + ": expected unreachable links at most but\n" + diagnosis);
            }
            some.forEach(b -> seen.add(b.name()));
            return;
        }
        boolean states = some.size() > 1
                || shown.entrySet().stream().allMatch(e -> state(diagnosis, e.getKey()) == e.getValue());
        if (!named.equals(expected) || !states || (diagnosis.isSound() && expected.isPresent())) {
            wrong.add(view + " " + some + ": expected " + shown + " but\n" + diagnosis);
        }
        expected.ifPresent(kind -> some.forEach(b -> seen.add(b.name())));
    }

    private void report(String what) {
        System.out.println(what + ": " + diagnoses + " diagnoses, " + wrong.size() + " wrong");
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyBreak_alone() {
        List<Break> all = new ArrayList<>(breaks.all());
        RouteFaults.EFFECTS.keySet().forEach(effect -> all.addAll(faults.with(effect)));
        for (Break one : all) {
            broken(List.of(one));
            for (View view : View.values()) {
                check(view, List.of(one));
            }
        }
        report(all.size() + " breaks of a link alone, from " + View.values().length + " sides");
        assertThat(seen).as("each shows from some side").hasSameSizeAs(all);
    }

    @Test
    void everyTwoBreaks() {
        List<String> effects = List.copyOf(RouteFaults.EFFECTS.keySet());
        int routes = faults.with(effects.get(0)).size();
        int all = breaks.all().size() + routes;
        int pairs = 0;
        int tried = 0;
        for (int i = 0; i < all; i++) {
            for (int j = i + 1; j < all; j++) {
                if (!Sweep.asked().takes(pairs++)) {
                    continue;
                }
                tried++;
                // Each route fails in each way in turn.
                List<Break> failing = faults.with(effects.get(pairs % effects.size()));
                List<Break> pair = List.of(at(i, failing), at(j, failing));
                broken(pair);
                for (View view : sides(pairs)) {
                    check(view, pair);
                }
            }
        }
        report(tried + " pairs of breaks");
    }

    private Break at(int place, List<Break> failing) {
        int own = breaks.all().size();
        return place < own ? breaks.all().get(place) : failing.get(place - own);
    }

    private static List<View> sides(int turn) {
        if (Sweep.asked() == Sweep.FULL) {
            return List.of(View.values());
        }
        List<View> sides = new ArrayList<>(QUICK);
        sides.add(SLOW.get(turn % SLOW.size()));
        return sides;
    }
}
