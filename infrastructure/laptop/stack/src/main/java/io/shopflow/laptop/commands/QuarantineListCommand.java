package io.shopflow.laptop.commands;

import io.shopflow.core.run.RunId;
import io.shopflow.core.text.Counted;
import io.shopflow.laptop.runs.RejectionTable;
import io.shopflow.laptop.runs.RunOutcome;
import io.shopflow.laptop.runs.Screen;
import io.shopflow.ledger.LedgerReader;
import io.shopflow.ledger.RuleRows;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Summarises rejected rows. */
@Command(
        name = "list",
        description =
                "Lists rejected rows and warnings by source, run, stream, rule and field, each with one value and its position.",
        footer = {
            "",
            "Warnings reject no row: the value was rounded, cut, masked or left empty.",
            "'still out' counts the rows that no later run has loaded or replaced: they are not in the figures.",
            "Of a row that an earlier run has loaded, that version counts."
        })
public class QuarantineListCommand extends StackCommand {

    private static final int MOST = 100;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            converter = Arguments.Source.class,
            description = "Only runs of this source.")
    @Nullable String source;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            converter = Arguments.Run.class,
            description = "Only this run.")
    @Nullable RunId run;

    @Override
    public Integer call() {
        Screen screen = Screen.standard();
        try (StackConnection stack = StackConnection.open(data)) {
            RejectionTable.lines(stack.clients().database().read(this::rejections), MOST)
                    .forEach(screen::line);
            showWarnings(stack.clients().database().read(this::warnings), screen);
            stack.clients()
                    .database()
                    .read(LedgerReader::rowsStillOut)
                    .forEach(
                            (name, rows) -> {
                                if (source == null || source.equals(name)) {
                                    screen.line(
                                            "%s: %s still out of the figures"
                                                    .formatted(
                                                            name,
                                                            Counted.be(rows, "rejected row")));
                                }
                            });
        }
        return 0;
    }

    private List<RuleRows> rejections(LedgerReader ledger) throws SQLException {
        return run == null ? ledger.rejections(source, MOST + 1) : ofSource(ledger.rejections(run));
    }

    private List<RuleRows> warnings(LedgerReader ledger) throws SQLException {
        return run == null ? ledger.warnings(source, MOST + 1) : ofSource(ledger.warnings(run));
    }

    private List<RuleRows> ofSource(List<RuleRows> rules) {
        return rules.stream()
                .filter(rule -> source == null || rule.source().equals(source))
                .toList();
    }

    private static void showWarnings(List<RuleRows> warnings, Screen screen) {
        if (warnings.isEmpty()) {
            return;
        }
        screen.line("Warnings in rows that were loaded:");
        warnings.stream()
                .limit(MOST)
                .forEach(
                        warning ->
                                screen.line(
                                        "  %s %s, %s"
                                                .formatted(
                                                        warning.source(),
                                                        warning.runId(),
                                                        RunOutcome.described(warning))));
        if (warnings.size() > MOST) {
            screen.line("  and more: name a --source or a --run");
        }
    }
}
