package io.xtcmk.testing.spi;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A fake Azure as a server sees it. Safe to call from several threads. */
public interface ServedAzure {

    /**
     * The names under which clients reach it.
     *
     * @return host names, and wildcards as certificates have them
     */
    Set<String> hostNames();

    /**
     * Why no connection to a host can be opened, if none can.
     *
     * @param scheme {@code http} or {@code https}
     * @param host the host's name
     * @return a sentence; empty if a service of this Azure listens there
     */
    Optional<String> unreachable(String scheme, String host);

    /**
     * Reads the URL of a request.
     *
     * @param text the URL as it came over the wire
     * @return the URL
     * @throws IllegalArgumentException if it is not a URL, or has a character that RFC 3986 forbids; the message names it
     */
    URI url(String text);

    /**
     * Answers a request.
     *
     * @param method the method
     * @param url the URL, as {@link #url} reads it
     * @param headers the headers; several of one name are joined with commas
     * @param body the body; empty if there is none
     * @return the answer, framed for HTTP/1.1
     * @throws java.io.UncheckedIOException if the connection has to fail instead
     * @throws InterruptedException if the thread is interrupted while the answer takes its time
     */
    ServedAnswer answer(String method, URI url, Map<String, String> headers, byte[] body) throws InterruptedException;

    /**
     * Whether clients wait in the machine's time.
     *
     * @return true if a client that gets no answer gives up by itself; false if its connection has to end for it, since it
     *     waits on the fake's clock
     */
    boolean clientsGiveUp();

    /**
     * Reports something that a user of the server should see.
     *
     * @param line one line
     */
    void complain(String line);

    /**
     * An answer as it travels.
     *
     * @param status the HTTP status
     * @param headers the headers, the length or transfer encoding of the body included
     * @param body the bytes to send
     * @param isCutShort whether the headers promise more than the body has, so that only the connection's end can tell
     */
    @SuppressWarnings("ArrayRecordComponent") // answers are never compared
    record ServedAnswer(int status, Map<String, String> headers, byte[] body, boolean isCutShort) {}
}
