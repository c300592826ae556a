package io.shopflow.laptop.queue;

import java.io.IOException;
import org.elasticmq.server.Main;

/**
 * Runs ElasticMQ. Ends when its standard input ends, so that it never outlives the process that
 * started it.
 */
public final class QueueServer {

    private QueueServer() {}

    /** Takes no arguments; {@code -Dconfig.file} names ElasticMQ's configuration. */
    public static void main(String[] arguments) {
        exitAtEndOfInput();
        try {
            Main.main(arguments);
        } catch (RuntimeException e) {
            // Otherwise ElasticMQ's threads would keep a server alive that does not listen.
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void exitAtEndOfInput() {
        Thread watch =
                new Thread(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    // The pipe carries no data; only its end matters.
                                }
                            } catch (IOException e) {
                                // Same as the end of the pipe.
                            }
                            haltWhenStuck();
                            System.exit(0);
                        },
                        "end of input");
        watch.setDaemon(true);
        watch.start();
    }

    /** ElasticMQ's own shutdown may wait forever. */
    private static void haltWhenStuck() {
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                Thread.sleep(4000);
                            } catch (InterruptedException e) {
                                // Halts at once.
                            }
                            Runtime.getRuntime().halt(0);
                        });
    }
}
