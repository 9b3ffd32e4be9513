package io.xtcmk;

import io.xtcmk.model.Diagnosis;
import reactor.core.publisher.Mono;

/**
 * Finds out how each link of the chain from a resource to the customer's key stands, by reading it where it lives.
 *
 * <p>Nothing is changed. A broken link is a result, never an exception; what cannot be seen from here is
 * {@link io.xtcmk.model.DiagnosedLink.State#UNSEEN}, with whom to ask. A verification can be run again and again; each
 * time it reads anew.
 */
public interface Verification {

    /**
     * Verifies.
     *
     * @return how each link stands
     */
    Diagnosis verify();

    /**
     * As {@link #verify()}, when subscribed to; stops when the subscription is cancelled.
     *
     * @return the diagnosis to come
     */
    Mono<Diagnosis> verifyAsync();
}
