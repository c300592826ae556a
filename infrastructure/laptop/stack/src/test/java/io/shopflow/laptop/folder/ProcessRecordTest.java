package io.shopflow.laptop.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessRecordTest {

    @Test
    void aProcessRunsUntilItEnds() throws Exception {
        Process process = new ProcessBuilder("sleep", "30").start();
        ProcessRecord record = ProcessRecord.of("sleeper", process.toHandle());
        assertThat(record.running()).isPresent();
        process.destroyForcibly().waitFor();
        assertThat(record.running()).isEmpty();
    }

    /**
     * After a kill -9 of the stack, `up` reported "already up" until its parent had waited for it.
     */
    @Test
    void aZombieDoesNotRun() throws Exception {
        // The child of sh then becomes sleep's child, and sleep never waits for children.
        Process parent = new ProcessBuilder("sh", "-c", "sleep 1 & echo $!; exec sleep 30").start();
        try {
            String line = parent.inputReader(StandardCharsets.US_ASCII).readLine();
            ProcessRecord child =
                    ProcessRecord.of("child", ProcessHandle.of(Long.parseLong(line)).orElseThrow());
            assertThat(child.running()).isPresent();
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
            while (child.running().isPresent()) {
                assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
                Thread.sleep(50);
            }
            assertThat(parent.isAlive()).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }
}
