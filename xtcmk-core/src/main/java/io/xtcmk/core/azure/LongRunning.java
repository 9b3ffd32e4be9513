package io.xtcmk.core.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.core.util.FluxUtil;
import com.azure.json.JsonReader;
import com.azure.json.ReadValueCallback;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.engine.Retry;
import io.xtcmk.core.errors.OwnCodes;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Azure Resource Manager's long-running operations, waited for on the connection's clock. Microsoft's poller waits half a
 * minute before it looks, on the machine's clock.
 */
final class LongRunning {
    private static final HttpHeaderName OPERATION = HttpHeaderName.fromString("Azure-AsyncOperation");
    /** Where the service does not say how long. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** What a service asks for is the least: one that says one second for everything would be asked forty times. */
    private static final List<Duration> LEAST =
            Stream.of(1, 2, 4, 8, 15).map(Duration::ofSeconds).toList();

    private static final Duration CEILING = Duration.ofMinutes(30);

    private final HttpPipeline arm;
    private final Audience audience;
    private final Failures failures;
    private final Retry retry;

    LongRunning(HttpPipeline arm, Audience audience, Failures failures, Retry retry) {
        this.arm = arm;
        this.audience = audience;
        this.failures = failures;
        this.retry = retry;
    }

    /** Sends a PUT or PATCH and waits for its end. Asks nothing more if the first answer is the last. */
    <T> T run(Mono<Response<Flux<ByteBuffer>>> request, Shape shape, ReadValueCallback<JsonReader, T> type) {
        Answer first = failures.call(Shape.ANY, () -> Answer.of(Objects.requireNonNull(request.block())));
        Answer last = last(first, retry.time().now().plus(CEILING));
        return read(last, shape, type);
    }

    /** Sends a POST that has no result, and waits for its end. */
    void act(Mono<Response<Flux<ByteBuffer>>> request) {
        Answer first = failures.call(Shape.ANY, () -> Answer.of(Objects.requireNonNull(request.block())));
        Instant deadline = retry.time().now().plus(CEILING);
        Optional<String> operation = first.header(OPERATION);
        Optional<String> location = first.header(HttpHeaderName.LOCATION);
        if (first.status() == 202 && operation.isPresent()) {
            poll(first, operation.get(), OPERATION, this::isOperationRunning, deadline);
        } else if (first.status() == 202 && location.isPresent()) {
            poll(first, location.get(), HttpHeaderName.LOCATION, answer -> answer.status() == 202, deadline);
        }
    }

    private static <T> T read(Answer answer, Shape shape, ReadValueCallback<JsonReader, T> type) {
        if (answer.body().getLength() == 0) {
            throw Failures.unreadable(answer.status(), answer.headers(), null);
        }
        shape.problem(answer.json()).ifPresent(problem -> {
            throw failure(answer, OwnCodes.INVALID_ANSWER, problem);
        });
        try {
            return Json.read(answer.body().toBytes(), type);
        } catch (RuntimeException e) {
            throw failure(answer, OwnCodes.INVALID_ANSWER, "the answer cannot be read");
        }
    }

    private Answer last(Answer first, Instant deadline) {
        if (first.status() != 202 && !isUnfinished(first)) {
            return first;
        }
        Optional<String> operation = first.header(OPERATION);
        Optional<String> location = first.header(HttpHeaderName.LOCATION);
        if (operation.isPresent()) {
            poll(first, operation.get(), OPERATION, this::isOperationRunning, deadline);
            return retry.call(() -> get(first.url()));
        } else if (first.status() != 202) {
            return poll(first, first.url().toString(), null, this::isUnfinished, deadline);
        } else if (location.isPresent()) {
            return poll(first, location.get(), HttpHeaderName.LOCATION, answer -> answer.status() == 202, deadline);
        }
        throw failure(
                first, OwnCodes.INVALID_ANSWER, "the service began an operation but did not say where to follow it");
    }

    private Answer poll(
            Answer first,
            String link,
            @Nullable HttpHeaderName linkHeader,
            Predicate<Answer> running,
            Instant deadline) {
        URL url = trusted(first, link);
        Answer answer = first;
        int polls = 0;
        do {
            pause(answer, LEAST.get(Math.min(polls++, LEAST.size() - 1)), deadline);
            URL at = url;
            answer = retry.call(() -> get(at));
            Optional<String> next = linkHeader == null ? Optional.empty() : answer.header(linkHeader);
            url = next.isPresent() ? trusted(answer, next.get()) : url;
        } while (running.test(answer));
        return answer;
    }

