package io.shopflow.backfill.ledger;

import io.shopflow.core.run.RunId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The ledger that load writes. */
public final class PostgresLedger implements Ledger {

    private static final String RUNS =
            """
            with totals as (
                select
                    run_id,
                    bool_and(balanced) as balanced,
                    sum(extracted) as extracted,
                    sum(inserted) as inserted,
                    sum(updated) as updated,
                    sum(unchanged) as unchanged,
                    sum(duplicate) as duplicate,
                    sum(quarantined) as quarantined
                from etl.run_ledger
                where run_id = any(?)
                group by run_id
            ),
            problems as (
                select run_id, array_agg(distinct rule order by rule) as rules
                from etl.run_problems
                where run_id = any(?)
                group by run_id
            )
            select
                runs.run_id,
                runs.source,
                runs.status,
                coalesce(totals.balanced, true) as balanced,
                coalesce(totals.extracted, 0) as extracted,
                coalesce(totals.inserted, 0) as inserted,
                coalesce(totals.updated, 0) as updated,
                coalesce(totals.unchanged, 0) as unchanged,
                coalesce(totals.duplicate, 0) as duplicate,
                coalesce(totals.quarantined, 0) as quarantined,
                coalesce(problems.rules, '{}') as rules
            from etl.runs as runs
            left join totals using (run_id)
            left join problems using (run_id)
            where runs.run_id = any(?)
            """;

    private final DataSource database;

    /** Reads from this database. */
    public PostgresLedger(DataSource database) {
        this.database = database;
    }

    @Override
    public Map<RunId, RunEntry> runs(Collection<RunId> runs) {
        Map<RunId, RunEntry> entries = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(RUNS)) {
            Array ids = connection.createArrayOf("text", runs.stream().map(RunId::value).toArray());
            statement.setArray(1, ids);
            statement.setArray(2, ids);
            statement.setArray(3, ids);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.put(new RunId(row.getString("run_id")), entry(row));
                }
            }
        } catch (SQLException e) {
            throw new LedgerException(e);
        }
        return entries;
    }

    private static RunEntry entry(ResultSet row) throws SQLException {
        return new RunEntry(
                row.getString("source"),
                status(row.getString("status")),
                row.getBoolean("balanced"),
                new Rows(
                        row.getLong("extracted"),
                        row.getLong("inserted"),
                        row.getLong("updated"),
                        row.getLong("unchanged"),
                        row.getLong("duplicate"),
                        row.getLong("quarantined")),
                List.of((String[]) row.getArray("rules").getArray()));
    }

    private static RunStatus status(String status) {
        return switch (status) {
            case "running" -> RunStatus.OPEN;
            case "complete" -> RunStatus.COMPLETE;
            case "incomplete" -> RunStatus.INCOMPLETE;
            default -> throw new IllegalStateException("no such status of a run: " + status);
        };
    }

    /** The warehouse cannot be asked; asking again may help. */
    public static final class LedgerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LedgerException(SQLException cause) {
            super("The warehouse cannot be asked: " + cause.getMessage(), cause);
        }
    }
}
