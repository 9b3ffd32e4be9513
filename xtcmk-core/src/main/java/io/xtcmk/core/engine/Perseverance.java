package io.xtcmk.core.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a step is brought about in a world that stumbles: after a passing failure or a lost race the step looks again, and
 * so adopts what a lost reply or another process has made; what needs time is probed until its deadline.
 */
final class Perseverance<T> {
    private static final int RACES = 5;

    private final Step<T> step;
    private final Ledger ledger;
    private final Retry retry;
    private final Instant began;
    private Backoff pauses = new Backoff();
    private @Nullable Waiting waiting;
    private int probes;
    private int races;

    Perseverance(Step<T> step, Ledger ledger, Retry retry) {
        this.step = step;
        this.ledger = ledger;
        this.retry = retry;
        this.began = retry.time().now();
    }

    Done<T> ensure() {
        while (true) {
            try {
                return ledger.told(step, retry.call(this::attempt));
            } catch (AzureFailure failure) {
                if (step.isRace(failure) && races < RACES) {
                    races++;
                    retry.pause(pauses.next());
                } else {
                    waitFor(failure);
                }
            }
        }
    }

    private Done<T> attempt() {
        try {
            return step.ensure(ledger);
        } catch (AzureFailure failure) {
            ledger.failed(step, failure);
            throw failure;
        }
    }

    private void waitFor(AzureFailure failure) {
        Optional<Waiting> maybe = step.waitsFor(failure, ledger);
        Waiting wait = maybe.orElseThrow(() -> failure);
        if (waiting == null || !waiting.what().equals(wait.what())) {
            // Something else is waited for now: its patience begins afresh.
            pauses = new Backoff();
            probes = 0;
        }
        waiting = wait;
        probes++;
        Instant now = retry.time().now();
        Duration left = Duration.between(now, wait.deadline());
        if (left.isNegative() || left.isZero()) {
            throw new Retry.NotYet(wait.what(), Duration.between(began, now), probes, failure);
        }
        // Never shorter than our own: with "Retry-After: 0" the clock might stand still.
        Duration own = pauses.next();
        Duration asked = failure.retryAfter().orElse(own);
        Duration pause = asked.compareTo(own) > 0 ? asked : own;
        retry.pause(pause.compareTo(left) < 0 ? pause : left);
    }
}
