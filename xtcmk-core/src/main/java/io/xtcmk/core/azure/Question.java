package io.xtcmk.core.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.core.errors.OwnCodes;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is being asked, by one call of a client of Microsoft's, and what an answer must look like. The client's pipeline
 * knows it by the thread, on which all of a call happens, see {@link Transport}: most of the clients let nothing else
 * through. While a credential or a check asks something of its own in the middle of it, that is the question.
 */
final class Question {
    private static final ThreadLocal<@Nullable Question> CURRENT = new ThreadLocal<>();

    private static final Pattern JSON =
            Pattern.compile("(application/([a-z0-9.+-]+\\+)?|text/)json(\\s*;.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern OTHER_CHARSET =
            Pattern.compile("charset\\s*=\\s*+\"?+(?!utf-?8\"?\\s*(;|$))", Pattern.CASE_INSENSITIVE);
    /** Ten thousand deleted vaults, of which Azure sends the fewest to a page. */
    private static final int MOST_PAGES = 400;

    private final Shape shape;
    private final Set<String> nextPages = new HashSet<>();
    private @Nullable HttpResponse taken;

    private Question(Shape shape) {
        this.shape = shape;
    }

    /**
     * Does what asks a question.
     *
     * @param shape the shape of the answer
     * @param client what asks, and reads the answer
     * @throws AzureFailure {@code InvalidAnswer} if the client cannot make out an answer that was taken
     */
    static <T> T ask(Shape shape, Supplier<T> client, Failures failures) {
        Question outer = CURRENT.get();
        Question question = new Question(shape);
        CURRENT.set(question);
        try {
            return client.get();
        } catch (RuntimeException e) {
            throw failures.of(e).or(() -> question.misread(e)).orElse(e);
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /** What this thread asks. */
    static Question current() {
        Question current = CURRENT.get();
        return current == null ? new Question(Shape.ANY) : current;
    }

    /** An exception after a success of the service is about that success: a value is not of the type that it always has. */
    private Optional<RuntimeException> misread(RuntimeException exception) {
        return Optional.ofNullable(taken)
                .map(answer -> invalid(answer, "the answer cannot be read", Secrets.masked(exception)));
    }

    /**
     * Takes a success, before any client sees it.
     *
     * @throws AzureFailure {@code UnreadableAnswer} if it is no JSON object, {@code InvalidAnswer} if it is of another shape
     */
    void take(HttpResponse answer) {
        byte[] body = answer.getBodyAsBinaryData().toBytes();
        if (body.length > 0) {
            take(answer, object(answer, body));
        } else if (!shape.bodiless().contains(answer.getStatusCode())) {
            throw Failures.unreadable(answer.getStatusCode(), answer.getHeaders(), null);
        }
        taken = answer;
    }

    private void take(HttpResponse answer, Map<String, Object> body) {
        shape.problem(body).ifPresent(problem -> {
            throw invalid(answer, problem, null);
        });
        if (shape.isPage()) {
            for (String name : List.of("nextLink", "@odata.nextLink")) {
                Optional.ofNullable(body.get(name)).ifPresent(link -> follow(answer, link));
            }
        }
    }

    /** To which host a link may lead is for {@link TokenPolicy} to say. */
    private void follow(HttpResponse answer, Object link) {
        if (!(link instanceof String url)) {
            throw invalid(answer, "the link to the next page is not a text", null);
        } else if (!url.isEmpty() && !nextPages.add(url)) {
            throw invalid(answer, "the pages go in a circle", null);
        } else if (nextPages.size() > MOST_PAGES) {
            throw invalid(answer, "there are more than " + MOST_PAGES + " pages", null);
        }
    }

    private static Map<String, Object> object(HttpResponse answer, byte[] body) {
        if (!isJson(answer.getHeaders())) {
            throw Failures.unreadable(answer.getStatusCode(), answer.getHeaders(), null);
        }
        try {
            return StrictJson.object(body);
        } catch (IOException e) {
            // Its message quotes a piece of the body, which might be a secret.
            throw Failures.unreadable(answer.getStatusCode(), answer.getHeaders(), null);
        }
    }

    private static boolean isJson(HttpHeaders headers) {
        String type = headers.getValue(HttpHeaderName.CONTENT_TYPE);
        return type != null
                && JSON.matcher(type.strip()).matches()
                && !OTHER_CHARSET.matcher(type.toLowerCase(Locale.ROOT)).find();
    }

    private static RuntimeException invalid(HttpResponse answer, String problem, @Nullable Throwable cause) {
        return new AzureFailure(
                answer.getStatusCode(),
                OwnCodes.INVALID_ANSWER,
                problem,
                Headers.requestId(answer.getHeaders()),
                null,
                cause);
    }
}
