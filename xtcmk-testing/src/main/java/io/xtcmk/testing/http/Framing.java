package io.xtcmk.testing.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** How an answer's body travels (RFC 9110, sections 6.4 and 8.6): in process just as over a socket. */
public final class Framing {
    private static final String LENGTH = "Content-Length";
    private static final String ENCODING = "Content-Encoding";
    private static final String CHUNKED = "Transfer-Encoding";

    private Framing() {}

    /**
     * The answer as it travels: without a body for HEAD, 204 and 304; compressed and in chunks for who accepts gzip, as
     * Azure Resource Manager does it; with its length in all other cases.
     *
     * @param answer the service's answer
     * @param method the request's method
     * @param requestHeaders the request's headers
     * @return the same answer, or another
     */
    public static Answer of(Answer answer, String method, Map<String, String> requestHeaders) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.headers());
        byte[] body = answer.body();
        if (answer.status() == 204 || answer.status() == 304) {
            headers.remove(LENGTH);
            return new Answer(answer.status(), headers, new byte[0]);
        }
        boolean isHead = method.equals("HEAD");
        // A service sets the length where it never compresses, and of a body that it does not bring, or not all of it.
        if (!isHead
                && body.length > 0
                && !headers.containsKey(LENGTH)
                && !headers.containsKey(ENCODING)
                && acceptsGzip(requestHeaders)) {
            headers.put(ENCODING, "gzip");
            headers.put("Vary", "Accept-Encoding");
            headers.put(CHUNKED, "chunked");
            return new Answer(answer.status(), headers, compressed(body));
        }
        headers.putIfAbsent(LENGTH, Integer.toString(body.length));
        return new Answer(answer.status(), headers, isHead ? new byte[0] : body);
    }

    /**
     * Whether an answer promises more than it brings, so that only the connection's end can tell.
     *
     * @param framed the answer as it travels
     * @param method the request's method
     */
    public static boolean isCutShort(Answer framed, String method) {
        String promised = framed.headers().get(LENGTH);
        return promised != null && !method.equals("HEAD") && Long.parseLong(promised) > framed.body().length;
    }

    private static boolean acceptsGzip(Map<String, String> headers) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        for (String coding : byName.getOrDefault("Accept-Encoding", "").split(",", -1)) {
            String[] parts = coding.replace(" ", "").split(";", -1);
            boolean refused = parts.length > 1 && parts[1].matches("q=0(\\.0*)?");
            if (parts[0].equalsIgnoreCase("gzip") && !refused) {
                return true;
            }
        }
        return false;
    }

    private static byte[] compressed(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
