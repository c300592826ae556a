package io.shopflow.local.runs;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is printed of stages where bars cannot be drawn: what goes on, and once what is through. */
final class StageLines {

    private final Set<String> finished = new HashSet<>();

    /** The lines for how far the stages are now. */
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
