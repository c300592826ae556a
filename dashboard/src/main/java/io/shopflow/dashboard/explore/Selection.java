package io.shopflow.dashboard.explore;

import io.shopflow.dashboard.sales.FilteredRequests;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a view are shown, and in which sequence.
 *
 * @param conditions all of them hold for each row
 * @param chosen the column that the reader sorts by; null for none
 * @param cut where the page ends or begins; null for the first page
 * @param backwards whether the page ends there
 */
public record Selection(
        ExploredView view,
        List<Condition> conditions,
        @Nullable Column chosen,
        boolean descending,
        @Nullable Cut cut,
        boolean backwards) {

    private static final String SORT = "sort";
    private static final String ORDER = "order";
    private static final String AFTER = "after";
    private static final String BEFORE = "before";
    private static final List<String> OTHERS = List.of(SORT, ORDER, AFTER, BEFORE);

    public Selection {
        conditions = List.copyOf(conditions);
    }

    /** The rows of a view without any choice. */
    static Selection all(ExploredView view) {
        return new Selection(view, List.of(), null, false, null, false);
    }

    /**
     * Reads the parameters.
     *
     * @param mistakes receives what is invalid
     */
    static Selection read(
            ExploredView view, MultivaluedMap<String, String> parameters, List<Mistake> mistakes) {
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            List<String> given =
                    parameter.getValue().stream().filter(value -> !value.isBlank()).toList();
            if (given.size() > 1) {
                mistakes.add(mistake(parameter.getKey(), String.join(", ", given), "one value"));
            } else if (!given.isEmpty() && !OTHERS.contains(parameter.getKey())) {
                condition(view, parameter.getKey(), given.getFirst(), mistakes)
                        .ifPresent(conditions::add);
            }
        }
        String sort = first(parameters, SORT);
        Optional<Column> chosen = Optional.ofNullable(sort).flatMap(view::column);
        if (sort != null && chosen.isEmpty()) {
            mistakes.add(mistake(SORT, sort, "one of " + names(view)));
        }
        String order = first(parameters, ORDER);
        if (order != null && !List.of("asc", "desc").contains(order)) {
            mistakes.add(mistake(ORDER, order, "asc or desc"));
        }
        Selection all =
                new Selection(
                        view, conditions, chosen.orElse(null), "desc".equals(order), null, false);
        String after = first(parameters, AFTER);
        String before = first(parameters, BEFORE);
        if (after != null && before != null) {
            mistakes.add(mistake(BEFORE, before, "nothing beside " + AFTER));
        }
        return after != null
                ? all.at(AFTER, after, false, mistakes)
                : before != null ? all.at(BEFORE, before, true, mistakes) : all;
    }

    private Selection at(
            String parameter, String place, boolean toTheLeft, List<Mistake> mistakes) {
        Optional<Cut> read = Cut.decoded(place, sorted());
        if (read.isEmpty()) {
            mistakes.add(
                    mistake(
                            parameter,
                            place,
                            "what the links Previous and Next of a page with this sort have"));
        }
        return new Selection(view, conditions, chosen, descending, read.orElse(null), toTheLeft);
    }

    private static @Nullable String first(MultivaluedMap<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.getFirst(name))
                .filter(value -> !value.isBlank())
                .map(String::strip)
                .orElse(null);
    }

    private static Optional<Condition> condition(
            ExploredView view, String parameter, String value, List<Mistake> mistakes) {
        int dot = parameter.lastIndexOf('.');
        Optional<Column> column =
                dot < 0 ? Optional.empty() : view.column(parameter.substring(0, dot));
        if (column.isEmpty()) {
            mistakes.add(
                    new Mistake(
                            FilteredRequests.shortened(parameter),
                            FilteredRequests.shortened(value),
                            "sort, order, after, before; or a filter, which is a column, a dot and"
                                    + " is, has, min, max or empty. The columns are "
                                    + names(view)));
            return Optional.empty();
        }
        List<Operator> operators = column.get().kind().operators();
        Optional<Operator> operator =
                Operator.named(parameter.substring(dot + 1)).filter(operators::contains);
        if (operator.isEmpty()) {
            mistakes.add(
                    mistake(
                            parameter,
                            value,
                            operators.stream()
                                    .map(each -> column.get().name() + "." + each.key())
                                    .collect(Collectors.joining(", "))));
            return Optional.empty();
        }
        return condition(column.get(), operator.get(), value, mistakes);
    }

    private static Optional<Condition> condition(
            Column column, Operator operator, String value, List<Mistake> mistakes) {
        boolean isText = column.kind() == Kind.TEXT || column.kind() == Kind.OTHER;
        String given = isText && operator != Operator.EMPTY ? value : value.strip();
        Optional<String> read =
                operator == Operator.EMPTY
                        ? Optional.of(given).filter(List.of("yes", "no")::contains)
                        : column.kind().read(given);
        if (read.isEmpty()) {
            mistakes.add(
                    mistake(
                            column.name() + "." + operator.key(),
                            value,
                            operator == Operator.EMPTY ? "yes or no" : column.kind().allowed()));
        }
        return read.map(valid -> new Condition(column, operator, valid));
    }

    private static Mistake mistake(String parameter, String given, String allowed) {
        return new Mistake(
                FilteredRequests.shortened(parameter), FilteredRequests.shortened(given), allowed);
    }

    private static String names(ExploredView view) {
        return view.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /**
     * What rows are compared by: the chosen column; the others as the view has them, which are
     * mostly source and id first; and the text of decimals, since 1 and 1.00 are equal. So rows
     * that are equal in all of these look the same.
     */
    List<Column> sorted() {
        Stream<Column> columns =
                chosen == null
                        ? view.columns().stream()
                        : Stream.concat(
                                Stream.of(chosen),
                                view.columns().stream().filter(column -> !column.equals(chosen)));
        return Stream.concat(
                        columns,
                        view.columns().stream().filter(Column::isDecimal).map(Column::asText))
                .toList();
    }

    /** Whether a column of {@link #sorted} is sorted from its largest value. */
    boolean isDescending(int column) {
        return descending && column == 0;
    }

    /** The value of a filter; empty if there is none. */
    public String value(Column column, Operator operator) {
        return conditions.stream()
                .filter(each -> each.column().equals(column) && each.operator() == operator)
                .map(Condition::value)
                .findFirst()
                .orElse("");
    }

    /** The first page, sorted by another column, or by the same in the other direction. */
    Selection sortedBy(Column column) {
        return new Selection(
                view, conditions, column, column.equals(chosen) && !descending, null, false);
    }

    /** The first page without one of the filters. */
    Selection without(Condition condition) {
        return new Selection(
                view,
                conditions.stream().filter(each -> !each.equals(condition)).toList(),
                chosen,
                descending,
                null,
                false);
    }

    /** The first page without any filter. */
    Selection withoutConditions() {
        return new Selection(view, List.of(), chosen, descending, null, false);
    }

    /** The page before or after a place. */
    Selection at(@Nullable Cut other, boolean toTheLeft) {
        return new Selection(view, conditions, chosen, descending, other, toTheLeft);
    }

    /** The direction in addresses. */
    public String order() {
        return descending ? "desc" : "asc";
    }

    /** The query of an address; empty without any choice. */
    String query() {
        List<String> parameters = new ArrayList<>();
        conditions.forEach(condition -> parameters.add(condition.query()));
        if (chosen != null) {
            parameters.add(SORT + "=" + ExploredView.encoded(chosen.name()));
        }
        if (chosen != null || descending) {
            parameters.add(ORDER + "=" + order());
        }
        if (cut != null) {
            parameters.add((backwards ? BEFORE : AFTER) + "=" + cut.encoded());
        }
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }
}
