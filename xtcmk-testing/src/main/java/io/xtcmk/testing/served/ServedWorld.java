package io.xtcmk.testing.served;

import io.xtcmk.testing.http.Answer;
import io.xtcmk.testing.http.Dispatcher;
import io.xtcmk.testing.http.Errands;
import io.xtcmk.testing.http.Framing;
import io.xtcmk.testing.http.Json;
import io.xtcmk.testing.http.RequestUrl;
import io.xtcmk.testing.http.UnsupportedRouteError;
import io.xtcmk.testing.spi.ServedAzure;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The world's dispatcher for clients outside this JVM, and for those in it that come by a socket. */
public final class ServedWorld implements ServedAzure {
    private final Dispatcher dispatcher;
    private final Errands errands;
    private final Pace pace;
    private final Consumer<String> complaints;

    /**
     * A world to serve.
     *
     * @param dispatcher answers
     * @param errands requests of threads that work on the world's clock
     * @param pace how the world's time passes
     * @param complaints receives what a user of the server should see, a line each
     */
    public ServedWorld(Dispatcher dispatcher, Errands errands, Pace pace, Consumer<String> complaints) {
        this.dispatcher = dispatcher;
        this.errands = errands;
        this.pace = pace;
        this.complaints = complaints;
    }

    @Override
    public Set<String> hostNames() {
        return AzureHosts.names();
    }

    @Override
    public Optional<String> unreachable(String scheme, String host) {
        pace.catchUp();
        return dispatcher.unreachable(scheme, host);
    }

    @Override
    public URI url(String text) {
        return RequestUrl.parse(text);
    }

    @Override
    public ServedAnswer answer(String method, URI url, Map<String, String> headers, byte[] body)
            throws InterruptedException {
        pace.catchUp();
        Answer framed = Framing.of(answered(method, url, headers, body), method, headers);
        return new ServedAnswer(framed.status(), framed.headers(), framed.body(), Framing.isCutShort(framed, method));
    }

    private Answer answered(String method, URI url, Map<String, String> headers, byte[] body)
            throws InterruptedException {
        try {
            return errands.serve(headers, () -> dispatcher.dispatch(method, url, headers, body));
        } catch (UnsupportedRouteError e) {
            return failure(501, "NotPlayedByTheFake", e);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            return failure(500, "FaultOfTheFake", e);
        }
    }

    private Answer failure(int status, String code, Throwable error) {
        complain(error.toString());
        return Answer.json(
                status, Json.object("error", Json.object("code", code, "message", String.valueOf(error.getMessage()))));
    }

    @Override
    public boolean clientsGiveUp() {
        return pace.isMachines();
    }

    @Override
    public void complain(String line) {
        complaints.accept(line);
    }
}
