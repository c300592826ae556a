package io.shopflow.laptop.runtime;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Daemon threads. Not virtual ones: on JDK 21, each virtual thread that waits inside a library's
 * lock pins a carrier thread, and a laptop has few.
 */
public final class BackgroundThreads {

    private BackgroundThreads() {}

    /** An executor with one thread per task. */
    public static ExecutorService unlimited(String name) {
        ThreadFactory factory = Thread.ofPlatform().daemon().name(name + " ", 1).factory();
        return Executors.newCachedThreadPool(factory);
    }
}
