package io.shopflow.laptop.inference;

import io.shopflow.laptop.inference.SampledFile.Layout;
import io.shopflow.laptop.inference.Words.Meaning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files with the same columns, or the items of a list in them, and what their columns mean. */
final class Table {

    private static final List<Role> OF_ORDERS =
            List.of(
                    Role.ORDER_ID,
                    Role.LINE_ID,
                    Role.POSITION,
                    Role.QUANTITY,
                    Role.UNIT_PRICE,
                    Role.LINE_TOTAL,
                    Role.CUSTOMER_ID,
                    Role.EMAIL,
                    Role.PRODUCT_ID,
                    Role.SKU,
                    Role.PRODUCT_NAME,
                    Role.CATEGORY,
                    Role.ORDERED_AT,
                    Role.STATUS,
                    Role.CURRENCY,
                    Role.REFUND,
                    Role.REFUNDED_AT,
                    Role.LINE_DISCOUNT,
                    Role.ORDER_DISCOUNT,
                    Role.DISCOUNT,
                    Role.SHIPPING,
                    Role.TAX,
                    Role.TOTAL,
                    Role.PAYMENT_METHOD,
                    Role.PAID_AT,
                    Role.COMPLETED_AT,
                    Role.UNIT_COST,
                    Role.CITY,
                    Role.REGION,
                    Role.POSTCODE,
                    Role.COUNTRY);
    private static final List<Role> OF_CUSTOMERS =
            List.of(
                    Role.CUSTOMER_ID,
                    Role.EMAIL,
                    Role.CITY,
                    Role.REGION,
                    Role.POSTCODE,
                    Role.COUNTRY,
                    Role.CREATED_AT,
                    Role.ID);
    private static final List<Role> OF_PRODUCTS =
            List.of(
                    Role.PRODUCT_ID,
                    Role.SKU,
                    Role.PRODUCT_NAME,
                    Role.CATEGORY,
                    Role.LIST_PRICE,
                    Role.UNIT_COST,
                    Role.CURRENCY,
                    Role.CREATED_AT,
                    Role.ID,
                    Role.NAME);

    private final List<SampledFile> files;
    private final @Nullable String each;
    private final List<String> columns;
    private final List<Map<String, String>> rows;
    private final Map<Role, String> roles = new EnumMap<>(Role.class);
    private final boolean hasOrders;
    private final boolean hasCustomers;

    /**
     * The table of these rows.
     *
     * @param each the list whose items are the rows; null: the records are
     * @param language of most names of columns
     */
    Table(
            List<SampledFile> files,
            @Nullable String each,
            List<String> columns,
            List<Map<String, String>> rows,
            String language) {
        this.files = List.copyOf(files);
        this.each = each;
        this.columns = List.copyOf(columns);
        this.rows = rows;
        boolean named = may(Role.ORDER_ID);
        boolean byId =
                may(Role.ID) && may(Role.ORDERED_AT) && (may(Role.STATUS) || may(Role.TOTAL));
        boolean isCustomers = may(Role.EMAIL) && !may(Role.PRODUCT_NAME) && !named && !byId;
        this.hasOrders = named || byId;
        this.hasCustomers = isCustomers;
        assign(hasOrders ? OF_ORDERS : isCustomers ? OF_CUSTOMERS : OF_PRODUCTS, language);
        if (hasOrders) {
            // Of orders, or of their lines.
            columns.stream()
                    .filter(column -> Words.plain(column).equals("id"))
                    .findFirst()
                    .ifPresent(
                            column ->
                                    roles.putIfAbsent(
                                            named ? Role.LINE_ID : Role.ORDER_ID, column));
        }
        for (Role other : List.of(Role.SKU, Role.PRODUCT_NAME)) {
            find(other).ifPresent(column -> roles.putIfAbsent(Role.PRODUCT_ID, column));
        }
        // An article is a number beside a description, and a name without one.
        find(Role.PRODUCT_ID)
                .filter(column -> means(column, Role.PRODUCT_NAME))
                .ifPresent(column -> roles.putIfAbsent(Role.PRODUCT_NAME, column));
    }

    private boolean may(Role role) {
        return columns.stream().anyMatch(column -> means(column, role));
    }

    private static boolean means(String column, Role role) {
        return Words.meanings(column).stream().anyMatch(meaning -> meaning.role() == role);
    }

    private void assign(List<Role> order, String language) {
        Set<String> taken = new HashSet<>();
        for (Role role : order) {
            record Candidate(String column, Meaning meaning) {}
            List<Candidate> candidates = new ArrayList<>();
            for (String column : columns) {
                for (Meaning meaning : Words.meanings(column)) {
                    if (meaning.role() == role && !taken.contains(column)) {
                        candidates.add(new Candidate(column, meaning));
                    }
                }
            }
            candidates.stream()
                    .filter(candidate -> fits(role, candidate.column()))
                    .min(
                            Comparator.comparing((Candidate one) -> values(one.column()).isEmpty())
                                    .thenComparing(
                                            one -> !one.meaning().language().equals(language))
                                    .thenComparing(one -> one.meaning().rank()))
                    .ifPresent(
                            best -> {
                                roles.put(role, best.column());
                                taken.add(best.column());
                            });
        }
    }

