package io.xtcmk.core.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.xtcmk.core.Sweep;
import io.xtcmk.core.convergence.HostileAnswer.Effect;
import io.xtcmk.core.convergence.Story.Chapter;
import io.xtcmk.core.convergence.Verb.Kind;
import io.xtcmk.core.engine.AzureFailure;
import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.model.DiagnosedLink;
import io.xtcmk.model.DiagnosedLink.State;
import io.xtcmk.model.Diagnosis;
import io.xtcmk.testing.FakeSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/**
 * Every hostile answer to every request of every verb: once to a blocking call, and from that request on to one that is
 * subscribed to. Each call ends, in an exception of the library's or in a success that is true.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class HostileAnswerSweepTest implements EveryStory {
    /** What is said of an answer that is not the service's; the last, of one that only ever says to ask again. */
    private static final Set<String> NOT_THE_SERVICE =
            Set.of("InvalidAnswer", "UnreadableAnswer", "UntrustedHost", "NoChallenge", "OperationTimeout");

    /** What is left of a link's state when nobody answers for it, or for one that it rests on. */
    private static final Set<State> NOT_KNOWN = Set.of(State.UNREACHABLE, State.UNSEEN);

    /** There are so many cases that each size tries a third of what other suites would. */
    private static final int FEWER = 3;

    /** Far more than any verb needs. */
    private static final int ENDLESS = 2000;

    /** The line to Azure, with somebody on it who answers one request, or all from that one on. */
    private static final class Tapped implements HttpClient {
        private final HttpClient real;
        private final HostileAnswer hostile;
        private final int from;
        private final boolean lasting;
        private int requests;

        Tapped(HttpClient real, HostileAnswer hostile, int from, boolean lasting) {
            this.real = real;
            this.hostile = hostile;
            this.from = from;
            this.lasting = lasting;
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return Mono.fromCallable(() -> sendSync(request, Context.NONE));
        }

        @Override
        public HttpResponse sendSync(HttpRequest request, Context context) {
            int number = requests++;
            if (number > ENDLESS) {
                throw new AssertionError("it does not end");
            }
            boolean strikes = number == from || (lasting && number > from) || HostileAnswer.isInvented(request);
            return strikes
                    ? hostile.act().answer(request, () -> real.sendSync(request, context))
                    : real.sendSync(request, context);
        }
    }

    private static Tapped nobody(HttpClient real) {
        return new Tapped(real, HostileAnswer.ALL.get(0), ENDLESS, false);
    }

    @Override
    public void sweep(String what, Story story) {
        Cases cases = new Cases();
        int all = 0;
        for (Chapter chapter : story.chapters) {
            int requests = requests(story, chapter);
            all += requests;
            for (int k = 0; k < HostileAnswer.ALL.size(); k++) {
                HostileAnswer hostile = HostileAnswer.ALL.get(k);
                for (int i = 0; i < requests; i++) {
                    int from = i;
                    Kind kind = Kind.either(i);
                    cases.run(
                            Sweep.asked().takes(k + i, FEWER),
                            hostile + " to request " + i + " of " + chapter + ", " + kind,
                            () -> run(story, chapter, hostile, from, kind));
                }
            }
        }
        cases.report(what + ": " + HostileAnswer.ALL.size() + " hostile answers × " + all + " requests");
    }

    private static int requests(Story story, Chapter chapter) {
        Tapped line = nobody(story.companies.azure.httpClient());
        chapter.verb().run(story.companies.serialProcess(line), Kind.BLOCKING, story.backTo(chapter));
        return line.requests;
    }

    private static void run(Story story, Chapter chapter, HostileAnswer hostile, int from, Kind kind) {
        Known known = story.backTo(chapter);
        HttpClient line = new Tapped(story.companies.azure.httpClient(), hostile, from, kind == Kind.ASYNC);
        try {
            chapter.verb().run(story.companies.serialProcess(line), kind, known);
        } catch (CrossTenantCmkException e) {
            if (hostile.effect() == Effect.FOREIGN) {
                Cases.check(
                        e.getCause() instanceof AzureFailure failure && NOT_THE_SERVICE.contains(failure.code()),
                        "told as " + e);
            }
            return;
        }
        if (hostile.effect() != Effect.LIE) {
            story.checkAfter(chapter);
        }
    }

    @Test
    void verification() {
        Story story = Story.ofPhases();
        story.companies.azure.clock().advance(Duration.ofMinutes(15));
        FakeSnapshot sound = story.companies.azure.snapshot();
        Tapped counting = nobody(story.companies.azure.httpClient());
        assertThat(verify(story, counting, Kind.BLOCKING).isSound()).isTrue();
        Cases cases = new Cases();
        for (int k = 0; k < HostileAnswer.ALL.size(); k++) {
            HostileAnswer hostile = HostileAnswer.ALL.get(k);
            for (int i = 0; i < counting.requests; i++) {
                int from = i;
                Kind kind = Kind.either(i);
                cases.run(Sweep.asked().takes(k + i, FEWER), hostile + " to request " + i + ", " + kind, () -> {
                    story.companies.azure.restore(sound);
                    HttpClient line = new Tapped(story.companies.azure.httpClient(), hostile, from, kind == Kind.ASYNC);
                    Diagnosis diagnosis = verify(story, line, kind);
                    List<DiagnosedLink> blamed = new ArrayList<>(diagnosis.links());
                    blamed.removeIf(link -> link.state() == State.HOLDS || NOT_KNOWN.contains(link.state()));
                    Cases.check(hostile.effect() != Effect.FOREIGN || blamed.isEmpty(), blamed.toString());
                });
            }
        }
        cases.report(
                "verification: " + HostileAnswer.ALL.size() + " hostile answers × " + counting.requests + " requests");
    }

    private static Diagnosis verify(Story story, HttpClient line, Kind kind) {
        return story.verify(story.companies.serialProcess(line), kind);
    }
}
