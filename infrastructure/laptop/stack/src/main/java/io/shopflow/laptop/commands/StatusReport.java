package io.shopflow.laptop.commands;

import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.core.text.Counted;
import io.shopflow.laptop.folder.ProcessRecord;
import io.shopflow.laptop.folder.StackRecord;
import io.shopflow.laptop.queues.FailedEvent;
import io.shopflow.laptop.queues.Queues;
import io.shopflow.laptop.runs.LedgerTable;
import io.shopflow.laptop.runs.RunOutcome;
import io.shopflow.laptop.runs.SourceProgress;
import io.shopflow.laptop.supervisor.StackClients;
import io.shopflow.ledger.Finding;
import io.shopflow.ledger.LedgerReader;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.StreamLedger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report of {@code status}. */
final class StatusReport {

    private static final int FAILURES = 5;

    private final StackRecord record;
    private final StackClients stack;
    private final int runs;

    StatusReport(StackConnection connection, int runs) {
        this.record = connection.record();
        this.stack = connection.clients();
        this.runs = runs;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        processes(lines);
        if (stack.database().migrated()) {
            stack.database()
                    .read(
                            ledger -> {
                                runs(ledger, lines);
                                return lines;
                            });
            for (ExtractRequest request : stack.requests().pending()) {
                lines.add("  %s of %s: requested".formatted(request.runId(), request.source()));
            }
        }
        watermarks(lines);
        queues(lines);
        return lines;
    }

    private void processes(List<String> lines) {
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

    private void runs(LedgerReader reader, List<String> lines) throws SQLException {
        lines.add("");
        lines.add("Runs, newest first");
        List<Run> newest = reader.newest(runs);
        if (newest.isEmpty()) {
            lines.add("  none yet");
        }
        for (Run run : newest) {
            lines.add(
                    "  %s of %s: %s, %s"
                            .formatted(
                                    run.runId(),
                                    run.source(),
                                    run.status().canonicalName(),
                                    run.closedAt() == null
                                            ? "since " + run.startedAt()
                                            : "closed " + run.closedAt()));
            List<StreamLedger> ledger = reader.streams(run.runId());
            (run.closed() ? LedgerTable.lines(ledger) : LedgerTable.linesSoFar(ledger))
                    .forEach(line -> lines.add("  " + line));
            for (Finding finding : reader.findings(run.runId())) {
                lines.add("    %s: %s".formatted(RunOutcome.label(finding), finding.named()));
            }
        }
        reader.rowsStillOut()
                .forEach(
                        (source, rows) ->
                                lines.add(
                                        "  %s: %s still out of the figures: ./shopflow quarantine list --source %s"
                                                .formatted(
                                                        source,
                                                        Counted.be(rows, "rejected row"),
                                                        source)));
    }

    private void watermarks(List<String> lines) {
        lines.add("");
        lines.add("Watermarks");
        boolean any = false;
        for (StoredObject object : stack.lake().list("state/")) {
            String file = object.key().substring("state/".length());
            if (!file.endsWith(".json")) {
                // The ids of a source's files from their last read.
                continue;
            }
            String source = file.replaceFirst("\\.json$", "");
            SourceProgress state = SourceProgress.read(stack.lake(), source);
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
                lines.add("  " + extraction(source, state.leasedBy(), state.leasedUntil()));
                any = true;
            }
        }
        if (!any) {
            lines.add("  none yet");
        }
    }

    /** A run that was killed, or failed too often, has not released its lease. */
    private String extraction(String source, String leasedBy, @Nullable Instant leasedUntil) {
        boolean givenUp =
                RunId.isValid(leasedBy) && !stack.failures().givenUp(new RunId(leasedBy)).isEmpty();
        if (givenUp) {
            return "%s is not being extracted any more: run %s was given up, see below. It is tried again at the next ./shopflow up."
                    .formatted(source, leasedBy);
        }
        if (leasedUntil != null && leasedUntil.isBefore(Instant.now())) {
            return "%s is not being extracted any more: run %s has stopped, its lease ended at %s. The next run begins where it began."
                    .formatted(source, leasedBy, leasedUntil);
        }
        return "%s is being extracted by run %s".formatted(source, leasedBy);
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
                                    event.at(), event.function(), event.named(), event.reason()));
        }
    }
}
