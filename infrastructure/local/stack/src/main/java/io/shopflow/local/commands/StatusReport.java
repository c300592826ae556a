package io.shopflow.local.commands;

import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.local.folder.ProcessRecord;
import io.shopflow.local.folder.StackRecord;
import io.shopflow.local.queues.FailedEvent;
import io.shopflow.local.queues.Queues;
import io.shopflow.local.runs.LedgerRow;
import io.shopflow.local.runs.LedgerTable;
import io.shopflow.local.runs.RunSummary;
import io.shopflow.local.runs.SourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code status} tells. */
final class StatusReport {

    private static final int FAILURES = 5;

    private final StackConnection stack;
    private final int runs;

    StatusReport(StackConnection stack, int runs) {
        this.stack = stack;
        this.runs = runs;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        processes(lines);
        if (stack.database().migrated()) {
            runs(lines);
        }
        watermarks(lines);
        queues(lines);
        return lines;
    }

    private void processes(List<String> lines) {
        StackRecord record = stack.record();
        lines.add(
                "The stack is %s%s"
                        .formatted(
                                record.ready() ? "up" : "starting",
                                UpCommand.at(record.dashboard())));
        lines.add("");
        lines.add("Processes");
        if (record.process() != null) {
            lines.add(process(record.process()));
        }
        record.children().stream()
                .filter(child -> child.running().isPresent())
                .map(StatusReport::process)
                .forEach(lines::add);
    }

    private static String process(ProcessRecord process) {
        return String.format(Locale.ROOT, "  %-12s%d", process.name(), process.pid());
    }

    private void runs(List<String> lines) {
        lines.add("");
        lines.add("Runs, newest first");
        List<RunSummary> newest = stack.database().newest(runs);
        if (newest.isEmpty()) {
            lines.add("  none yet");
        }
        for (RunSummary run : newest) {
            lines.add(
                    "  %s of %s: %s, %s"
                            .formatted(
                                    run.runId(),
                                    run.source(),
                                    run.status(),
                                    run.closedAt() == null
                                            ? "since " + run.startedAt()
                                            : "closed " + run.closedAt()));
            List<LedgerRow> ledger = stack.database().ledger(run.runId());
            (run.closed() ? LedgerTable.lines(ledger) : LedgerTable.linesSoFar(ledger))
                    .forEach(line -> lines.add("  " + line));
        }
        for (ExtractRequest request : stack.requests().pending()) {
            lines.add("  %s of %s: asked for".formatted(request.runId(), request.source()));
        }
    }

    private void watermarks(List<String> lines) {
        lines.add("");
        lines.add("Watermarks");
        boolean any = false;
        for (StoredObject object : stack.lake().list("state/")) {
            String file = object.key().substring("state/".length());
            String source = file.replaceFirst("\\.json$", "");
            SourceState state = SourceState.read(stack.lake(), source);
            for (var watermark : state.watermarks().entrySet()) {
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "  %-28s%s",
                                source + " " + watermark.getKey(),
                                watermark.getValue()));
                any = true;
            }
            if (state.leasedBy() != null) {
                lines.add("  %s is being extracted by run %s".formatted(source, state.leasedBy()));
                any = true;
            }
        }
        if (!any) {
            lines.add("  none yet");
        }
    }

    private void queues(List<String> lines) {
        lines.add("");
        lines.add("Queues              waiting  in flight  dead letters");
        for (String queue : Queues.NAMES) {
            Queues.Depth depth = stack.queues().depth(queue);
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "  %-18s%7d%11d%14d",
                            queue,
                            depth.waiting(),
                            depth.inFlight(),
                            stack.queues().depth(Queues.deadLetters(queue)).waiting()));
        }
        for (FailedEvent event : stack.failures().lastGivenUp(FAILURES)) {
            lines.add(
                    "  %s: %s gave up on %s: %s"
                            .formatted(
                                    event.at(), event.function(), event.subject(), event.reason()));
        }
    }
}
