package io.xtcmk.core.diagnosis;

import io.xtcmk.core.steps.KeyFitness;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.State;
import java.time.Instant;
import java.util.Optional;

/** What a key's properties mean for the link. */
final class KeyVerdict {
    private KeyVerdict() {}

    /** What stands against unwrapping what was wrapped before; empty if nothing does: an expired key still unwraps. */
    static Optional<DiagnosedLink> toUnwrap(Draft draft, KeyFitness fitness) {
        return fitness.enabled() ? Optional.empty() : Optional.of(draft.is(State.REVOKED, "KeyDisabled"));
    }

    /** What stands against the key as one to wrap and unwrap with; empty if nothing does. */
    static Optional<DiagnosedLink> toUse(Draft draft, KeyFitness fitness, Instant now) {
        Optional<DiagnosedLink> disabled = toUnwrap(draft, fitness);
        if (disabled.isPresent()) {
            return disabled;
        }
        if (fitness.notBefore() != null && fitness.notBefore().isAfter(now)) {
            return Optional.of(draft.notYet(
                    "KeyNotYetValidOrExpired", "The key is not to be used before then.", fitness.notBefore()));
        }
        if (fitness.expires() != null && !fitness.expires().isAfter(now)) {
            return Optional.of(draft.is(State.BROKEN, "KeyNotYetValidOrExpired"));
        }
        return fitness.conflicts(now).isEmpty() ? Optional.empty() : Optional.of(draft.is(State.BROKEN, "KeyUnfit"));
    }
}
