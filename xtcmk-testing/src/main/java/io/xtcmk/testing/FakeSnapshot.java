package io.xtcmk.testing;

import io.xtcmk.testing.world.Settings;
import io.xtcmk.testing.world.World;
import java.time.Instant;

/** A {@link FakeAzure} at one moment, to come back to. */
public final class FakeSnapshot {
    private final FakeAzure azure;
    private final World.Tables tables;
    private final Instant time;
    private final long idsDrawn;
    private final Settings settings;

    FakeSnapshot(FakeAzure azure, World.Tables tables, Instant time, long idsDrawn, Settings settings) {
        this.azure = azure;
        this.tables = tables;
        this.time = time;
        this.idsDrawn = idsDrawn;
        this.settings = settings;
    }

    FakeAzure azure() {
        return azure;
    }

    World.Tables tables() {
        return tables;
    }

    /**
     * When it was made.
     *
     * @return the time of the fake's clock
     */
    public Instant time() {
        return time;
    }

    long idsDrawn() {
        return idsDrawn;
    }

    Settings settings() {
        return settings;
    }

    @Override
    public String toString() {
        return "FakeSnapshot at " + time;
    }
}
