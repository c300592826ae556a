package io.shopflow.dashboard;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The table of a map as plain Java computes it from the orders. */
final class MapOfOrders {
    static final String UNKNOWN = "unknown";

    record Line(String category, long net) {}

    record Order(
            String id,
            LocalDate day,
            String customer,
            String country,
            String region,
            String area,
            List<Line> lines) {
        boolean isOf(String category) {
            return category == null || lines.stream().anyMatch(l -> l.category.equals(category));
        }

        long net(String category) {
            return lines.stream()
                    .filter(line -> category == null || line.category.equals(category))
                    .mapToLong(Line::net)
                    .sum();
        }
    }

    /**
     * What differs between maps.
     *
     * @param areaOf an order; {@link #UNKNOWN} if it is sent there, but to no known area; null if
     *     it is not sent there
     * @param label the row's name of an area
     */
    record Kind(
            Function<Order, String> areaOf,
            Function<String, String> label,
            String one,
            String several,
            String without,
            String unknown,
            String whole) {}

    private final Kind kind;
    private final String category;
    private final Map<String, List<Order>> byArea;

    MapOfOrders(Kind kind, List<Order> orders, String category) {
        this.kind = kind;
        this.category = category;
        byArea =
                orders.stream()
                        .filter(order -> kind.areaOf.apply(order) != null)
                        .collect(groupingBy(kind.areaOf, TreeMap::new, toList()));
    }

    static List<Order> between(List<Order> sold, LocalDate from, LocalDate to, String category) {
        return sold.stream()
                .filter(o -> !o.day.isBefore(from) && !o.day.isAfter(to) && o.isOf(category))
                .toList();
    }

    Map<String, List<Order>> byArea() {
        return byArea;
    }

    /**
     * The rows of the table, the highest net sales first.
     *
     * @param earlier the days before; null if nothing is compared
     */
    List<String> rows(List<Order> earlier) {
        Map<String, List<Order>> before =
                earlier == null ? null : new MapOfOrders(kind, earlier, category).byArea;
        List<String> rows = new ArrayList<>();
        Map<String, String> rowOf = new LinkedHashMap<>();
        String unknown = null;
        List<Map.Entry<String, List<Order>>> ranked = new ArrayList<>(byArea.entrySet());
        ranked.sort(
                Comparator.comparing((Map.Entry<String, List<Order>> e) -> -net(e.getValue()))
                        .thenComparing(Map.Entry::getKey));
        for (Map.Entry<String, List<Order>> area : ranked) {
            String figures = figures(area.getKey(), before);
            if (area.getKey().equals(UNKNOWN)) {
                unknown = kind.unknown + " |" + figures;
            } else {
                rowOf.put(area.getKey(), kind.label.apply(area.getKey()) + " |" + figures);
            }
        }
        List<String> hidden = hidden();
        rowOf.forEach(
                (area, row) -> {
                    if (!hidden.contains(area)) {
                        rows.add(row);
                    }
                });
        if (!hidden.isEmpty()) {
            rows.add(hiddenRow(hidden));
        }
        if (unknown != null && !hidden.contains(UNKNOWN)) {
            rows.add(unknown);
        }
        List<Order> all = byArea.values().stream().flatMap(List::stream).toList();
        rows.add("%s | | %s | %d | – | – | –".formatted(kind.whole, pounds(net(all)), all.size()));
        return rows;
    }

    private String figures(String area, Map<String, List<Order>> before) {
        List<Order> orders = byArea.get(area);
        List<Order> withLines = orders.stream().filter(o -> !o.lines.isEmpty()).toList();
        return " | %s | %d | %d | %s | %s"
                .formatted(
                        pounds(net(orders)),
                        orders.size(),
                        customers(List.of(area)),
                        withLines.isEmpty()
                                ? "–"
                                : pounds(
                                        BigDecimal.valueOf(net(withLines))
                                                .divide(
                                                        BigDecimal.valueOf(withLines.size()),
                                                        0,
                                                        RoundingMode.HALF_UP)
                                                .longValueExact()),
                        before == null
                                ? "–"
                                : growth(net(before.getOrDefault(area, List.of())), net(orders)));
    }

    private String hiddenRow(List<String> hidden) {
        List<String> areas = hidden.stream().filter(area -> !area.equals(UNKNOWN)).toList();
        boolean ofFew = areas.stream().allMatch(area -> customers(List.of(area)) < 5);
        String name =
                areas.isEmpty()
                        ? kind.without
                        : "%d %s %s%s"
                                .formatted(
                                        areas.size(),
                                        areas.size() == 1 ? kind.one : kind.several,
                                        ofFew
                                                ? "with fewer than 5 customers"
                                                : "with the fewest customers",
                                        hidden.contains(UNKNOWN) ? " and " + kind.without : "");
        if (customers(hidden) < 5) {
            return name + " not shown | | – | – | – | – | –";
        }
        List<Order> orders = hidden.stream().flatMap(area -> byArea.get(area).stream()).toList();
        return "%s | | %s | %d | – | – | –".formatted(name, pounds(net(orders)), orders.size());
    }

    /** Those of too few customers, and one more if they have too few together. */
    List<String> hidden() {
        List<String> hidden =
                new ArrayList<>(
                        byArea.keySet().stream()
                                .filter(area -> customers(List.of(area)) < 5)
                                .toList());
        if (!hidden.isEmpty() && customers(hidden) < 5) {
            byArea.keySet().stream()
                    .filter(area -> !hidden.contains(area))
                    .min(
                            Comparator.comparing((String area) -> area.equals(UNKNOWN))
                                    .thenComparing(area -> customers(List.of(area)))
                                    .thenComparing(area -> net(byArea.get(area)))
                                    .thenComparing(area -> area))
                    .ifPresent(hidden::add);
        }
        return hidden;
    }

    private long customers(List<String> areas) {
        return areas.stream()
                .flatMap(area -> byArea.get(area).stream())
                .map(Order::customer)
                .filter(customer -> customer != null)
                .distinct()
                .count();
    }

    private long net(List<Order> orders) {
        return orders.stream().mapToLong(order -> order.net(category)).sum();
    }

    static String pounds(long pence) {
        return "£%,d.%02d".formatted(pence / 100, pence % 100);
    }

    private static String growth(long before, long now) {
        if (before <= 0) {
            return "–";
        }
        BigDecimal percent =
                BigDecimal.valueOf((now - before) * 100)
                        .divide(BigDecimal.valueOf(before), 1, RoundingMode.HALF_UP);
        String sign = percent.signum() > 0 ? "+" : percent.signum() < 0 ? "−" : "±";
        return sign + percent.abs() + "%";
    }
}
