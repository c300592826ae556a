package io.shopflow.dashboard.explore;

import io.shopflow.dashboard.explore.RowQuery.RowConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of views, within the transaction of the caller. Pages are found by the values of the
 * row at which they begin, not by counting, so that the thousandth costs as much as the first.
 */
@ApplicationScoped
class Rows {
    /** Rows on a page. */
    static final int ON_PAGE = 50;

    private static final int FETCHED = 500;

    private final DataSource database;

    Rows(DataSource database) {
        this.database = database;
    }

    /** The rows of a file, one after the other. */
    void forEach(Selection selection, RowConsumer rows) {
        try (Connection connection = database.getConnection()) {
            new RowQuery(selection).byChosenColumn().forEach(connection, FETCHED, rows);
        } catch (SQLException e) {
            throw TooSlowException.of(e);
        }
    }

    /** The page that a selection has. */
    RowPage page(Selection selection) {
        try (Connection connection = database.getConnection()) {
            Cut cut = selection.cut();
            return cut != null && selection.backwards()
                    ? before(connection, selection, cut)
                    : after(connection, selection, cut);
        } catch (SQLException e) {
            throw TooSlowException.of(e);
        }
    }

    private static RowPage after(Connection connection, Selection selection, @Nullable Cut cut)
            throws SQLException {
        RowQuery query = new RowQuery(selection).inSequence(false);
        long copies = cut == null ? 0 : cut.copies();
        if (cut != null) {
            query.after(cut);
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        long[] skipped = {0};
        query.atMost(ON_PAGE + 1 + copies)
                .forEach(
                        connection,
                        FETCHED,
                        row -> {
                            if (cut != null
                                    && skipped[0] < copies
                                    && isEqual(selection, row, cut)) {
                                skipped[0]++;
                            } else if (rows.size() <= ON_PAGE) {
                                rows.add(row);
                            }
                        });
        Cut next = null;
        if (rows.size() > ON_PAGE) {
            List<@Nullable String> first = rows.removeLast();
            long equal = equalAtEnd(selection, rows, first);
            boolean goesOn = cut != null && equal == rows.size() && isEqual(selection, first, cut);
            next = between(selection, rows.getLast(), first, goesOn ? equal + copies : equal);
        }
        return new RowPage(rows, cut, next);
    }

    private static RowPage before(Connection connection, Selection selection, Cut cut)
            throws SQLException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        if (cut.copies() > 0) {
            new RowQuery(selection)
                    .equalTo(cut)
                    .atMost(Math.min(cut.copies(), ON_PAGE + 1))
                    .forEach(connection, FETCHED, rows::add);
        }
        new RowQuery(selection)
                .before(cut)
                .inSequence(true)
                .atMost(ON_PAGE + 1 - rows.size())
                .forEach(connection, FETCHED, rows::add);
        Collections.reverse(rows);
        Cut previous = null;
        if (rows.size() > ON_PAGE) {
            List<@Nullable String> last = rows.removeFirst();
            long equal = equalAtEnd(selection, rows.reversed(), last);
            previous = between(selection, last, rows.getFirst(), 0);
            if (previous.values().size() == selection.sorted().size() && equal > 0) {
                boolean goesOn = cut.copies() > 0 && isEqual(selection, last, cut);
                long all =
                        goesOn
                                ? cut.copies()
                                : new RowQuery(selection).equalTo(previous).count(connection);
                previous = new Cut(previous.values(), all - equal);
            }
        }
        return new RowPage(rows, previous, cut);
    }

    /** How many rows at the end equal a row. */
    private static long equalAtEnd(
            Selection selection, List<List<@Nullable String>> rows, List<@Nullable String> row) {
        return rows.reversed().stream()
                .takeWhile(other -> firstDifference(selection, other, row) < 0)
                .count();
    }

    /** The place between two rows that follow each other. */
    private static Cut between(
            Selection selection,
            List<@Nullable String> last,
            List<@Nullable String> next,
            long copies) {
        int difference = firstDifference(selection, last, next);
        List<Column> sorted = selection.sorted();
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < (difference < 0 ? sorted.size() : difference + 1); i++) {
            values.add(value(selection, last, sorted.get(i)));
        }
        return new Cut(values, difference < 0 ? copies : 0);
    }

    /** The first of the sorted columns in which rows differ; -1 if they are equal. */
    private static int firstDifference(
            Selection selection, List<@Nullable String> one, List<@Nullable String> other) {
        List<Column> sorted = selection.sorted();
        for (int i = 0; i < sorted.size(); i++) {
            Column column = sorted.get(i);
            if (!column.areEqual(value(selection, one, column), value(selection, other, column))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a row equals the one before a place that has copies. */
    private static boolean isEqual(Selection selection, List<@Nullable String> row, Cut cut) {
        List<Column> sorted = selection.sorted();
        for (int i = 0; i < sorted.size(); i++) {
            if (i >= cut.values().size()
                    || !sorted.get(i)
                            .areEqual(value(selection, row, sorted.get(i)), cut.values().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String value(
            Selection selection, List<@Nullable String> row, Column column) {
        return row.get(selection.view().indexOf(column));
    }
}
