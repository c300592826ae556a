package io.shopflow.laptop.trial;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.privacy.Masking;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.Problem;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.text.Counted;
import io.shopflow.laptop.runs.Printable;
import io.shopflow.laptop.runs.QuarantinedRows;
import io.shopflow.laptop.runs.RunOutcome;
import io.shopflow.laptop.runs.TextTable;
import io.shopflow.laptop.trial.TrialFigures.OrdersWithoutLines;
import io.shopflow.ledger.Finding;
import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.RuleRows;
import io.shopflow.ledger.StreamLedger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a trial of a source has shown, for the user.
 *
 * @param lines of the report
 * @param findings how many things the user should look at
 */
public record TrialReport(List<String> lines, long findings) {

    private static final int ROWS = 10;
    private static final int MOST_PROBLEMS = 50;
    private static final int MOST_RULES = 50;

    /** The rule of fields without a value. */
    private static final String NO_VALUE = "required";

    public TrialReport {
        lines = List.copyOf(lines);
    }

    /**
     * Reads it from the stack of the trial.
     *
     * @param path the folder of the files; empty if the configuration names it
     */
    public static TrialReport of(
            TrialStack trial, String source, Optional<String> path, RunOutcome outcome)
            throws SQLException {
        return new Reading(trial, source, path, outcome).report();
    }

    /** Of a source whose configuration has mistakes, so that nothing was read. */
    public static TrialReport ofMistakes(List<Problem> mistakes) {
        List<String> lines = new ArrayList<>(problems(mistakes));
        lines.add("");
        lines.add(nothingLoaded(mistakes.size()));
        return new TrialReport(lines, mistakes.size());
    }

    private static List<String> problems(List<Problem> problems) {
        List<String> lines = new ArrayList<>();
        lines.add("Problems");
        problems.stream()
                .limit(MOST_PROBLEMS)
                .forEach(problem -> lines.add("  " + RunOutcome.described(problem)));
        if (problems.size() > MOST_PROBLEMS) {
            lines.add("  and more: correct these first");
        }
        return lines;
    }

    private static String nothingLoaded(long findings) {
        return "%s. Nothing was loaded.".formatted(Counted.of(findings, "finding"));
    }

    private static final class Reading {

        private final ObjectStore lake;
        private final int port;
        private final String source;
        private final Optional<String> path;
        private final RunOutcome outcome;
        private final List<PartId> quarantined;
        private final List<String> lines = new ArrayList<>();
        private long findings;

        Reading(TrialStack trial, String source, Optional<String> path, RunOutcome outcome) {
            this.lake = trial.clients().lake();
            this.port = trial.warehousePort();
            this.source = source;
            this.path = path;
            this.outcome = outcome;
            this.quarantined =
                    trial.clients()
                            .database()
                            .read(ledger -> ledger.quarantinedParts(outcome.runId()));
        }

        TrialReport report() throws SQLException {
            outcome.ledger().forEach(this::rows);
            states();
            problems();
            rules("Rejected rows, which a run would leave out", outcome.rejections());
            advice();
            findings += outcome.rejections().size();
            rules("Warnings: these rows are loaded with a changed value", outcome.warnings());
            found();
            try (TrialFigures figures = TrialFigures.connect(port, source)) {
                withoutLines(figures);
                sums(figures);
            }
            outcome.givenUp().forEach(event -> lines.add(event.abandoned()));
            findings += outcome.givenUp().size();
            if (findings == 0 && !outcome.balanced()) {
                findings = 1;
                lines.add("The rows of the run do not balance: see the streams above.");
            }
            lines.add("");
            lines.add(
                    findings == 0
                            ? "Nothing to correct was found. Nothing was loaded; to load it: ./shopflow run --source %s%s"
                                    .formatted(
                                            source,
                                            path.map(folder -> " --path " + folder).orElse(""))
                            : nothingLoaded(findings));
            return new TrialReport(lines, findings);
        }

        private void rows(StreamLedger stream) {
            RowCounts rows = stream.rows();
            heading(
                    "%s: %s read, %,d accepted, %,d with an id that comes again, %,d rejected"
                            .formatted(
                                    stream.stream(),
                                    Counted.of(rows.extracted(), "row"),
                                    rows.extracted() - rows.duplicate() - rows.quarantined(),
                                    rows.duplicate(),
                                    rows.quarantined()));
            StreamName.ofCanonicalName(stream.stream())
                    .ifPresent(
                            name ->
                                    new MappedRows(lake)
                                            .lines(source, outcome.runId(), name, ROWS)
                                            .forEach(line -> lines.add("  " + line)));
        }

