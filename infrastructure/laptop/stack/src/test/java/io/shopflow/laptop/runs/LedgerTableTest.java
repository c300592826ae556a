package io.shopflow.laptop.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.run.RunId;
import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.StreamLedger;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A ledger as a table for the user. */
class LedgerTableTest {

    @Test
    void columnsAreAlignedAndSummed() {
        assertThat(
                        LedgerTable.lines(
                                List.of(
                                        stream(
                                                "orders",
                                                1_200L,
                                                new RowCounts(1_200, 1_000, 100, 90, 6, 4),
                                                0),
                                        stream(
                                                "reviews",
                                                null,
                                                new RowCounts(10, 0, 0, 0, 0, 0),
                                                1))))
                .containsExactly(
                        "  stream   counted  extracted  inserted  updated  unchanged  duplicate  quarantined  balanced",
                        "  orders     1,200      1,200     1,000      100         90          6            4  yes",
                        "  reviews        ?         10         0        0          0          0            0  NO, 1 part missing",
                        "  all            ?      1,210     1,000      100         90          6            4  NO");
    }

    @Test
    void aRunInProgressIsNotCalledUnbalanced() {
        StreamLedger half = stream("orders", 1_200L, new RowCounts(600, 600, 0, 0, 0, 0), 2);
        assertThat(LedgerTable.linesSoFar(List.of(half)))
                .noneMatch(line -> line.contains("NO"))
                .anyMatch(line -> line.endsWith("not yet, 2 parts missing"))
                .last()
                .asString()
                .endsWith("not yet");
    }

    @Test
    void aTerminalIsDrawnOverAndAPipeIsNot() {
        assertThat(drawn(true)).contains("one\n").contains("\u001b[1A\u001b[J").endsWith("done\n");
        assertThat(drawn(false)).isEqualTo("done\n");
    }

    private static StreamLedger stream(
            String name, @Nullable Long counted, RowCounts rows, long missingParts) {
        return new StreamLedger(
                RunId.create(), name, counted, rows, missingParts, missingParts == 0);
    }

    private static String drawn(boolean terminal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Screen screen =
                new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), terminal, 80);
        screen.draw(List.of("one"));
        screen.draw(List.of("two"));
        screen.line("done");
        return out.toString(StandardCharsets.UTF_8);
    }
}
