package io.shopflow.laptop.runs;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The lines for stages without a terminal: stages in progress, and each finished stage once. */
final class StageLines {

    private final Set<String> finished = new HashSet<>();

    /** The lines for the current stages. */
    List<String> next(List<Stage> stages) {
        return stages.stream()
                .filter(this::isNews)
                .map(stage -> stage.finished() ? stage.doneLine() : stage.line())
                .toList();
    }

    private boolean isNews(Stage stage) {
        return stage.finished() ? finished.add(stage.name()) : stage.rows() > 0;
    }
}
