package io.xtcmk.core.wire;

import io.xtcmk.testing.FakeAzureServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A company's forward proxy on loopback, before a served fake. It opens tunnels, for those who know its password if it has
 * one; and once it can disturb what comes back through a tunnel, be that TLS or the answers inside.
 */
public final class CorporateProxy implements AutoCloseable {
    private static final Pattern REQUEST = Pattern.compile("(\\S+) (\\S+) HTTP/1\\.1");
    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)\r\nProxy-Authorization: *Basic (\\S+)");
    private static final String PAGE = "<html><body>The company's proxy wants to know who you are.</body></html>";

    private final int onward;
    private final Optional<String> password;
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "corporate-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicReference<Optional<Trouble>> next = new AtomicReference<>(Optional.empty());

    /** What happens to a tunnel. */
    public enum Disturbance {
        /** The connection is reset. */
        RESET,
        /** It ends as if all had been said. */
        CUT_OFF,
        /** Nothing more comes, and the connection stays. */
        SILENCE
    }

    private record Trouble(Disturbance disturbance, int afterBytes) {}

    private CorporateProxy(FakeAzureServer server, Optional<String> password) {
        this.onward = server.port();
        this.password = password;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** Open to all. */
    public static CorporateProxy before(FakeAzureServer server) {
        return new CorporateProxy(server, Optional.empty());
    }

    /** Open to who has signed in. */
    public static CorporateProxy before(FakeAzureServer server, String user, String password) {
        String text = user + ":" + password;
        return new CorporateProxy(
                server, Optional.of(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Targets that were asked for, allowed or not: {@code management.azure.com:443}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** How many requests it refused for want of its password. */
    public int refused() {
        return refused.get();
    }

    /** Disturbs the first tunnel through which this many bytes have come back. */
    public void disturb(Disturbance disturbance, int afterBytes) {
        next.set(Optional.of(new Trouble(disturbance, afterBytes)));
    }

    /** Whether what was to be disturbed has been. */
    public boolean hasDisturbed() {
        return next.get().isEmpty();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                sockets.add(client);
                threads.execute(() -> quietly(() -> serve(client), client));
            } catch (IOException e) {
                // Closed: who connects now is refused.
            }
        }
    }

    @FunctionalInterface
    private interface Traffic {
        void flow() throws IOException;
    }

    /** Until either side has gone, which is how all connections end. */
    private void quietly(Traffic traffic, Socket... ends) {
        try {
            traffic.flow();
        } catch (IOException e) {
            // The other side is told by the end of its connection.
        } finally {
            for (Socket end : ends) {
                close(end);
            }
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    private void serve(Socket client) throws IOException {
        client.setTcpNoDelay(true);
        InputStream in = new BufferedInputStream(client.getInputStream());
        String head = head(in);
        Matcher request = REQUEST.matcher(head);
        if (!request.lookingAt()) {
            return;
        }
        asked.add(request.group(2));
        if (!knows(head)) {
            refused.incrementAndGet();
            say(
                    client,
                    "407 Proxy Authentication Required",
                    "Proxy-Authenticate: Basic realm=\"the company's\"\r\nConnection: close\r\nContent-Type: text/html\r\n"
                            + "Content-Length: " + PAGE.length() + "\r\n\r\n" + PAGE);
        } else if (request.group(1).equals("CONNECT")) {
            tunnel(client, in, request.group(2));
        } else {
            say(client, "403 Forbidden", "Connection: close\r\nContent-Length: 0\r\n\r\n");
        }
    }

    private boolean knows(String head) {
        Matcher sent = AUTHORIZATION.matcher(head);
        return password.isEmpty() || (sent.find() && sent.group(1).equals(password.get()));
    }

    private void tunnel(Socket client, InputStream in, String target) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), onward);
        sockets.add(server);
        server.setTcpNoDelay(true);
        InputStream back = new BufferedInputStream(server.getInputStream());
        server.getOutputStream()
                .write(("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        String answer = head(back);
        if (!answer.startsWith("HTTP/1.1 200 ")) {
            say(client, "502 Bad Gateway", "Connection: close\r\nContent-Length: 0\r\n\r\n");
            close(server);
            return;
        }
        say(client, "200 Connection established", "\r\n");
        threads.execute(() -> quietly(() -> back(back, server, client), client, server));
        quietly(() -> in.transferTo(server.getOutputStream()), client, server);
    }

    /** What Azure says, as far as it gets. */
    private void back(InputStream from, Socket server, Socket client) throws IOException {
        OutputStream to = client.getOutputStream();
        byte[] buffer = new byte[16_384];
        int passed = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            int length = read;
            int before = passed;
            Optional<Trouble> now = next.get().filter(t -> before + length > t.afterBytes());
            if (now.isPresent() && next.compareAndSet(now, Optional.empty())) {
                to.write(buffer, 0, Math.max(0, now.get().afterBytes() - passed));
                disturb(now.get().disturbance(), client, server);
                return;
            }
            to.write(buffer, 0, length);
            passed += length;
        }
    }

    private static void disturb(Disturbance disturbance, Socket client, Socket server) throws IOException {
        switch (disturbance) {
            case RESET -> client.setSoLinger(true, 0);
            case CUT_OFF -> client.shutdownOutput();
            // Until the client has lost its patience, and hangs up.
            case SILENCE -> server.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void say(Socket client, String status, String rest) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + status + "\r\n" + rest).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** To the empty line at its end. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(this::close);
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "http://127.0.0.1:%d", port());
    }
}
