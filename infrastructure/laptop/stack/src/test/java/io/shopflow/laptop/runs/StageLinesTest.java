package io.shopflow.laptop.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageLinesTest {

    private static final Duration ELAPSED = Duration.ofSeconds(10);

    @Test
    void stagesInProgressArePrintedEachTimeAndFinishedOnesOnce() {
        StageLines lines = new StageLines();
        assertThat(lines.next(List.of(running(50), new Stage("load", 0, null, false, ELAPSED))))
                .containsExactly(running(50).line());
        Stage finished = new Stage("extract", 100, 100L, true, ELAPSED);
        assertThat(lines.next(List.of(running(80)))).containsExactly(running(80).line());
        assertThat(lines.next(List.of(finished))).containsExactly("  extract   100 rows, done");
        assertThat(lines.next(List.of(finished))).isEmpty();
    }

    private static Stage running(long rows) {
        return new Stage("extract", rows, 100L, false, ELAPSED);
    }
}
