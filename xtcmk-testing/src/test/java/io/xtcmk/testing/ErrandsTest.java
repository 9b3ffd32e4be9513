package io.xtcmk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.test.http.MockHttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.testing.http.Errands;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Requests over a wire, as the clock sees them: a thread waits for an answer that another thread works on. */
@Timeout(30)
class ErrandsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String URL = "https://management.azure.com/";

    private final FakeClock clock = new FakeClock(START);
    private final Errands errands = new Errands(clock.proxies());
    private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();

    /** A wire at whose other end another thread, which the clock does not know, does some work. */
    private HttpClient wire(Errands.Work<Integer> work) {
        return wire(1, work);
    }

    /** One that sends each request so many times, and has the answer to the last. */
    private HttpClient wire(int times, Errands.Work<Integer> work) {
        return errands.sending(new HttpClient() {
            @Override
            public Mono<HttpResponse> send(HttpRequest request) {
                return Mono.fromCallable(() -> sendSync(request, Context.NONE));
            }

            @Override
            public HttpResponse sendSync(HttpRequest request, Context context) {
                for (int again = 1; again < times; again++) {
                    exchange(request);
                }
                return exchange(request);
            }

            private HttpResponse exchange(HttpRequest request) {
                CompletableFuture<Integer> answer = new CompletableFuture<>();
                Map<String, String> headers = new HashMap<>(request.getHeaders().toMap());
                Thread server = new Thread(() -> {
                    try {
                        answer.complete(errands.serve(headers, work));
                        stopped.complete(false);
                    } catch (InterruptedException e) {
                        stopped.complete(true);
                    }
                });
                server.setDaemon(true);
                server.start();
                try {
                    return new MockHttpResponse(request, answer.get());
                } catch (InterruptedException | ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    private static int send(HttpClient wire) {
        try (HttpResponse response = wire.sendSync(new HttpRequest(HttpMethod.GET, URL), Context.NONE)) {
            return response.getStatusCode();
        }
    }

    private Duration elapsed() {
        return Duration.between(START, clock.now());
    }

    private CompletableFuture<Void> run(FakeClockTest.Task task) {
        return FakeClockTest.run(clock, task);
    }

    @RepeatedTest(20)
    void pausesAtBothEndsOfWires_overlap() throws Exception {
        HttpClient slow = wire(() -> {
            clock.pause(Duration.ofSeconds(10));
            return 200;
        });
        CompletableFuture<Void> first = run(() -> assertThat(send(slow)).isEqualTo(200));
        CompletableFuture<Void> second = run(() -> {
            clock.pause(Duration.ofSeconds(4));
            assertThat(send(slow)).isEqualTo(200);
        });
        CompletableFuture<Void> third = run(() -> clock.pause(Duration.ofSeconds(12)));

        clock.await(CompletableFuture.allOf(first, second, third));

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(14));
    }

    @RepeatedTest(5)
    void requestThatTheClientSendsAgain_isTheSameErrand() throws Exception {
        HttpClient wire = wire(2, () -> {
            clock.pause(Duration.ofSeconds(10));
            return 200;
        });
        CompletableFuture<Void> sender = run(() -> assertThat(send(wire)).isEqualTo(200));
        CompletableFuture<Void> other = run(() -> clock.pause(Duration.ofSeconds(12)));

        clock.await(CompletableFuture.allOf(sender, other));

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(20));
    }

    /** As the listener of a call that itself calls: who waits for the first answer waits for the second. */
    @RepeatedTest(20)
    void errandWithinAnErrand_pausesAllWhoWaitForIt() throws Exception {
        HttpClient inner = wire(() -> {
            clock.pause(Duration.ofSeconds(10));
            return 200;
        });
        HttpClient outer = wire(() -> {
            int status = send(inner);
            clock.pause(Duration.ofSeconds(5));
            return status;
        });
        CompletableFuture<Void> sender = run(() -> assertThat(send(outer)).isEqualTo(200));
        CompletableFuture<Void> other = run(() -> clock.pause(Duration.ofSeconds(12)));

        clock.await(CompletableFuture.allOf(sender, other));

        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(15));
    }

    /** However long it takes in the machine's time: the sender is not stuck, and others' pauses do not end. */
    @Test
    void answerThatIsBeingWorkedOn_holdsTheClock() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        HttpClient wire = wire(() -> {
            // As long as the clock watches a thread before it takes it for stuck, and more.
            boolean opened = later.await(400, TimeUnit.MILLISECONDS);
            return !opened && clock.now().equals(START) ? 200 : 500;
        });
        CompletableFuture<Void> other = run(() -> clock.pause(Duration.ofHours(1)));
        CompletableFuture<Void> sender = run(() -> assertThat(send(wire)).isEqualTo(200));

        clock.await(CompletableFuture.allOf(other, sender));

        assertThat(elapsed()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void threadThatDoesNotWorkOnTheClock_sendsToo() {
        assertThat(send(wire(() -> {
                    clock.pause(Duration.ofSeconds(3));
                    return 200;
                })))
                .isEqualTo(200);
        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @RepeatedTest(20)
    void senderThatIsInterrupted_leavesNobodyPausing() throws Exception {
        HttpClient hung = wire(() -> {
            clock.pause(Duration.ofDays(1));
            return 200;
        });
        CompletableFuture<Thread> sender = new CompletableFuture<>();
        CompletableFuture<Void> sent = run(() -> {
            sender.complete(Thread.currentThread());
            assertThatThrownBy(() -> send(hung)).hasCauseInstanceOf(InterruptedException.class);
        });
        CompletableFuture<Void> interrupter = run(() -> {
            clock.pause(Duration.ofSeconds(5));
            sender.get().interrupt();
            clock.pause(Duration.ofSeconds(5));
        });

        clock.await(CompletableFuture.allOf(sent, interrupter));

        assertThat(stopped.get()).as("the other end is stopped").isTrue();
        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(10));
        clock.pause(Duration.ofSeconds(1));
        assertThat(elapsed()).as("nobody else waits").isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void whatMarksAnErrand_isNotSeenByTheService() throws Exception {
        CompletableFuture<Map<String, String>> seen = new CompletableFuture<>();
        HttpClient wire = errands.sending(request -> Mono.fromCallable(() -> {
            Map<String, String> headers = new HashMap<>(request.getHeaders().toMap());
            assertThat(headers).hasSize(2);
            return new MockHttpResponse(request, errands.serve(headers, () -> {
                seen.complete(headers);
                return 200;
            }));
        }));

        wire.sendSync(
                        new HttpRequest(HttpMethod.GET, URL).setHeader(HttpHeaderName.fromString("x-team"), "a"),
                        Context.NONE)
                .close();

        assertThat(seen.get()).containsOnlyKeys("x-team");
    }
}