    /** Whether the values are such as this meaning has; a few of them may be others. */
    private boolean fits(Role role, String column) {
        List<String> values = values(column);
        if (values.isEmpty()) {
            // Its name is all that is known of it.
            return true;
        }
        return switch (role.kind()) {
            case DATE -> !DateGuess.of(distinct(column), false).formats().isEmpty();
            case NUMBER -> {
                NumberGuess numbers = NumberGuess.of(values);
                long others =
                        values.stream().filter(value -> numbers.number(value).isEmpty()).count();
                yield others * DateGuess.VALUES_FOR_ONE_OTHER <= values.size();
            }
            case TEXT -> true;
        };
    }

    /** Whether each row is an order, or part of one. */
    boolean hasOrders() {
        return hasOrders;
    }

    /** Whether each row is a customer. */
    boolean hasCustomers() {
        return hasCustomers;
    }

    /** Whether each row is a product. */
    boolean hasProducts() {
        return !hasOrders && !hasCustomers && (has(Role.PRODUCT_ID) || has(Role.ID));
    }

    /** Whether each row is a line of an order. */
    boolean hasLines() {
        return hasOrders
                && (has(Role.QUANTITY)
                        || (has(Role.PRODUCT_ID)
                                && (has(Role.UNIT_PRICE) || has(Role.LINE_TOTAL))));
    }

    boolean has(Role role) {
        return roles.containsKey(role);
    }

    /** The column that means this; must be there. */
    String column(Role role) {
        return Objects.requireNonNull(roles.get(role), role.name());
    }

    Optional<String> find(Role role) {
        return Optional.ofNullable(roles.get(role));
    }

    List<SampledFile> files() {
        return files;
    }

    /** How its files are written: all in the same way. */
    Layout layout() {
        return files.getFirst().layout();
    }

    @Nullable String each() {
        return each;
    }

    List<Map<String, String>> rows() {
        return rows;
    }

    /** The columns without a meaning. */
    List<String> unused() {
        return columns.stream().filter(column -> !roles.containsValue(column)).toList();
    }

    List<String> values(String column) {
        return rows.stream().map(row -> row.get(column)).filter(Objects::nonNull).toList();
    }

    Set<String> distinct(String column) {
        return new LinkedHashSet<>(values(column));
    }

    boolean hasGaps(String column) {
        return rows.stream().anyMatch(row -> !row.containsKey(column));
    }

    /** Whether no two rows have the same value. */
    boolean isUnique(String column) {
        return distinct(column).size() == rows.size();
    }

    /** Whether no two rows have the same values in both columns. */
    boolean isUnique(String first, String second) {
        long pairs =
                rows.stream()
                        .map(row -> Arrays.asList(row.get(first), row.get(second)))
                        .distinct()
                        .count();
        return pairs == rows.size();
    }

    /** The rows of each order, in the order of their files. */
    List<List<Map<String, String>>> orders() {
        Map<String, List<Map<String, String>>> orders = new LinkedHashMap<>();
        String order = column(Role.ORDER_ID);
        for (Map<String, String> row : rows) {
            String id = row.get(order);
            if (id != null) {
                orders.computeIfAbsent(id, none -> new ArrayList<>()).add(row);
            }
        }
        return List.copyOf(orders.values());
    }

    /**
     * Whether a column has one value per order: what is the order's, written on each of its rows.
     */
    boolean isOfOrder(String column) {
        Map<String, Set<Optional<String>>> values = new HashMap<>();
        for (Map<String, String> row : rows) {
            values.computeIfAbsent(
                            row.getOrDefault(column(Role.ORDER_ID), ""), none -> new HashSet<>())
                    .add(Optional.ofNullable(row.get(column)));
        }
        return values.values().stream().allMatch(found -> found.size() == 1);
    }

    /** Whether a column is the lines' and not the order's. */
    boolean isOfLine(String column) {
        return each == null
                && (!has(Role.ORDERED_AT)
                        || (repeatsOrders()
                                && !isOfOrder(column)
                                && !isOnFirstRowsOnly(column(Role.ORDERED_AT))));
    }

    /** Whether a column is written on the first row of each order, and on none of the others. */
    boolean isOnFirstRowsOnly(String column) {
        return repeatsOrders()
                && orders().stream()
                        .filter(order -> order.size() > 1)
                        .allMatch(order -> order.getFirst().containsKey(column))
                && isNeverAfterFirstRow(column);
    }

    /** Whether a column is empty on all rows of an order but the first. */
    boolean isNeverAfterFirstRow(String column) {
        return orders().stream()
                .allMatch(
                        order -> order.stream().skip(1).noneMatch(row -> row.containsKey(column)));
    }

    /** Whether an order has more than one row. */
    boolean repeatsOrders() {
        return hasOrders && !isUnique(column(Role.ORDER_ID));
    }
}