    private void pause(Answer answer, Duration least, Instant deadline) {
        Instant now = retry.time().now();
        Duration left = Duration.between(now, deadline);
        if (left.isNegative() || left.isZero()) {
            throw failure(
                    answer, "OperationTimeout", "the operation did not end within " + CEILING.toMinutes() + " minutes");
        }
        Duration asked =
                Optional.ofNullable(Headers.retryAfter(answer.headers(), now)).orElse(PAUSE);
        Duration pause = asked.compareTo(least) < 0 ? least : asked;
        retry.pause(pause.compareTo(left) < 0 ? pause : left);
    }

    private Answer get(URL url) {
        return failures.call(Shape.ANY, () -> {
            HttpRequest request = new HttpRequest(HttpMethod.GET, url);
            request.setHeader(HttpHeaderName.ACCEPT, "application/json");
            try (HttpResponse response = arm.sendSync(request, Context.NONE)) {
                BinaryData body = response.getBodyAsBinaryData();
                if (response.getStatusCode() == 200 && body.getLength() == 0) {
                    throw Failures.unreadable(200, response.getHeaders(), null);
                }
                return new Answer(response.getStatusCode(), url, response.getHeaders(), body);
            }
        });
    }

    /** Whether a resource is still being made. One that does not speak of it is there. */
    private boolean isUnfinished(Answer answer) {
        Optional<String> state = Json.object(answer.json(), "properties")
                .flatMap(properties -> Json.text(properties, "provisioningState"));
        if (state.isEmpty()) {
            return answer.status() == 201 && answer.header(OPERATION).isPresent();
        }
        return isRunning(answer, state.get());
    }

    private boolean isOperationRunning(Answer answer) {
        Optional<String> status = Json.text(answer.json(), "status");
        if (status.isEmpty() && answer.status() != 202) {
            throw failure(answer, OwnCodes.INVALID_ANSWER, "the operation does not say how it stands");
        }
        return status.isEmpty() || isRunning(answer, status.get());
    }

    private boolean isRunning(Answer answer, String state) {
        return switch (state.toLowerCase(Locale.ROOT)) {
            case "succeeded" -> false;
            case "failed", "canceled", "cancelled" -> throw failed(answer, state);
            default -> true;
        };
    }

    private AzureFailure failed(Answer answer, String state) {
        ErrorBody error = Json.object(answer.json(), "error")
                .or(() -> Json.object(answer.json(), "properties").flatMap(p -> Json.object(p, "error")))
                .map(ErrorBody::of)
                .orElseGet(() -> new ErrorBody(Optional.empty(), Optional.empty()));
        return new AzureFailure(
                400,
                error.code().orElse("Operation" + state),
                Secrets.masked(error.message().orElse("the operation ended as " + state)),
                Headers.requestId(answer.headers()),
                null,
                null);
    }

    private URL trusted(Answer answer, String link) {
        try {
            URL url = new URL(answer.url(), link);
            if (audience.admits(url)) {
                return url;
            }
        } catch (MalformedURLException e) {
            throw failure(answer, "UntrustedHost", "the operation's address is not a URL");
        }
        throw failure(answer, "UntrustedHost", "the operation is to be followed outside Azure Resource Manager");
    }

    private static AzureFailure failure(Answer answer, String code, String message) {
        return new AzureFailure(answer.status(), code, message, Headers.requestId(answer.headers()), null, null);
    }

    private record Answer(int status, URL url, HttpHeaders headers, BinaryData body) {

        static Answer of(Response<Flux<ByteBuffer>> response) {
            byte[] body =
                    FluxUtil.collectBytesInByteBufferStream(response.getValue()).block();
            return new Answer(
                    response.getStatusCode(),
                    response.getRequest().getUrl(),
                    response.getHeaders(),
                    BinaryData.fromBytes(body == null ? new byte[0] : body));
        }

        Optional<String> header(HttpHeaderName name) {
            return Optional.ofNullable(headers.getValue(name)).filter(value -> !value.isBlank());
        }

        Map<String, Object> json() {
            return Json.object(body.toBytes());
        }
    }
}
