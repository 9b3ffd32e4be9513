package io.xtcmk.testing.server;

import io.xtcmk.testing.http.Errands;
import java.util.concurrent.CompletableFuture;

/** For a server all of whose clients are outside this JVM. */
final class NoErrands implements Errands.Proxies {
    static Errands errands() {
        return new Errands(new NoErrands());
    }

    @Override
    public Runnable depart() {
        throw new AssertionError("nobody in this JVM sends");
    }

    @Override
    public boolean await(CompletableFuture<?> answer) {
        throw new AssertionError("nobody in this JVM sends");
    }

    @Override
    public void arrive() {}

    @Override
    public void done() {}
}
