package io.shopflow.local.runtime;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Threads that do not keep the program alive. Not virtual ones: on JDK 21, those that wait inside a
 * library's lock keep a processor's carrier thread each, and a laptop has few.
 */
public final class BackgroundThreads {

    private BackgroundThreads() {}

    /** An executor that has as many as there are tasks. */
    public static ExecutorService unlimited(String name) {
        ThreadFactory factory = Thread.ofPlatform().daemon().name(name + " ", 1).factory();
        return Executors.newCachedThreadPool(factory);
    }
}
