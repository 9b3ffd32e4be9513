package io.xtcmk.core.diagnosis;

import io.xtcmk.TimeSource;
import io.xtcmk.core.azure.Witness;
import io.xtcmk.core.azure.Witness.Seen;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Retry;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads in one tenant: briefly patient, and with what was seen on the way. */
final class Eye {
    private final Retry retry;
    private final TenantId tenantId;
    private final Deadline deadline;

    Eye(TimeSource time, TenantId tenantId, Deadline deadline) {
        this.retry = Retry.brief(time);
        this.tenantId = tenantId;
        this.deadline = deadline;
    }

    TenantId tenantId() {
        return tenantId;
    }

    Instant now() {
        return retry.time().now();
    }

    /** The link of a draft that cannot be seen before another is mended, or for want of time. */
    DiagnosedLink restsOn(Draft draft, String other) {
        return deadline.isOver() ? draft.is(State.UNREACHABLE, Deadline.CODE) : draft.restsOn(other);
    }

    <T> Sight<T> look(Supplier<T> read) {
        List<Seen> seen = new ArrayList<>();
        Optional<T> value = Optional.empty();
        Optional<AzureFailure> failure = Optional.empty();
        try {
            value = Optional.of(Witness.watching(seen, () -> deadline.ask(() -> retry.call(read))));
        } catch (AzureFailure refused) {
            failure = Optional.of(refused);
        }
        Optional<Seen> last = seen.isEmpty() ? Optional.empty() : Optional.of(seen.get(seen.size() - 1));
        return new Sight<>(value, failure, last, "sign-in to tenant " + tenantId);
    }
}
