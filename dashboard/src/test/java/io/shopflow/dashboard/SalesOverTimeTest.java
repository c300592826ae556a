package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sales by day, week and month, held against sums in plain Java of the rows that were loaded. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class SalesOverTimeTest {
    private static final LocalDate OLDEST = LocalDate.of(2025, 7, 1);
    private static final LocalDate NEWEST = LocalDate.of(2026, 1, 20);

    /** The day of a refund of its own, later than all orders. */
    private static final LocalDate LATE = LocalDate.of(2026, 1, 25);

    private static final List<String> SOURCES = List.of("shop", "till");

    /**
     * An amount of net sales.
     *
     * @param category null for what belongs to no line
     * @param order null for a refund of its own, which is no order
     */
    private record Amount(
            LocalDate day,
            String source,
            String currency,
            @Nullable String category,
            @Nullable String order,
            long gross,
            long net) {}

    /**
     * What a row of the table has.
     *
     * @param beforeFrom null if it is compared with nothing
     */
    private record Row(
            LocalDate from,
            LocalDate to,
            boolean partial,
            long orders,
            long gross,
            long net,
            @Nullable LocalDate beforeFrom,
            @Nullable LocalDate beforeTo,
            long before) {}

    /** Two sources that sell in two currencies, with refunds, also of more than was sold. */
    private static List<Amount> generated(long seed) {
        Random random = new Random(seed);
        Warehouse warehouse = Warehouse.empty();
        List<Amount> amounts = new ArrayList<>();
        for (String source : SOURCES) {
            for (int n = 0; n < 6; n++) {
                warehouse.product(source, "p" + n, "Product " + n, "Category " + n % 3, null);
            }
            for (String currency : List.of("GBP", "EUR")) {
                for (LocalDate day : List.of(OLDEST, NEWEST)) {
                    amounts.add(order(warehouse, source, currency, day, "completed"));
                }
                warehouse.refund(
                        source, order(warehouse, source, currency, LATE), null, 250, currency);
                amounts.add(new Amount(LATE, source, currency, null, null, 0, -250));
            }
        }
        for (int n = 0; n < 160; n++) {
            String source = SOURCES.get(random.nextInt(2));
            String currency = random.nextInt(4) == 0 ? "EUR" : "GBP";
            LocalDate day = LocalDate.of(2025, 9, 20).plusDays(random.nextInt(120));
            if (random.nextInt(8) == 0) {
                long refund = 1 + random.nextInt(3_000);
                warehouse.refund(
                        source, order(warehouse, source, currency, day), null, refund, currency);
                amounts.add(new Amount(day, source, currency, null, null, 0, -refund));
                continue;
            }
            boolean counts = random.nextInt(10) > 0;
            Amount whole =
                    order(warehouse, source, currency, day, counts ? "completed" : "cancelled");
            List<Amount> own = new ArrayList<>(List.of(whole));
            int first = random.nextInt(6);
            for (int line = 0; line < random.nextInt(4); line++) {
                int product = (first + line) % 6;
                long price = 100 + random.nextInt(5_000);
                long discount = random.nextInt(100);
                String order = Objects.requireNonNull(whole.order());
                warehouse.line(source, order, "p" + product, 2, price, discount, currency);
                long net = 2 * price - discount;
                if (random.nextInt(4) == 0) {
                    long refund = 1 + random.nextInt(12_000);
                    warehouse.refund(source, order, "p" + product, refund, currency);
                    net -= refund;
                }
                own.add(
                        new Amount(
                                day,
                                source,
                                currency,
                                "Category " + product % 3,
                                order,
                                2 * price,
                                net));
            }
            if (counts) {
                amounts.addAll(own);
            }
        }
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        warehouse.ran("till", "01JE0000000000000000000001", "complete", Instant.now());
        return amounts;
    }

    private static int orders;

    private static String order(
            Warehouse warehouse, String source, String currency, LocalDate day) {
        return Objects.requireNonNull(order(warehouse, source, currency, day, "completed").order());
    }

    private static Amount order(
            Warehouse warehouse, String source, String currency, LocalDate day, String status) {
        String id = "o" + ++orders;
        warehouse.order(source, id, day.toString(), status, "c", currency, "GB", "Wales");
        return new Amount(day, source, currency, null, id, 0, 0);
    }

    /** The day's period: days with equal ones are in the same. */
    private static String period(String by, LocalDate day) {
        return switch (by) {
            case "day" -> day.toString();
            case "week" ->
                    day.get(IsoFields.WEEK_BASED_YEAR)
                            + " week "
                            + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            default -> YearMonth.from(day).toString();
        };
    }

    private static List<Row> expected(
            List<Amount> amounts, String by, LocalDate from, LocalDate to) {
        LocalDate last = to.isAfter(LATE) ? LATE : to;
        LocalDate first = from.isBefore(OLDEST) ? OLDEST : from;
        LocalDate comparedTo = to.isAfter(NEWEST) ? NEWEST : to;
        long compared = from.datesUntil(comparedTo.plusDays(1)).count();
        boolean comparable = !from.minusDays(compared).isBefore(OLDEST);
        Map<String, List<LocalDate>> periods = new LinkedHashMap<>();
        first.datesUntil(last.plusDays(1))
                .forEach(
                        day ->
                                periods.computeIfAbsent(period(by, day), p -> new ArrayList<>())
                                        .add(day));
        List<Row> rows = new ArrayList<>();
        for (List<LocalDate> days : periods.values()) {
            List<LocalDate> before =
                    days.stream()
                            .filter(day -> comparable && !day.isAfter(comparedTo))
                            .map(day -> day.minusDays(compared))
                            .toList();
            List<Amount> now = amounts.stream().filter(one -> days.contains(one.day())).toList();
            rows.add(
                    new Row(
                            days.getFirst(),
                            days.getLast(),
                            period(by, days.getFirst().minusDays(1))
                                            .equals(period(by, days.getFirst()))
                                    || period(by, days.getLast().plusDays(1))
                                            .equals(period(by, days.getLast())),
                            now.stream()
                                    .map(Amount::order)
                                    .filter(Objects::nonNull)
                                    .distinct()
                                    .count(),
                            now.stream().mapToLong(Amount::gross).sum(),
                            now.stream().mapToLong(Amount::net).sum(),
                            before.isEmpty() ? null : before.getFirst(),
                            before.isEmpty() ? null : before.getLast(),
                            amounts.stream()
                                    .filter(one -> before.contains(one.day()))
                                    .mapToLong(Amount::net)
                                    .sum()));
        }
        return rows;
    }

    /** As the table has it. */
    private static String shown(Row row, String by, String currency, boolean comparable) {
        String days =
                by.equals("month") ? format("MMM uuuu", row.from()) : days(row.from(), row.to());
        String detail =
                switch (by) {
                    case "day" ->
                            row.from().getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.UK);
                    case "week" -> {
                        long length = row.from().datesUntil(row.to().plusDays(1)).count();
                        yield "week "
                                + row.from().get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)
                                + (row.partial()
                                        ? ", only " + length + (length == 1 ? " day" : " days")
                                        : "");
                    }
                    default ->
                            row.partial()
                                    ? row.from().getDayOfMonth()
                                            + "–"
                                            + row.to().getDayOfMonth()
                                            + " only"
                                    : "";
                };
        return Stream.of(
                        (days + " " + detail).strip(),
                        String.valueOf(row.orders()),
                        money(row.gross(), currency),
                        money(row.net(), currency),
                        !comparable
                                ? null
                                : row.beforeFrom() == null || row.beforeTo() == null
                                        ? "–"
                                        : money(row.before(), currency)
                                                + " "
                                                + days(row.beforeFrom(), row.beforeTo()))
                .filter(Objects::nonNull)
                .reduce((one, other) -> one + " | " + other)
                .orElseThrow();
    }

    private static String days(LocalDate from, LocalDate to) {
        String last = format("d MMM uuuu", to);
        if (from.equals(to)) {
            return last;
        }
        return format(from.getYear() == to.getYear() ? "d MMM" : "d MMM uuuu", from) + " – " + last;
    }

    private static String format(String pattern, LocalDate day) {
        return DateTimeFormatter.ofPattern(pattern, Locale.UK).format(day);
    }

    private static String money(long minor, String currency) {
        return ProductShop.money(minor).replace("£", currency.equals("GBP") ? "£" : "€");
    }

    private static JsonPath overview(String query) {
        Warehouse.refreshMarts();
        return given().urlEncodingEnabled(false)
                .get("/api/v1/overview" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /**
     * With weeks over the end of a year, parts of weeks and months at both ends, ranges that end
     * after the data, and ranges without an earlier period.
     */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "day, day, 2025-12-20, 2026-01-10, GBP, -, -",
                "week, week, 2025-12-03, 2026-01-13, GBP, -, -",
                "month, month, 2025-11-15, 2026-01-10, GBP, -, -",
                "day, day, 2025-12-20, 2026-01-10, GBP, Category 1, -",
                "week, week, 2025-12-03, 2026-01-13, GBP, Category 2, -",
                "month, month, 2025-11-01, 2025-12-31, GBP, Category 0, shop",
                "week, week, 2025-12-01, 2026-01-04, EUR, -, till",
                "day, day, 2025-12-20, 2026-01-10, EUR, Category 1, -",
                "day, day, 2026-01-05, 2026-02-10, GBP, -, -",
                "week, week, 2026-01-05, 2026-02-10, GBP, -, shop",
                "month, month, 2026-01-05, 2026-02-10, GBP, -, -",
                "day, day, 2025-12-31, 2025-12-31, GBP, -, -",
                "week, week, 2025-06-11, 2025-10-01, GBP, -, -",
                "-, day, 2025-12-01, 2025-12-31, GBP, -, -",
                "-, week, 2025-11-30, 2025-12-31, GBP, -, -",
                "-, week, 2025-07-10, 2026-01-07, GBP, -, -",
                "-, month, 2025-07-10, 2026-01-08, GBP, -, -",
                "-, week, 2025-12-01, 2026-12-31, GBP, -, -",
            })
    void eachPeriodHasItsSalesAndThoseOfAsManyDaysBefore(
            @Nullable String chosen,
            String by,
            LocalDate from,
            LocalDate to,
            String currency,
            @Nullable String category,
            @Nullable String source) {
        List<Amount> amounts =
                generated(from.toEpochDay()).stream()
                        .filter(one -> one.currency().equals(currency))
                        .filter(one -> category == null || category.equals(one.category()))
                        .filter(one -> source == null || source.equals(one.source()))
                        .toList();
        List<Row> rows = expected(amounts, by, from, to);
        boolean comparable = rows.getFirst().beforeFrom() != null;
        String query =
                "?from=%s&to=%s&currency=%s".formatted(from, to, currency)
                        + (category == null ? "" : "&category=" + category.replace(" ", "%20"))
                        + (source == null ? "" : "&source=" + source)
                        + (chosen == null ? "" : "&by=" + chosen);

        JsonPath json = overview(query);
        assertThat(json.getString("figures.overTime.by")).isEqualTo(by);
        List<Map<String, Object>> periods = json.getList("figures.overTime.periods");
        assertThat(periods.stream().map(SalesOverTimeTest::row).toList()).isEqualTo(rows);
        assertThat(rows.stream().mapToLong(Row::net).sum())
                .isEqualTo(json.getLong("figures.totals.netMinor"));
        if (comparable) {
            assertThat(rows.stream().mapToLong(Row::before).sum())
                    .isEqualTo(json.getLong("figures.previous.netMinor"));
        }

        Page page = Page.at("/" + query);
        assertThat(page.table("Sales by " + by))
                .isEqualTo(rows.stream().map(row -> shown(row, by, currency, comparable)).toList());
        assertThat(page.text().contains("Paler columns are " + by + "s"))
                .isEqualTo(rows.stream().anyMatch(Row::partial));
        assertThat(page.html().contains(">Net before</th>")).isEqualTo(comparable);
    }

    private static Row row(Map<String, Object> period) {
        Map<?, ?> before = (Map<?, ?>) period.get("before");
        return new Row(
                LocalDate.parse(period.get("from").toString()),
                LocalDate.parse(period.get("to").toString()),
                (Boolean) period.get("partial"),
                ((Number) period.get("orders")).longValue(),
                ((Number) period.get("grossMinor")).longValue(),
                ((Number) period.get("netMinor")).longValue(),
                before == null ? null : LocalDate.parse(String.valueOf(before.get("from"))),
                before == null ? null : LocalDate.parse(String.valueOf(before.get("to"))),
                before == null
                        ? 0
                        : ((Number) Objects.requireNonNull(before.get("netMinor"))).longValue());
    }

    /** The shop of the other tests, in which towels were sold in February. */
    @Test
    void daysWithOnlyARefundOrWithoutSalesAreThere() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.order("shop", "7", "2026-03-11", "completed", "c9", "GBP", "IE", "Dublin");
        warehouse.refund("shop", "7", null, 250, "GBP");
        Page page = Page.at("/?from=2026-03-09&to=2026-03-12&by=day");
        assertThat(page.table("Sales by day"))
                .containsExactly(
                        "9 Mar 2026 Monday | 0 | £0.00 | £0.00 | £0.00 5 Mar 2026",
                        "10 Mar 2026 Tuesday | 1 | £25.00 | £24.00 | £0.00 6 Mar 2026",
                        "11 Mar 2026 Wednesday | 0 | £0.00 | −£2.50 | £0.00 7 Mar 2026",
                        "12 Mar 2026 Thursday | 0 | £0.00 | £0.00 | £0.00 8 Mar 2026");
        assertThat(page.text())
                .contains(
                        "Net sales by day, beside those of the 4 days before",
                        "the same position of 5 Mar – 8 Mar 2026");
        assertThat(page.html())
                .contains("data-value=\"-2.50\"", "data-before=\"0.00\"")
                .doesNotContain("data-partial");
    }

    @Test
    void theTitleSaysWhatIsCompared() {
        Warehouse.empty().smallShop();
        assertThat(Page.at("/?from=2026-03-01&to=2026-03-31").text())
                .contains("Net sales by day: +240.0% compared with the 31 days before");
        Page all = Page.at("/?range=all");
        assertThat(all.text())
                .contains("Net sales by month Day Week Month There is no earlier period");
        assertThat(all.html()).doesNotContain("data-before", "chart-legend", ">Net before</th>");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-12-15, day, day, 400",
        "2024-12-14, day, week, 401",
        "2018-05-21, week, week, 400",
        "2018-05-20, week, month, 401",
        "2010-01-01, day, month, 5862"
    })
    void moreThanFourHundredPeriodsAreShownByACoarserGrain(
            LocalDate oldest, String chosen, String shown, long periods) {
        Warehouse warehouse = Warehouse.empty();
        warehouse.order("shop", "1", oldest.toString(), "completed", "c", "GBP", "GB", "Wales");
        warehouse.order("shop", "2", "2026-01-18", "completed", "c", "GBP", "GB", "Wales");
        warehouse.ran("shop", Warehouse.RUN, "complete", Instant.now());
        assertThat(overview("?range=all&by=" + chosen).getString("figures.overTime.by"))
                .isEqualTo(shown);
        Page page = Page.at("/?range=all&by=" + chosen);
        assertThat(page.table("Sales by " + shown)).hasSizeBetween(1, 400);
        String note = "By " + chosen + " there would be ";
        if (shown.equals(chosen)) {
            assertThat(page.table("Sales by " + shown)).hasSizeGreaterThanOrEqualTo(400);
            assertThat(page.text()).doesNotContain(note);
        } else {
            assertThat(page.text())
                    .contains(
                            note
                                    + String.format(Locale.UK, "%,d", periods)
                                    + " columns. At most 400 are shown, so these are by "
                                    + shown
                                    + ".");
        }
        assertThat(page.html()).contains("&amp;by=" + chosen + "#over-time");
    }

    @Test
    void aRangeAfterTheDataHasNoPeriod() {
        Warehouse.empty().smallShop();
        JsonPath json = overview("?from=2027-01-01&to=2027-01-31&by=week");
        assertThat(json.getString("figures.overTime.by")).isEqualTo("week");
        assertThat(json.getList("figures.overTime.periods")).isEmpty();
        assertThat(Page.at("/?from=2027-01-01&by=week").text()).contains("No sales in this range");
    }

    @Test
    void theChosenGrainIsKeptInLinksAndForms() {
        Warehouse.empty().smallShop();
        String filter = "?from=2026-03-01&amp;to=2026-03-31&amp;category=Bath&amp;by=";
        Page page = Page.at("/?from=2026-03-01&to=2026-03-31&category=Bath&by=week");
        assertThat(page.html())
                .contains(
                        "href=\"/" + filter + "day#over-time\"",
                        "href=\"/" + filter + "week#over-time\" aria-current=\"true\"",
                        "href=\"/" + filter + "month#over-time\"",
                        "href=\"/?range=90d&amp;category=Bath&amp;by=week\"",
                        "href=\"/products" + filter + "week\"",
                        "<input type=\"hidden\" name=\"by\" value=\"week\">");
        assertThat(Page.at("/products?range=all&by=week").html())
                .contains(
                        "href=\"/?range=all&amp;by=week\"",
                        "<input type=\"hidden\" name=\"by\" value=\"week\">");
        // Without a choice there is none to keep.
        assertThat(Page.at("/?range=all").html())
                .contains("href=\"/?range=90d\"")
                .doesNotContain("name=\"by\"");
        assertThat(overview("?range=all&by=week").getString("page"))
                .isEqualTo("/?range=all&by=week");
    }
}
