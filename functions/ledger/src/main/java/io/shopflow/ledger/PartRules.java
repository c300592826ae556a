package io.shopflow.ledger;

import io.shopflow.core.quality.QualityReport.RejectedRows;
import io.shopflow.core.quality.QualityReport.WarnedRows;
import io.shopflow.core.run.PartId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables with the numbers of a part's rows by rule, from its quality report. */
enum PartRules {
    /** Rejected rows. */
    REJECTIONS("etl.part_rejections"),
    /** Rows with an odd value that were not rejected. */
    WARNINGS("etl.part_warnings");

    private static final int MAX_EXAMPLE = 100;
    private static final int MAX_POSITION = 1000;

    private final String deleteOfPart;
    private final String insert;

    PartRules(String table) {
        this.deleteOfPart =
                "delete from %s where run_id = ? and stream = ? and part = ?".formatted(table);
        this.insert =
                """
                insert into %s (run_id, stream, part, rule, field, rows, example, position)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """
                        .formatted(table);
    }

    /** The rows of one rule and field. */
    record RuleCount(
            String rule,
            String field,
            long rows,
            @Nullable String example,
            @Nullable String position) {

        static RuleCount of(RejectedRows rows) {
            return new RuleCount(
                    rows.rule(), rows.field(), rows.rows(), rows.example(), rows.position());
        }

        static RuleCount of(WarnedRows rows) {
            return new RuleCount(
                    rows.warning(), rows.field(), rows.rows(), rows.example(), rows.position());
        }
    }

    /** Replaces the part's rows. */
    void replace(Connection connection, PartId part, List<RuleCount> rules) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(deleteOfPart)) {
            key(statement, part);
            statement.executeUpdate();
        }
        if (rules.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            key(statement, part);
            for (RuleCount rule : rules) {
                statement.setString(4, rule.rule());
                statement.setString(5, rule.field());
                statement.setLong(6, rule.rows());
                statement.setString(7, bounded(rule.example(), MAX_EXAMPLE));
                statement.setString(8, bounded(rule.position(), MAX_POSITION));
                statement.executeUpdate();
            }
        }
    }

    private static void key(PreparedStatement statement, PartId part) throws SQLException {
        statement.setString(1, part.runId().value());
        statement.setString(2, part.stream().canonicalName());
        statement.setInt(3, part.number());
    }

    private static @Nullable String bounded(@Nullable String text, int characters) {
        if (text == null) {
            return null;
        }
        String shown = text.replace('\0', ' ');
        return shown.length() <= characters ? shown : shown.substring(0, characters);
    }
}
