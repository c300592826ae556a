package io.shopflow.laptop.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The drawing of a stage. */
class StageTest {

    @Test
    void aStageThatRunsShowsRowsRateAndTimeLeft() {
        Stage stage = new Stage("extract", 12_000, 99_000L, false, Duration.ofSeconds(2));
        assertThat(stage.line())
                .isEqualTo("  extract   12,000 of 99,000 rows, 6,000 rows/s, 14 s left");
        assertThat(stage.bar(99))
                .isEqualTo(
                        "  extract   [####..........................] 12,000 of 99,000 rows, 6,000 rows/s, 14 s left");
    }

    @Test
    void aStageThatIsThroughShowsHowLongItTook() {
        Stage stage = new Stage("load", 1, 1L, true, Duration.ofSeconds(75));
        assertThat(stage.line()).isEqualTo("  load      1 row, done in 1 min 15 s");
        assertThat(stage.bar(80)).contains("[##############################]");
    }

    @Test
    void aTotalThatIsNotKnownIsNotShown() {
        Stage stage = new Stage("transform", 0, null, false, Duration.ZERO);
        assertThat(stage.line()).isEqualTo("  transform 0 rows");
        assertThat(stage.share()).isNull();
        assertThat(stage.left()).isNull();
    }

    @Test
    void anEstimateThatWasTooLowNeverFillsTheBar() {
        Stage stage = new Stage("load", 200, 100L, false, Duration.ofMillis(1500));
        assertThat(stage.share()).isEqualTo(0.99);
        assertThat(stage.line()).contains("200 of 200").contains("0.0 s left");
    }

    @Test
    void figuresOfANewSourceAreCountedByMart() {
        assertThat(Stage.ofMarts(6, 14).line()).isEqualTo("  figures   6 of 14 marts");
        assertThat(Stage.ofMarts(6, 14).bar(80)).contains("] 6 of 14 marts");
        assertThat(Stage.ofMarts(14, 14).line()).isEqualTo("  figures   14 marts, done");
        assertThat(Stage.ofMarts(14, 14).doneLine()).isEqualTo("  figures   14 marts, done");
    }

    @Test
    void aNarrowTerminalGetsNoBar() {
        Stage stage = new Stage("load", 10, 100L, false, Duration.ofSeconds(1));
        assertThat(stage.bar(40)).isEqualTo(stage.line());
    }
}
