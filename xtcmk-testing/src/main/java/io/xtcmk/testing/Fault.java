package io.xtcmk.testing;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong on the way to Azure or there, bound to a route and a moment:
 *
 * <pre>{@code
 * azure.inject(Fault.fail(503, "ServiceUnavailable").on("PUT", "/{version}/applications(uniqueName='{uniqueName}')"));
 * azure.inject(Fault.dropReply().afterCalls(4));
 * azure.inject(Fault.throttle(Duration.ofSeconds(30)).times(2));
 * }</pre>
 *
 * <p>Unless told otherwise it strikes once, at the first call of any route. Of several that fit a call, the one that was
 * injected first strikes.
 */
public final class Fault {
    private final Effect effect;
    private final @Nullable String method;
    private final @Nullable String template;
    private final int afterCalls;
    private final int times;

    private Fault(Effect effect, @Nullable String method, @Nullable String template, int afterCalls, int times) {
        this.effect = effect;
        this.method = method;
        this.template = template;
        this.afterCalls = afterCalls;
        this.times = times;
    }

    /** What a fault does to a call. */
    public sealed interface Effect {
        /**
         * An answer of the service's own, in its own form; the request has no effect.
         *
         * @param status 400 to 599
         * @param code the service's error code
         */
        record Fail(int status, String code) implements Effect {}

        /**
         * 429, with the code that the service has for it; the request has no effect.
         *
         * @param retryAfter what {@code Retry-After} says; none if empty
         * @param asDate whether as a date, instead of seconds
         */
        record Throttle(Optional<Duration> retryAfter, boolean asDate) implements Effect {}

        /**
         * The answer takes longer.
         *
         * @param by how long, on the clock
         */
        record Delay(Duration by) implements Effect {}

        /** The request has its effect, and the connection breaks before the answer. */
        record DropReply() implements Effect {}

        /** The connection breaks before the request arrives. */
        record Reset() implements Effect {}

        /** Nobody listens. */
        record Refuse() implements Effect {}

        /**
         * The client gives up waiting; the request has no effect.
         *
         * @param after how long it waited, on the clock
         */
        record TimeOut(Duration after) implements Effect {}

        /**
         * The change is made, and whoever reads that service sees it only later.
         *
         * @param by how much later, on the clock
         */
        record Lag(Duration by) implements Effect {}

        /** The request has its effect, and half of the answer's body arrives. */
        record Truncate() implements Effect {}

        /** The request has its effect, and the answer's body is not the JSON that its header says. */
        record Garble() implements Effect {}

        /**
         * A proxy on the way answers with a page of its own; the request does not arrive.
         *
         * @param status 400 to 599
         */
        record Page(int status) implements Effect {}
    }

    private static Fault of(Effect effect) {
        return new Fault(effect, null, null, 0, 1);
    }

    /**
     * The service refuses or fails, in its own form.
     *
     * @param status 400 to 599
     * @param code an error code, such as {@code InternalServerError}
     * @return the fault
     * @throws IllegalArgumentException if the status is no error's, or the code is blank
     */
    public static Fault fail(int status, String code) {
        if (Objects.requireNonNull(code, "code").isBlank()) {
            throw new IllegalArgumentException("code is blank: it is what clients read, such as InternalServerError");
        }
        return of(new Effect.Fail(error(status), code));
    }

