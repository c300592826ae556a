package io.shopflow.dashboard.explore;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A view of schema {@code analytics}.
 *
 * @param meaning its comment; empty if there is none
 * @param columns at least one: those that the dashboard's role may read
 */
public record ExploredView(String name, String meaning, List<Column> columns) {

    /** The schema of all views. */
    static final String SCHEMA = "analytics";

    public ExploredView {
        columns = List.copyOf(columns);
    }

    Optional<Column> column(String named) {
        return columns.stream().filter(column -> column.name().equals(named)).findFirst();
    }

    /** Where rows have a column. */
    int indexOf(Column column) {
        return columns.stream().map(Column::name).toList().indexOf(column.name());
    }

    /** Its name in SQL. */
    String relation() {
        return SCHEMA + "." + Column.quoted(name);
    }

    /** The address of its page. */
    public String path() {
        return "/explore/" + encoded(name);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
