package io.shopflow.laptop.commands;

import io.shopflow.core.run.Problem;
import io.shopflow.laptop.files.ShopflowHome;
import io.shopflow.laptop.runs.RunOutcome;
import io.shopflow.laptop.runs.Screen;
import io.shopflow.laptop.runs.SourceConfigurations;
import io.shopflow.laptop.trial.SourceMistakes;
import io.shopflow.laptop.trial.TrialReport;
import io.shopflow.laptop.trial.TrialStack;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tries a source without loading it. */
@Command(
        name = "check",
        description =
                "Reads a source and shows what a run would load: rows of each stream, rejected rows, doubts, and sales by month. Loads nothing. The exit status is 0 only if nothing is found.",
        footer = {
            "",
            "The source runs in a separate stack, which is deleted afterwards. Personal values are masked."
        })
public class SourceCheckCommand extends StackCommand {

    @Parameters(
            paramLabel = "NAME",
            converter = Arguments.Source.class,
            description = "The source, configured in sources/NAME.yaml.")
    String source = "";

    @Mixin FilesOption files = new FilesOption();

    @Override
    public Integer call() throws InterruptedException, SQLException {
        Optional<String> path = files.folder(this);
        Screen screen = Screen.standard();
        SourceConfigurations sources = SourceConfigurations.of(ShopflowHome.find(), data.folder());
        List<Problem> mistakes = SourceMistakes.of(sources, source);
        if (!mistakes.isEmpty()) {
            return shown(TrialReport.ofMistakes(mistakes), screen);
        }
        try (TrialStack trial = TrialStack.start(ShopflowHome.find(), data.folder(), screen)) {
            RunOutcome outcome = trial.run(sources, source, path, screen);
            return shown(TrialReport.of(trial, source, path, outcome), screen);
        }
    }

    private static int shown(TrialReport report, Screen screen) {
        report.lines().forEach(screen::line);
        return report.findings() == 0 ? 0 : 1;
    }
}
