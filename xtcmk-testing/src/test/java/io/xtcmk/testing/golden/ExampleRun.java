package io.xtcmk.testing.golden;

import io.xtcmk.testing.golden.Sender.Reply;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An example sent in the worlds in which it makes sense, and what is otherwise than it says. */
final class ExampleRun {
    private final Specs specs;
    private final Example published;
    private final Set<Difference> differences = new LinkedHashSet<>();

    private ExampleRun(Specs specs, Example published) {
        this.specs = specs;
        this.published = published;
    }

    static Set<Difference> of(Specs specs, Example published) {
        ExampleRun run = new ExampleRun(specs, published);
        if (!published.method().equals("PUT") || published.statuses().contains(200)) {
            run.in(true);
        }
        boolean makes = published.method().equals("PUT") && !ResourceTypes.isInborn(ResourceId.of(published.path()));
        boolean mayFindNothing = published.method().equals("DELETE")
                && published.statuses().contains(204)
                && published.statuses().size() > 1;
        if (makes || mayFindNothing) {
            run.in(false);
        }
        return run.differences;
    }

    private void in(boolean isThere) {
        Scene scene = new Scene(specs);
        try {
            send(scene, Arrangement.of(scene, published, isThere), isThere);
        } catch (AssertionError e) {
            differences.add(new Difference("world", String.valueOf(e.getMessage())));
        }
    }

    private void send(Scene scene, Arrangement arranged, boolean isThere) {
        Example example = arranged.example();
        Reply first = scene.send(scene.contoso, example.method(), example.url(), example.request());
        check(example.statuses().contains(first.status()), first, "is none of " + example.statuses());
        check(fits(example, first.status(), isThere), first, isThere ? "though it is there" : "though it is not there");
        if (first.status() >= 400) {
            return;
        }
        headers(example, first);
        Reply last = scene.settled(first);
        check(last.status() < 300, last, "in the end");
        example.body(last.status())
                .ifPresent(body -> differences.addAll(Comparison.of(body, last.body(), arranged.known())));
    }

    private void check(boolean holds, Reply reply, String what) {
        if (!holds) {
            differences.add(new Difference(
                    "status", reply.status() + " " + what + (reply.status() < 400 ? "" : ": " + reply.body())));
        }
    }

    /** Of several statuses of success, each is for a world of its own. */
    private static boolean fits(Example example, int status, boolean isThere) {
        List<Integer> wrong = new ArrayList<>();
        if (example.method().equals("DELETE") && example.statuses().size() > 1) {
            wrong.addAll(isThere ? List.of(204) : List.of(200, 202));
        }
        if (example.method().equals("PUT") && example.statuses().contains(201)) {
            wrong.add(isThere ? 201 : 200);
        }
        return !wrong.contains(status);
    }

    private void headers(Example example, Reply reply) {
        example.headers(reply.status()).keySet().stream()
                .filter(name -> reply.header(name) == null)
                .forEach(name -> differences.add(new Difference("header " + name, "is missing")));
    }
}