        private void states() {
            List<String> states = new OrderStates(lake).lines(source, outcome.runId(), quarantined);
            if (!states.isEmpty()) {
                heading("States of the orders' rows, and what 'statuses' maps them to");
                lines.addAll(states);
            }
        }

        private void problems() {
            if (outcome.problems().isEmpty()) {
                return;
            }
            paragraph();
            lines.addAll(TrialReport.problems(outcome.problems()));
            findings += outcome.problems().size();
        }

        private void rules(String heading, List<RuleRows> rules) {
            if (rules.isEmpty()) {
                return;
            }
            heading(heading);
            TextTable table =
                    new TextTable(
                            List.of("stream", "rule", "field", "rows", "value", "place"),
                            Set.of("rows"));
            rules.stream()
                    .limit(MOST_RULES)
                    .forEach(
                            rule ->
                                    table.add(
                                            rule.stream(),
                                            rule.rule(),
                                            rule.field().isEmpty() ? "-" : rule.field(),
                                            TextTable.number(rule.rows()),
                                            value(rule),
                                            rule.position() == null
                                                    ? "-"
                                                    : Printable.text(rule.position())));
            lines.addAll(table.lines("  "));
        }

        /** A value that is not to be shown is masked: without it, the row seems to have none. */
        private static String value(RuleRows rule) {
            if (rule.example() != null) {
                return Printable.text(rule.example());
            }
            boolean hasValue = !rule.field().isEmpty() && !rule.rule().equals(NO_VALUE);
            return hasValue ? Masking.MASK : "-";
        }

        /** The messages of the rules, for which the table has no room. */
        private void advice() {
            Set<String> shown =
                    outcome.rejections().stream()
                            .limit(MOST_RULES)
                            .map(RuleRows::rule)
                            .collect(Collectors.toSet());
            new QuarantinedRows(lake, null, null)
                    .messages(quarantined, shown)
                    .forEach((rule, message) -> lines.add("  %s: %s".formatted(rule, message)));
        }

        private void found() {
            if (outcome.findings().isEmpty()) {
                return;
            }
            heading("Findings");
            for (Finding finding : outcome.findings()) {
                lines.add(
                        "  %s: %s"
                                .formatted(
                                        RunOutcome.label(finding),
                                        Printable.text(
                                                finding.named() + ": " + finding.described())));
                if (!finding.informs()) {
                    findings++;
                }
            }
        }

        /** Of a source with lines; others have orders only. */
        private void withoutLines(TrialFigures figures) throws SQLException {
            OrdersWithoutLines found = figures.ordersWithoutLines();
            if (has(StreamName.ORDER_ITEMS) && found.orders() > 0) {
                heading(
                        "%s without lines, among those that count as sales, for example %s. Check whether their lines were rejected, are left out by 'where', or name the order in another way."
                                .formatted(
                                        Counted.of(found.orders(), "order"),
                                        Printable.text(found.example())));
                findings++;
            }
        }

        private void sums(TrialFigures figures) throws SQLException {
            List<String> byOrderDate = figures.byOrderDate();
            if (byOrderDate.isEmpty()) {
                if (hasAcceptedOrders()) {
                    heading(
                            "No order counts as a sale: only those in state processing, completed or refunded do. Check 'status' and 'statuses'.");
                    findings++;
                }
                return;
            }
            heading(
                    "Sales by month of the order in the shop's zone, without tax and shipping; compare with the shop's own report");
            lines.addAll(byOrderDate);
            heading("The same with each refund in its own month");
            lines.addAll(figures.byRefundDate());
        }

        /** Otherwise what rejected the orders is shown above, and no state is at fault. */
        private boolean hasAcceptedOrders() {
            return outcome.ledger().stream()
                    .filter(stream -> stream.stream().equals(StreamName.ORDERS.canonicalName()))
                    .anyMatch(stream -> stream.rows().extracted() > stream.rows().quarantined());
        }

        private boolean has(StreamName name) {
            return outcome.ledger().stream()
                    .anyMatch(stream -> stream.stream().equals(name.canonicalName()));
        }

        private void heading(String text) {
            paragraph();
            lines.add(text);
        }

        private void paragraph() {
            if (!lines.isEmpty()) {
                lines.add("");
            }
        }
    }
}
