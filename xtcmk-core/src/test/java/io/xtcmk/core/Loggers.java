package io.xtcmk.core;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;

/** Loggers that say nothing, or, once they are told to, everything at every level. */
public final class Loggers {
    public static final ILoggerFactory FACTORY = Loggers::logger;

    private static volatile @Nullable PrintStream out;

    private Loggers() {}

    static void sayAllTo(PrintStream stream) {
        out = stream;
    }

    private static Logger logger(String name) {
        return (Logger) Proxy.newProxyInstance(
                Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getName")) {
                        return name;
                    } else if (method.getReturnType() == boolean.class) {
                        return out != null;
                    }
                    say(name, method, arguments);
                    return null;
                });
    }

    /** A message, perhaps with arguments after it or all of them in an array, the last of which may be an exception. */
    private static void say(String name, Method level, @Nullable Object @Nullable [] arguments) {
        PrintStream stream = out;
        if (stream == null || arguments == null) {
            return;
        }
        Object[] values = arguments.length == 2 && arguments[1] instanceof Object[] all
                ? all
                : Arrays.copyOfRange(arguments, 1, arguments.length);
        FormattingTuple said = MessageFormatter.arrayFormat(String.valueOf(arguments[0]), values);
        synchronized (stream) {
            stream.println(level.getName().toUpperCase(Locale.ROOT) + " " + name + " " + said.getMessage());
            if (said.getThrowable() != null) {
                said.getThrowable().printStackTrace(stream);
            }
        }
    }
}