    private static int error(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status is " + status + ": an error's is between 400 and 599");
        }
        return status;
    }

    /**
     * Too many requests, without a word on when to come again.
     *
     * @return the fault
     */
    public static Fault throttle() {
        return of(new Effect.Throttle(Optional.empty(), false));
    }

    /**
     * Too many requests, with {@code Retry-After} in seconds.
     *
     * @param retryAfter until when, of whole seconds
     * @return the fault
     * @throws IllegalArgumentException if it is negative
     */
    public static Fault throttle(Duration retryAfter) {
        return of(new Effect.Throttle(Optional.of(FakeAzure.notNegative(retryAfter)), false));
    }

    /**
     * Too many requests, with {@code Retry-After} as a date, which RFC 9110 allows as well.
     *
     * @param retryAfter until when, from the moment of the answer
     * @return the fault
     * @throws IllegalArgumentException if it is negative
     */
    public static Fault throttleUntil(Duration retryAfter) {
        return of(new Effect.Throttle(Optional.of(FakeAzure.notNegative(retryAfter)), true));
    }

    /**
     * The answer takes longer.
     *
     * @param by how long, on the clock
     * @return the fault
     * @throws IllegalArgumentException if it is negative
     */
    public static Fault delay(Duration by) {
        return of(new Effect.Delay(FakeAzure.notNegative(by)));
    }

    /**
     * The request has its effect, and the client does not learn of it: the connection breaks.
     *
     * @return the fault
     */
    public static Fault dropReply() {
        return of(new Effect.DropReply());
    }

    /**
     * The connection breaks before the request arrives.
     *
     * @return the fault
     */
    public static Fault reset() {
        return of(new Effect.Reset());
    }

    /**
     * The connection is refused.
     *
     * @return the fault
     */
    public static Fault refuse() {
        return of(new Effect.Refuse());
    }

    /**
     * No answer comes, and the request has no effect.
     *
     * @param after how long the client waits for it, on the clock
     * @return the fault
     * @throws IllegalArgumentException if it is negative
     */
    public static Fault timeOut(Duration after) {
        return of(new Effect.TimeOut(FakeAzure.notNegative(after)));
    }

    /**
     * A change is not seen at once: until some time after it, whoever reads the same service sees all as it was before.
     *
     * @param by for how long, on the clock
     * @return the fault
     * @throws IllegalArgumentException if it is negative
     */
    public static Fault lag(Duration by) {
        return of(new Effect.Lag(FakeAzure.notNegative(by)));
    }

    /**
     * The request has its effect, and the connection breaks in the middle of the answer's body.
     *
     * @return the fault
     */
    public static Fault truncate() {
        return of(new Effect.Truncate());
    }

    /**
     * The request has its effect, and the answer says that it is JSON, but is not.
     *
     * @return the fault
     */
    public static Fault garble() {
        return of(new Effect.Garble());
    }

    /**
     * A proxy between client and Azure answers with an HTML page.
     *
     * @param status 400 to 599, such as 502
     * @return the fault
     * @throws IllegalArgumentException if the status is no error's
     */
    public static Fault page(int status) {
        return of(new Effect.Page(error(status)));
    }

    /**
     * The same fault for one route only.
     *
     * @param onlyMethod GET, PUT, ...
     * @param onlyTemplate the route's path template, as in the table of what is supported
     * @return the fault
     */
    public Fault on(String onlyMethod, String onlyTemplate) {
        return new Fault(
                effect,
                Objects.requireNonNull(onlyMethod, "onlyMethod"),
                Objects.requireNonNull(onlyTemplate, "onlyTemplate"),
                afterCalls,
                times);
    }

    /**
     * The same fault, later.
     *
     * @param calls how many calls that would fit pass unharmed before
     * @return the fault
     * @throws IllegalArgumentException if it is negative
     */
    public Fault afterCalls(int calls) {
        if (calls < 0) {
            throw new IllegalArgumentException("calls is " + calls + ": it is at least 0");
        }
        return new Fault(effect, method, template, calls, times);
    }

    /**
     * The same fault, more than once, at calls that follow each other.
     *
     * @param strikes how many times
     * @return the fault
     * @throws IllegalArgumentException if it is not positive
     */
    public Fault times(int strikes) {
        if (strikes < 1) {
            throw new IllegalArgumentException("strikes is " + strikes + ": it is at least 1");
        }
        return new Fault(effect, method, template, afterCalls, strikes);
    }

    /**
     * The same fault, until it is removed.
     *
     * @return the fault
     */
    public Fault always() {
        return new Fault(effect, method, template, afterCalls, Integer.MAX_VALUE);
    }

    /**
     * What it does.
     *
     * @return the effect
     */
    public Effect effect() {
        return effect;
    }

    /**
     * The route to which it is bound.
     *
     * @return method and template with a space between, or empty if it fits any
     */
    public Optional<String> route() {
        return method == null ? Optional.empty() : Optional.of(method + " " + template);
    }

    /**
     * How many calls that would fit pass unharmed before.
     *
     * @return the number
     */
    public int afterCalls() {
        return afterCalls;
    }

    /**
     * How many times it strikes.
     *
     * @return the number; {@link Integer#MAX_VALUE} for always
     */
    public int times() {
        return times;
    }

    @Override
    public String toString() {
        return effect + " on " + route().orElse("any route")
                + (afterCalls > 0 ? " after " + afterCalls + " calls" : "")
                + (times == Integer.MAX_VALUE ? ", always" : times > 1 ? ", " + times + " times" : "");
    }
}
