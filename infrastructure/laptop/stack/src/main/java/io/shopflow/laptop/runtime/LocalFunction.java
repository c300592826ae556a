package io.shopflow.laptop.runtime;

import io.shopflow.laptop.runtime.InvocationResult.Failed;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A function behind Lambda's Runtime API. Processes are started on demand and kept warm; the one
 * that was used last gets the next event.
 */
public final class LocalFunction implements AutoCloseable {

    private final FunctionSettings settings;
    private final FunctionPackage functionPackage;
    private final Path workingFolder;
    private final Path log;
    private final BiConsumer<String, ProcessHandle> onStart;
    private final Semaphore slots;
    private final Deque<FunctionInstance> idle = new ArrayDeque<>();
    private final Set<FunctionInstance> all = new LinkedHashSet<>();

    private boolean closed;

    /**
     * A function without processes yet.
     *
     * @param onStart receives the name and the handle of each started process
     */
    public LocalFunction(
            FunctionSettings settings,
            FunctionPackage functionPackage,
            Path workingFolder,
            Path log,
            BiConsumer<String, ProcessHandle> onStart) {
        this.settings = settings;
        this.functionPackage = functionPackage;
        this.workingFolder = workingFolder;
        this.log = log;
        this.onStart = onStart;
        this.slots = new Semaphore(settings.concurrency());
    }

    /** Its name. */
    public String name() {
        return settings.name();
    }

    /** The number of events that it can handle at a time. */
    public int concurrency() {
        return settings.concurrency();
    }

    /**
     * Starts all its processes before the first event, like provisioned concurrency in the cloud.
     */
    public void provision() {
        synchronized (all) {
            while (!closed && all.size() < settings.concurrency()) {
                idle.addLast(start());
            }
        }
    }

    /** Waits for a free process and passes it an event. */
    public InvocationResult invoke(String event) throws InterruptedException {
        slots.acquire();
        try {
            FunctionInstance instance = take();
            if (instance == null) {
                return new Failed("Sandbox.Stopped", "the stack is stopping");
            }
            InvocationResult result = instance.invoke(event);
            giveBack(instance);
            return result;
        } finally {
            slots.release();
        }
    }

    private @Nullable FunctionInstance take() {
        synchronized (all) {
            if (closed) {
                return null;
            }
            for (FunctionInstance instance = idle.pollFirst();
                    instance != null;
                    instance = idle.pollFirst()) {
                if (instance.usable()) {
                    return instance;
                }
                all.remove(instance);
            }
            return start();
        }
    }

    private FunctionInstance start() {
        FunctionInstance instance =
                FunctionInstance.start(
                        settings,
                        functionPackage.command(settings.memoryMegabytes()),
                        workingFolder,
                        log,
                        onStart);
        all.add(instance);
        return instance;
    }

    private void giveBack(FunctionInstance instance) {
        synchronized (all) {
            if (instance.usable()) {
                idle.addFirst(instance);
                return;
            }
            all.remove(instance);
        }
        instance.close();
    }

    /** Ends idle processes; the next event starts one. */
    public void endProcesses() {
        List<FunctionInstance> taken;
        synchronized (all) {
            taken = List.copyOf(idle);
            idle.clear();
            all.removeAll(taken);
        }
        taken.forEach(FunctionInstance::close);
    }

    /** Ends all its processes permanently. */
    @Override
    public void close() {
        List<FunctionInstance> running;
        synchronized (all) {
            closed = true;
            idle.clear();
            running = List.copyOf(all);
            all.clear();
        }
        running.forEach(FunctionInstance::close);
    }
}
