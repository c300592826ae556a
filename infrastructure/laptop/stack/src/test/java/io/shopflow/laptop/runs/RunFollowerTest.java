package io.shopflow.laptop.runs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.queues.FailureJournal;
import io.shopflow.laptop.queues.Queues;
import io.shopflow.laptop.supervisor.LakeClient;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The message of a command that follows a run when the servers stop answering. */
class RunFollowerTest {

    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    @TempDir Path temporary;

    /** `run` ended in a stack trace when the stack was killed during the request of the run. */
    @Test
    void aStackKilledWhileARunIsRequestedIsReportedInOneLine() {
        try (LakeClient lake = LakeClient.connect(NOBODY, "secret");
                Queues queues = new Queues(NOBODY);
                RunDatabase database =
                        new RunDatabase("jdbc:postgresql://127.0.0.1:1/shopflow", "u", "p")) {
            RunFollower follower =
                    new RunFollower(
                            lake.store(),
                            database,
                            new FailureJournal(temporary.resolve("failed-events.jsonl")),
                            new RunRequests(DataFolder.at(temporary), queues),
                            () -> false);
            assertThatThrownBy(() -> follower.outlastingRestarts(() -> lake.store().read("x")))
                    .isInstanceOf(StackException.class)
                    .hasMessage("The stack has stopped. Start it with ./shopflow up.");
            assertThatThrownBy(() -> follower.outlastingRestarts(() -> queues.send("x", "message")))
                    .isInstanceOf(StackException.class);
            assertThatThrownBy(
                            () ->
                                    follower.outlastingRestarts(
                                            () -> database.read(reader -> reader.newest(1))))
                    .isInstanceOf(StackException.class);
        }
    }
}
