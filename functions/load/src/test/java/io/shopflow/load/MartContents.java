package io.shopflow.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the marts show, held against what they are made of. */
final class MartContents {

    /** The marts that keep the rows of a view of the same name. */
    private static final List<String> ROWS =
            List.of("sales_orders", "sales_items", "sales_rests", "sales_refunds");

    private MartContents() {}

    /** Brings the marts of these sources up to date, as closing their runs does. */
    static void refresh(Connection connection, List<String> sources) throws SQLException {
        call(connection, "select marts.refresh(?)", sources);
    }

    /** Rows are those of their views, and all marts are those that are filled anew. */
    static void assertRecomputed(Connection connection, List<String> sources, String when)
            throws SQLException {
        for (String mart : ROWS) {
            assertSame(connection, "analytics." + mart, "marts." + mart, sources, when);
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            List<String> marts = marts(connection);
            for (String mart : marts) {
                statement.execute(
                        "create temporary table kept_%1$s on commit drop as select * from marts.%1$s"
                                .formatted(mart));
            }
            call(connection, "select marts.rebuild(?)", sources);
            for (String mart : marts) {
                assertSame(connection, "kept_" + mart, "marts." + mart, sources, when);
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static List<String> marts(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select tablename from pg_tables where schemaname = 'marts'")) {
            List<String> marts = new ArrayList<>();
            while (rows.next()) {
                marts.add(rows.getString(1));
            }
            assertThat(marts).contains("sales_orders", "customer_value");
            return marts;
        }
    }

    private static void assertSame(
            Connection connection, String expected, String found, List<String> sources, String when)
            throws SQLException {
        List<String> differences = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        with sources as (select unnest(?) as source),
                        expected as (select * from %1$s where source in (select source from sources)),
                        found as (select * from %2$s where source in (select source from sources))
                        (select '-' as sign, missing::text from (table expected except all table found) as missing)
                        union all
                        (select '+', extra::text from (table found except all table expected) as extra)
                        limit 10
                        """
                                .formatted(expected, found))) {
            statement.setArray(1, names(connection, sources));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    differences.add(rows.getString(1) + rows.getString(2));
                }
            }
        }
        assertThat(differences).as("%s and %s, %s", expected, found, when).isEmpty();
    }

    private static void call(Connection connection, String sql, List<String> sources)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, names(connection, sources));
            statement.execute();
        }
    }

    private static Array names(Connection connection, List<String> sources) throws SQLException {
        return connection.createArrayOf("text", sources.toArray());
    }
}
