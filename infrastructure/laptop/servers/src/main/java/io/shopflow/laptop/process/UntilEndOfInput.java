package io.shopflow.laptop.process;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Runs a server until its standard input ends, so that it never outlives the process that started
 * it, however that one dies.
 */
public final class UntilEndOfInput {

    /** The servers' own shutdown may wait forever. */
    private static final long SHUTDOWN_MILLIS = 4_000;

    private UntilEndOfInput() {}

    /** Takes the name of the server's main class, then that class's arguments. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread.ofPlatform().daemon().name("end of input").start(UntilEndOfInput::exitAtEnd);
        try {
            Class.forName(arguments[0])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            // Otherwise the server's threads would keep a process alive that does not listen.
            Objects.requireNonNullElse(e.getCause(), e).printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void exitAtEnd() {
        try {
            while (System.in.read() >= 0) {
                // The pipe carries no data; only its end matters.
            }
        } catch (IOException e) {
            // Same as the end of the pipe.
        }
        Thread.ofPlatform().start(() -> System.exit(0));
        try {
            Thread.sleep(SHUTDOWN_MILLIS);
        } catch (InterruptedException e) {
            // Halts at once.
        }
        Runtime.getRuntime().halt(0);
    }
}
