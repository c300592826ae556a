package io.shopflow.dashboard.explore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query of a view's rows. Names are those of the catalogue, quoted; values are bound, in the
 * sequence in which the text of the query has its parameters.
 */
final class RowQuery {
    private final Selection selection;
    private final List<Column> sorted;
    private final List<String> conditions = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private String order = "";
    private String limit = "";

    /** All rows that the filters of a selection leave. */
    RowQuery(Selection selection) {
        this.selection = selection;
        this.sorted = selection.sorted();
        selection.conditions().forEach(condition -> conditions.add(filter(condition)));
    }

    /** Only rows after a place; equal to the row before it, if these have copies there. */
    RowQuery after(Cut cut) {
        List<String> either = beyond(cut, false);
        if (cut.copies() > 0) {
            either.add(equal(cut, cut.values().size()));
        }
        return where(either);
    }

    /** Only rows before a place, without those that equal the row before it if it has copies. */
    RowQuery before(Cut cut) {
        List<String> either = beyond(cut, true);
        if (cut.copies() == 0) {
            either.add(equal(cut, cut.values().size()));
        }
        return where(either);
    }

    /** Only rows that equal the row before a place. */
    RowQuery equalTo(Cut cut) {
        conditions.add(equal(cut, cut.values().size()));
        return this;
    }

    /** In the sequence of the pages, which no two rows share unless they are equal. */
    RowQuery inSequence(boolean backwards) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            keys.add(key(i, backwards));
        }
        order = " order by " + String.join(", ", keys);
        return this;
    }

    /**
     * In the sequence of the chosen column; as PostgreSQL finds them if none is chosen, or among
     * rows with equal values, so that millions of rows need not be sorted.
     */
    RowQuery byChosenColumn() {
        order =
                selection.chosen() == null && !selection.descending()
                        ? ""
                        : " order by " + key(0, false);
        return this;
    }

    /** At most so many. */
    RowQuery atMost(long rows) {
        limit = " limit " + rows;
        return this;
    }

    private String key(int column, boolean backwards) {
        boolean falling = selection.isDescending(column) != backwards;
        return sorted.get(column).value()
                + (falling ? " desc" : " asc")
                + (backwards ? " nulls first" : " nulls last");
    }

    private RowQuery where(List<String> either) {
        conditions.add(either.isEmpty() ? "false" : "(" + String.join(" or ", either) + ")");
        return this;
    }

    /**
     * One alternative for each column that may be the first to differ from the row at the place.
     */
    private List<String> beyond(Cut cut, boolean backwards) {
        List<String> either = new ArrayList<>();
        for (int i = 0; i < cut.values().size(); i++) {
            String value = cut.values().get(i);
            // Empty values are last: none comes after them.
            if (value != null || backwards) {
                String equal = i == 0 ? "" : equal(cut, i) + " and ";
                either.add("(" + equal + beyond(i, value, backwards) + ")");
            }
        }
        return either;
    }

    private String beyond(int column, @Nullable String value, boolean backwards) {
        Column compared = sorted.get(column);
        if (value == null) {
            return compared.value() + " is not null";
        }
        String sign = selection.isDescending(column) == backwards ? " > " : " < ";
        String beyond = compared.value() + sign + bound(compared, value);
        return backwards ? beyond : "(%s or %s is null)".formatted(beyond, compared.value());
    }

    private String equal(Cut cut, int columns) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            String value = cut.values().get(i);
            Column column = sorted.get(i);
            all.add(
                    value == null
                            ? column.value() + " is null"
                            : column.value() + " = " + bound(column, value));
        }
        return "(" + String.join(" and ", all) + ")";
    }

    private String bound(Column column, String value) {
        values.add(value);
        return column.parameter();
    }

    private String filter(Condition condition) {
        Column column = condition.column();
        String value = column.value();
        boolean day = column.kind().isDayOfTimes(condition.value());
        return switch (condition.operator()) {
            case IS ->
                    day
                            ? "(%s >= %s and %s)"
                                    .formatted(
                                            value,
                                            bound(column, condition.value()),
                                            untilEnd(column, condition))
                            : value + " = " + bound(column, condition.value());
            case HAS ->
                    "strpos(lower(%s), lower(%s)) > 0"
                            .formatted(value, bound(column, condition.value()));
            case MIN -> value + " >= " + bound(column, condition.value());
            case MAX ->
                    day
                            ? untilEnd(column, condition)
                            : value + " <= " + bound(column, condition.value());
            case EMPTY -> condition.value().equals("yes") ? empty(column) : "not " + empty(column);
        };
    }

    /** Up to a day includes the day. */
    private String untilEnd(Column column, Condition condition) {
        return "%s < %s + interval '24 hours'"
                .formatted(column.value(), bound(column, condition.value()));
    }

    private static String empty(Column column) {
        return switch (column.kind()) {
            case TEXT, OTHER -> "coalesce(%s, '') = ''".replace("%s", column.value());
            case NUMBER, DATE, INSTANT, TIME, BOOLEAN -> "(" + column.value() + " is null)";
        };
    }

    /** Receives the values of one row, in the sequence of the view's columns. */
    @FunctionalInterface
    interface RowConsumer {
        void accept(List<@Nullable String> row);
    }

    /**
     * Reads the rows, of which few are in memory at a time.
     *
     * @param connection in a transaction, without which PostgreSQL sends all rows at once
     * @param fetched rows that are in memory
     */
    void forEach(Connection connection, int fetched, RowConsumer rows) throws SQLException {
        List<Column> columns = selection.view().columns();
        try (PreparedStatement query =
                connection.prepareStatement(
                        sql(columns.stream().map(Column::text).collect(Collectors.joining(", ")))
                                + order
                                + limit)) {
            bind(query);
            query.setFetchSize(fetched);
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    List<@Nullable String> row = new ArrayList<>(columns.size());
                    for (int i = 1; i <= columns.size(); i++) {
                        row.add(result.getString(i));
                    }
                    rows.accept(row);
                }
            }
        }
    }

    /** The number of rows. */
    long count(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql("count(*)"))) {
            bind(query);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private String sql(String selected) {
        return "select %s from %s as v".formatted(selected, selection.view().relation())
                + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions));
    }

    private void bind(PreparedStatement query) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            query.setString(i + 1, values.get(i));
        }
    }
}
