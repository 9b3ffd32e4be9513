package io.xtcmk.testing.cmk;

import io.xtcmk.testing.http.Answer;
import java.net.URI;
import java.util.Map;

/** Azure's back end: requests that one of its services makes of another, by the same routes and checks as anybody's. */
@FunctionalInterface
public interface InternalCalls {

    /**
     * Sends a request.
     *
     * @param method GET, PUT, ...
     * @param url the whole URL
     * @param headers by name
     * @param body the bytes, empty for none
     * @return the answer, refusals included
     */
    Answer send(String method, URI url, Map<String, String> headers, byte[] body);
}
