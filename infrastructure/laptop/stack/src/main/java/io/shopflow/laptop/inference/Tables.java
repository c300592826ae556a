package io.shopflow.laptop.inference;

import io.shopflow.laptop.inference.SampledFile.Layout;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a source, with what they have in common: how numbers are written, and a format. */
final class Tables {

    private final List<Table> all;
    private final NumberGuess numbers;
    private final String format;

    Tables(List<Table> all) {
        this.all = List.copyOf(all);
        this.numbers = numbers(all);
        this.format =
                layouts(all)
                        .filter(layout -> !layout.isJson())
                        .findFirst()
                        .or(() -> layouts(all).findFirst())
                        .map(Layout::yaml)
                        .orElse("");
    }

    private static Stream<Layout> layouts(List<Table> tables) {
        return tables.stream().map(Table::layout);
    }

    private static NumberGuess numbers(List<Table> tables) {
        NumberGuess all = NumberGuess.NONE;
        for (Table table : tables) {
            // Numbers of JSON and of workbooks are read as such.
            if (!table.layout().isJson() && !table.layout().isWorkbook()) {
                for (Role role : Role.NUMBERS) {
                    Optional<String> column = table.find(role);
                    if (column.isPresent()) {
                        all = all.plus(NumberGuess.of(table.values(column.get())));
                    }
                }
            }
        }
        return all;
    }

    List<Table> all() {
        return all;
    }

    NumberGuess numbers() {
        return numbers;
    }

    /** The format of most files, as a mapping has it; empty for the default. */
    String format() {
        return format;
    }

    /** A number of a row; 0 if there is none. */
    BigDecimal number(Map<String, String> row, String column) {
        return Optional.ofNullable(row.get(column))
                .flatMap(numbers::number)
                .orElse(BigDecimal.ZERO);
    }

    /** Whether a column has a number whose sign meets a condition. */
    boolean hasNumber(Table table, String column, IntPredicate sign) {
        return table.rows().stream()
                .anyMatch(
                        row -> row.containsKey(column) && sign.test(number(row, column).signum()));
    }

    /**
     * The value of a column that has shares of a price, like {@code 0.15}, {@code 15%} or, if it is
     * called so, {@code 15}; empty if it has amounts.
     */
    Optional<String> share(Table table, String column) {
        if (Words.isPercent(column)) {
            return Optional.of("{divide: [%s, {constant: 100}]}".formatted(YamlText.of(column)));
        }
        List<BigDecimal> amounts =
                table.rows().stream()
                        .map(row -> number(row, column).abs())
                        .filter(amount -> amount.signum() > 0)
                        .toList();
        boolean shares =
                table.values(column).stream().anyMatch(value -> value.endsWith("%"))
                        || (!amounts.isEmpty()
                                && amounts.stream()
                                        .allMatch(amount -> amount.compareTo(BigDecimal.ONE) < 0));
        return shares ? Optional.of(YamlText.of(column)) : Optional.empty();
    }

    /**
     * Whether the lines are in a list of each record: rows with the same order are its versions.
     */
    boolean hasItemsApart(Table table) {
        return table.each() == null && lists(table).anyMatch(Table::hasLines);
    }

    /** The tables of the lists in the records of a table. */
    private Stream<Table> lists(Table table) {
        return all.stream()
                .filter(other -> other.each() != null && other.files().equals(table.files()));
    }

    /** The table of the records in which the lists are whose items are the rows of this one. */
    Optional<Table> parent(Table table) {
        return all.stream()
                .filter(other -> other.each() == null && other.files().equals(table.files()))
                .filter(Table::hasOrders)
                .findFirst();
    }

    boolean haveCustomers() {
        return all.stream().anyMatch(Table::hasCustomers);
    }

    boolean haveProducts() {
        return all.stream().anyMatch(Table::hasProducts);
    }

    /** The columns that neither a table nor one of its lists uses. */
    List<String> unused(Table table) {
        Set<String> ofItems =
                lists(table)
                        .flatMap(
                                list ->
                                        table.unused().stream()
                                                .filter(column -> !list.unused().contains(column)))
                        .collect(Collectors.toSet());
        return table.unused().stream().filter(column -> !ofItems.contains(column)).toList();
    }
}
