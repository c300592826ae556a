package io.shopflow.laptop.commands;

import io.shopflow.laptop.files.ShopflowHome;
import io.shopflow.laptop.runs.Screen;
import io.shopflow.laptop.runs.SourceConfigurations;
import io.shopflow.laptop.runs.TextTable;
import io.shopflow.ledger.Run;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;

/** Lists the sources. */
@Command(
        name = "list",
        description = "Lists the sources with their files and, if the stack is up, their last run.")
public class SourceListCommand extends StackCommand {

    @Override
    public Integer call() {
        Screen screen = Screen.standard();
        Map<String, Path> sources =
                SourceConfigurations.of(ShopflowHome.find(), data.folder()).files();
        boolean up = data.folder().record().running().isPresent();
        Map<String, String> runs = up ? lastRuns(sources.keySet()) : Map.of();
        TextTable table = new TextTable(List.of("source", "file", "last run"), Set.of());
        sources.forEach(
                (source, file) ->
                        table.add(
                                source,
                                file.toString(),
                                up ? runs.getOrDefault(source, "none") : "no stack is up"));
        table.lines("").forEach(screen::line);
        return 0;
    }

    private Map<String, String> lastRuns(Set<String> sources) {
        try (StackConnection stack = StackConnection.open(data)) {
            return stack.clients()
                    .database()
                    .read(
                            ledger -> {
                                Map<String, String> runs = new HashMap<>();
                                for (String source : sources) {
                                    ledger.newest(source, 1)
                                            .forEach(run -> runs.put(source, described(run)));
                                }
                                return runs;
                            });
        }
    }

    private static String described(Run run) {
        return "%s, %s %s"
                .formatted(
                        run.runId(),
                        run.status().canonicalName(),
                        run.closedAt() == null ? "since " + run.startedAt() : run.closedAt());
    }
}
