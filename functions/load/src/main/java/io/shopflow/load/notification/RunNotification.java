package io.shopflow.load.notification;

import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.text.Counted;
import io.shopflow.ledger.Finding;
import io.shopflow.ledger.LedgerReader;
import io.shopflow.ledger.RuleRows;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.StreamLedger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a notification says about a closed run. Its texts have only counts and the names of streams
 * and rules, since the messages of problems and findings may quote a value.
 *
 * @param problems of the extraction
 * @param rejections of rows, the most frequent first
 */
public record RunNotification(
        Run run,
        List<StreamLedger> ledger,
        List<Problem> problems,
        List<Finding> findings,
        List<RuleRows> rejections) {

    /** The rule of an unavailable source: the next run starts where this one started. */
    private static final String SOURCE_UNAVAILABLE = "source_unavailable";

    private static final int MAX_CAUSES = 5;
    private static final int MAX_LINES = 10;

    /** A run's status in a notification. */
    public enum NotifiedStatus {
        /** Complete. */
        COMPLETE,
        /** Incomplete. */
        INCOMPLETE,
        /**
         * Incomplete, and nothing was read: no stream has a row, and none balances. A stream
         * without rows that balances was read, and is empty.
         */
        FAILED;

        /** The name in messages: lower case. */
        public String canonicalName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RunNotification {
        ledger = List.copyOf(ledger);
        problems = List.copyOf(problems);
        findings = List.copyOf(findings);
        rejections = List.copyOf(rejections);
    }

    /** Reads what the ledger has about a closed run. */
    static RunNotification read(LedgerReader ledger, RunId runId) throws SQLException {
        return new RunNotification(
                ledger.run(runId).filter(Run::closed).orElseThrow(),
                ledger.streams(runId),
                ledger.problems(runId),
                ledger.findings(runId),
                ledger.rejections(runId));
    }

    /** The run's status in the notification. */
    public NotifiedStatus status() {
        if (run.complete()) {
            return NotifiedStatus.COMPLETE;
        }
        boolean nothingRead =
                StreamLedger.sum(ledger).extracted() == 0
                        && ledger.stream().noneMatch(StreamLedger::balanced);
        return nothingRead ? NotifiedStatus.FAILED : NotifiedStatus.INCOMPLETE;
    }

    /** The reason for the status, in one sentence. */
    String reason() {
        return switch (status()) {
            case COMPLETE ->
                    String.format(
                            Locale.ROOT,
                            "Every row is accounted for: %s read, %,d loaded, %,d duplicate, %,d rejected.",
                            Counted.of(StreamLedger.sum(ledger).extracted(), "row"),
                            StreamLedger.sum(ledger).loaded(),
                            StreamLedger.sum(ledger).duplicate(),
                            StreamLedger.sum(ledger).quarantined());
            case INCOMPLETE -> "The run is incomplete: " + String.join("; ", causes()) + ".";
            case FAILED -> "The run failed, no row was read: " + String.join("; ", causes()) + ".";
        };
    }

    private List<String> causes() {
        List<String> causes = new ArrayList<>();
        Map<String, Long> rules = new TreeMap<>();
        problems.forEach(
                problem -> rules.merge(named(problem.rule(), problem.stream()), 1L, Long::sum));
        rules.forEach(
                (rule, times) ->
                        causes.add(
                                times == 1
                                        ? rule
                                        : String.format(Locale.ROOT, "%s %,d times", rule, times)));
        for (StreamLedger stream : ledger) {
            Long counted = stream.counted();
            if (counted != null && counted != stream.rows().extracted()) {
                causes.add(
                        String.format(
                                Locale.ROOT,
                                "the source counted %s of %s, but returned %,d",
                                Counted.of(counted, "row"),
                                stream.stream(),
                                stream.rows().extracted()));
            } else if (!stream.balanced() && problems.isEmpty()) {
                causes.add(stream.stream() + " does not balance");
            }
        }
        findings.stream().filter(Finding::failsRun).forEach(finding -> causes.add(named(finding)));
        return upTo(MAX_CAUSES, causes, "more cause");
    }

    /**
     * What to do; of an incomplete run, to be followed by the command that runs the source again.
     */
    String advice() {
        if (run.complete()) {
            return "Nothing needs to be done.";
        }
        boolean catchesUp =
                !problems.isEmpty()
                        && problems.stream()
                                .allMatch(problem -> problem.rule().equals(SOURCE_UNAVAILABLE))
                        && findings.stream().noneMatch(Finding::failsRun);
        return catchesUp
                ? "Nothing is lost: the next run catches up. To run the source now:"
                : "Nothing is lost. Correct the cause, then run the source again:";
    }

    /** A line for each stream and, if there are several, one for their sum. */
    List<String> ledgerLines() {
        List<String> lines = new ArrayList<>();
        ledger.forEach(stream -> lines.add(line(stream.stream(), stream)));
        if (ledger.size() > 1) {
            lines.add(line("all", ledger.stream().reduce(StreamLedger::plus).orElseThrow()));
        }
        return lines;
    }

    private static String line(String name, StreamLedger stream) {
        return String.format(
                Locale.ROOT,
                "%s: %s read, %,d clean (%,d inserted, %,d updated, %,d unchanged), %,d duplicate, %,d rejected; %s",
                name,
                stream.counted() == null
                        ? String.format(Locale.ROOT, "%,d", stream.rows().extracted())
                        : String.format(
                                Locale.ROOT,
                                "%,d of %,d",
                                stream.rows().extracted(),
                                stream.counted()),
                stream.rows().loaded(),
                stream.rows().inserted(),
                stream.rows().updated(),
                stream.rows().unchanged(),
                stream.rows().duplicate(),
                stream.rows().quarantined(),
                stream.balanced() ? "balanced" : "not balanced");
    }

    /** A line for each finding; those that fail the run first. */
    List<String> findingLines() {
        return upTo(
                MAX_LINES,
                findings.stream()
                        .map(
                                finding ->
                                        switch (finding.severity()) {
                                            case FAILURE -> named(finding) + ", fails the run";
                                            case DOUBT ->
                                                    named(finding) + ", puts figures in doubt";
                                            case INFORMATION -> named(finding);
                                        })
                        .toList(),
                "more finding");
    }

    /** A line for each rule and stream of which it rejected rows, the most rows first. */
    List<String> rejectionLines() {
        Map<String, Long> rows = new TreeMap<>();
        rejections.forEach(
                rule -> rows.merge(named(rule.rule(), rule.stream()), rule.rows(), Long::sum));
        return upTo(
                MAX_LINES,
                rows.entrySet().stream()
                        // The sort is stable: rules with as many rows stay in alphabetical order.
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(rule -> rule.getKey() + ": " + Counted.of(rule.getValue(), "row"))
                        .toList(),
                "more rule");
    }

    private static String named(Finding finding) {
        return finding.rows() == 0
                ? finding.named()
                : finding.named() + ": " + Counted.of(finding.rows(), "row");
    }

    private static String named(String rule, @Nullable String stream) {
        return stream == null || stream.isEmpty() ? rule : rule + " of " + stream;
    }

    private static List<String> upTo(int most, List<String> lines, String more) {
        if (lines.size() <= most) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, most));
        shown.add("and " + Counted.of(lines.size() - most, more));
        return shown;
    }
}
