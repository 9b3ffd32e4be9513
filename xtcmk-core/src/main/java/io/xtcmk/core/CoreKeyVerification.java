package io.xtcmk.core;

import com.azure.core.util.Context;
import io.xtcmk.Verification;
import io.xtcmk.core.azure.Azure;
import io.xtcmk.core.diagnosis.ChainWalk;
import io.xtcmk.core.diagnosis.Subject;
import io.xtcmk.core.engine.Executors;
import io.xtcmk.core.engine.Reading;
import io.xtcmk.model.AuthorizedKey;
import io.xtcmk.model.Diagnosis;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Verification by the customer, who sees the customer's half. */
record CoreKeyVerification(Azure azure, AuthorizedKey key) implements Verification {

    @Override
    public Diagnosis verify() {
        return verify(Context.NONE);
    }

    @Override
    public Mono<Diagnosis> verifyAsync() {
        return Reading.later(Executors.of(azure.connection()), this::verify);
    }

    private Diagnosis verify(Context caller) {
        return azure.telemetry().observe("verify", caller, () -> Reading.now(walk()::walk));
    }

    private ChainWalk walk() {
        return new ChainWalk(Subject.of(key), Optional.empty(), Optional.of(azure), Optional.empty());
    }
}
