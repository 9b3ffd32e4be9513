package io.xtcmk.samples;

import io.xtcmk.exception.CrossTenantCmkException;
import io.xtcmk.exception.ResourceConflictException;
import io.xtcmk.model.TenantId;
import io.xtcmk.samples.Settings.SettingException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** Runs a program, and says in a few plain lines why it failed if it did. */
final class Program {
    /** What a program does. */
    interface Body {
        void run(Azure azure, Screen screen) throws IOException;
    }

    private final String title;
    private final Body body;
    private final Side[] needed;

    /**
     * A program.
     *
     * @param needed the sides that it connects to
     */
    Program(String title, Body body, Side... needed) {
        this.title = title;
        this.body = body;
        this.needed = needed;
    }

    void main() {
        int status = run(System.out);
        System.out.flush();
        if (status != 0) {
            System.exit(status);
        }
    }

    /** The exit status: 0 if all went well. */
    int run(PrintStream out) {
        out.println(title);
        Screen screen = new Screen(out, TenantId::toString);
        try {
            Azure azure = Azure.open(needed);
            screen = new Screen(out, azure::nameOf);
            out.println("Runs on " + azure.where() + ".");
            body.run(azure, screen);
            return 0;
        } catch (CrossTenantCmkException e) {
            tell(e, screen);
        } catch (SettingException e) {
            screen.heading("It cannot run with these settings");
            screen.note(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            screen.heading("It failed");
            screen.note(String.valueOf(e.getMessage()), "(" + e.getClass().getName() + ")");
        }
        return 1;
    }

    /** Everything that the exception knows, a line each. */
    private static void tell(CrossTenantCmkException e, Screen screen) {
        screen.heading("It failed at step " + e.step());
        screen.fact("what", Names.brief(e.resource()));
        screen.fact("in tenant", e.tenantId());
        e.azureAnswer().ifPresent(answer -> screen.fact("Azure said", answer));
        if (e instanceof ResourceConflictException conflict) {
            conflict.differences().forEach(difference -> screen.fact("difference", difference));
        }
        screen.fact("likely cause", e.likelyCause());
        screen.fact("who must act", e.actor().name().toLowerCase(Locale.ROOT));
        screen.fact("what to do", e.fix());
        screen.fact("already done", e.done().size() + " steps");
        e.done().forEach(screen::step);
        screen.note("Once that is done, run it again: it goes on from there.");
    }
}
