package io.xtcmk.core.engine;

import io.xtcmk.TenantConnection;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Where steps run if the caller gives no executor: each on a thread of its own, virtual where the JDK has them. */
public final class Executors {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ThreadFactory THREADS = virtualThreads();

    private Executors() {}

    /** The one that the caller gave, or the default. */
    public static Executor of(TenantConnection connection) {
        return connection.executor().orElseGet(Executors::perTask);
    }

    /** The default. */
    public static Executor perTask() {
        return task -> THREADS.newThread(task).start();
    }

    /** {@code Thread.ofVirtual().name("xtcmk-", 0).factory()}, which Java 17 does not have. */
    private static ThreadFactory virtualThreads() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
            MethodHandle name =
                    lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            return (ThreadFactory) factory.invoke(name.invoke(ofVirtual.invoke(), "xtcmk-", 0L));
        } catch (Throwable tooOld) {
            return Executors::platformThread;
        }
    }

    private static Thread platformThread(Runnable task) {
        Thread thread = new Thread(task, "xtcmk-" + COUNT.getAndIncrement());
        thread.setDaemon(true);
        return thread;
    }
}
