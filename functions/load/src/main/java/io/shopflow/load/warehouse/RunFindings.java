package io.shopflow.load.warehouse;

import static java.util.stream.Collectors.joining;

import io.shopflow.core.run.RunId;
import io.shopflow.core.text.Counted;
import io.shopflow.ledger.Finding;
import io.shopflow.ledger.LedgerReader;
import io.shopflow.ledger.LedgerWriter;
import io.shopflow.ledger.RowCounts;
import io.shopflow.ledger.RuleRows;
import io.shopflow.ledger.Run;
import io.shopflow.ledger.Statements;
import io.shopflow.ledger.StreamLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Writes the findings of a run at its close, in the same transaction. */
final class RunFindings {

    /** The rule of a stream with too many rejected rows. */
    static final String REJECTED_SHARE = "rejected_share";

    private static final int MAX_RULES = 5;

    /**
     * The findings of the source's figures. A window of a backfill writes none, since its
     * neighbours may not be loaded yet; the next run does.
     */
    private static final String FIGURES =
            """
            insert into etl.run_findings (run_id, rule, stream, rows, example, message, fails_run, informs)
            select
                runs.run_id, found.rule, found.stream, found.rows, found.example, found.message, found.fails_run, found.informs
            from etl.runs as runs
            cross join lateral etl.findings_of(runs.source) as found
            where runs.run_id = ?
                and runs.read_until is null
            """;

    /**
     * The newer version counts, but the source has only the older one: one of the two instants is
     * wrong.
     */
    private static final String OLDER_ROWS =
            """
            insert into etl.run_findings (run_id, rule, stream, rows, message, fails_run)
            select
                run_id,
                'updated_at_older',
                stream,
                sum(loaded.older),
                'rows whose updated_at is older than in an earlier run, with other content: the newer version counts. If the source is right now, run it with --full: then what it has counts',
                false
            from etl.run_streams as streams
            inner join etl.part_ledger as loaded using (run_id, stream)
            where run_id = ? and streams.one_row_per_id and loaded.older > 0
            group by run_id, stream
            """;

    private final Connection connection;
    private final RejectedShare allowedShare;

    RunFindings(Connection connection, RejectedShare allowedShare) {
        this.connection = connection;
        this.allowedShare = allowedShare;
    }

    /** Writes the findings of a run, all parts of which are loaded. */
    void write(RunId runId) throws SQLException {
        writeRejectedShares(runId);
        Statements.execute(connection, FIGURES, runId.value());
        Statements.execute(connection, OLDER_ROWS, runId.value());
        Statements.execute(connection, Quarantine.REPLACED_BY_FULL_RUN, runId.value());
    }

    private void writeRejectedShares(RunId runId) throws SQLException {
        LedgerReader ledger = new LedgerReader(connection);
        Run run = ledger.run(runId).orElseThrow();
        boolean full = Boolean.TRUE.equals(run.full()) && !run.window();
        for (StreamLedger stream : ledger.streams(runId)) {
            RowCounts rows = stream.rows();
            long read = rows.extracted() - rows.duplicate();
            if (allowedShare.isExceeded(rows.quarantined(), read, full)) {
                List<RuleRows> rules =
                        ledger.rejections(runId).stream()
                                .filter(rule -> rule.stream().equals(stream.stream()))
                                .limit(MAX_RULES)
                                .toList();
                new LedgerWriter(connection)
                        .writeFinding(runId, rejectedShare(stream, read, rules));
            }
        }
    }

    private Finding rejectedShare(StreamLedger stream, long read, List<RuleRows> rules) {
        long rejected = stream.rows().quarantined();
        return new Finding(
                REJECTED_SHARE,
                stream.stream(),
                rejected,
                rules.stream()
                        .map(RuleRows::example)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                String.format(
                        Locale.ROOT,
                        "of %s rejected: %d %%, more than the %s %% allowed (%s). Rejected rows are not in the figures; of a row that an earlier run has loaded, that version counts. Correct the values or the source's mapping, then run the source again.",
                        Counted.of(read, "row"),
                        RejectedShare.percentOf(rejected, read),
                        allowedShare.formatted(),
                        rules.stream().map(RunFindings::describe).collect(joining("; "))),
                Finding.Severity.FAILURE);
    }

    private static String describe(RuleRows rule) {
        StringBuilder text = new StringBuilder(rule.rule());
        if (!rule.field().isEmpty()) {
            text.append(" of ").append(rule.field());
        }
        text.append(String.format(Locale.ROOT, ": %,d", rule.rows()));
        if (rule.example() != null) {
            text.append(", for example '").append(rule.example()).append('\'');
        }
        if (rule.position() != null) {
            text.append(" at ").append(rule.position());
        }
        return text.toString();
    }
}
