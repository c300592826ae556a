package io.shopflow.laptop.commands;

import io.shopflow.core.text.Counted;
import io.shopflow.laptop.checks.CheckFinding;
import io.shopflow.laptop.checks.FindingTable;
import io.shopflow.laptop.checks.WarehouseCheck;
import io.shopflow.laptop.checks.WarehouseRepair;
import io.shopflow.laptop.runs.Screen;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks the warehouse, and repairs it. */
@Command(
        name = "check",
        description =
                "Checks the warehouse, its stored figures and the data lake for damage. The exit status is 0 only if nothing is found.",
        footer = {
            "",
            "With --repair, damaged parts are loaded again from the data lake and stored figures are computed again; rows that are not damaged do not change. What is left is listed then."
        })
public class CheckCommand extends StackCommand {

    @Option(
            names = "--source",
            paramLabel = "NAME",
            converter = Arguments.Source.class,
            description = "Only this source.")
    @Nullable String source;

    @Option(names = "--deep", description = "Compare each row with the data lake, too.")
    boolean deep;

    @Option(names = "--repair", description = "Repair what is found, and check again.")
    boolean repair;

    @Override
    public Integer call() throws SQLException, InterruptedException {
        Screen screen = Screen.standard();
        try (StackConnection stack = StackConnection.open(data)) {
            int port = stack.record().ports().postgres();
            WarehouseCheck check = new WarehouseCheck(stack.clients().lake(), port, source, deep);
            List<CheckFinding> findings = check.findings();
            show(findings, screen);
            if (repair && !findings.isEmpty()) {
                new WarehouseRepair(
                                stack.clients().lake(),
                                stack.clients().queues(),
                                port,
                                screen::line)
                        .repair(findings, source);
                findings = check.findings();
                screen.line("After the repair:");
                show(findings, screen);
            }
            return findings.isEmpty() ? 0 : 1;
        }
    }

    private static void show(List<CheckFinding> findings, Screen screen) {
        if (findings.isEmpty()) {
            screen.line("Nothing is wrong.");
            return;
        }
        FindingTable.lines(findings).forEach(screen::line);
        screen.line("%s.".formatted(Counted.of(findings.size(), "finding")));
    }
}
