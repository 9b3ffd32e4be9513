package io.xtcmk;

import io.xtcmk.model.Diagnosis;
import reactor.core.publisher.Mono;

/**
 * Checks each link of the chain from a resource to the customer's key, by reading it where it lives.
 *
 * <p>It changes nothing. A broken link is a result, never an exception. A link that cannot be seen from here is
 * {@link io.xtcmk.model.DiagnosedLink.State#UNSEEN}, with whom to ask. A verification can run any number of times, and reads
 * everything again each time. It takes some seconds, and two minutes at the most, by the connection's clock: a link that was
 * not read by then is {@link io.xtcmk.model.DiagnosedLink.State#UNREACHABLE}. It needs roles that read: <em>Directory Readers</em> in Entra, and <em>Reader</em> on the
 * resources.
 */
public interface Verification {

    /**
     * Checks each link.
     *
     * @return the state of each link
     */
    Diagnosis verify();

    /**
     * Does what {@link #verify()} does, once somebody subscribes; stops when the subscription is cancelled.
     *
     * @return emits the diagnosis
     */
    Mono<Diagnosis> verifyAsync();
}
