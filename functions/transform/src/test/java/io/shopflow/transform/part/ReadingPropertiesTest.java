package io.shopflow.transform.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.stream.StreamName;
import io.shopflow.transform.part.Shop.Result;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What holds for every number, time and line; many values are read as the rows of one part. */
class ReadingPropertiesTest {

    private static final long MAX_MINOR = 1_000_000_000_000_000L;

    /** 1970-01-01 to 2026-05-31, the day before the extraction. */
    private static final long MAX_SECOND = 1_780_185_600L;

    @Property(tries = 20)
    void anAmountIsReadExactlyInEveryNotation(
            @ForAll @Size(200) List<@LongRange(min = -MAX_MINOR, max = MAX_MINOR) Long> amounts) {
        record Notation(String decimal, String grouping, String currency) {}
        for (Notation notation :
                List.of(
                        new Notation(".", "", "GBP"),
                        new Notation(".", ",", "JPY"),
                        new Notation(",", ".", "EUR"),
                        new Notation(",", " ", "KWD"),
                        new Notation(".", "'", "CHF"))) {
            int digits = Currency.getInstance(notation.currency()).getDefaultFractionDigits();
            List<Map<String, String>> rows = new ArrayList<>();
            for (long minor : amounts) {
                rows.add(
                        row(
                                StreamName.ORDERS,
                                rows.size(),
                                "currency",
                                notation.currency(),
                                "total",
                                written(
                                        BigDecimal.valueOf(minor, digits),
                                        notation.decimal(),
                                        notation.grouping())));
            }
            Result result =
                    Shop.inLondon()
                            .withNumbers(notation.decimal(), notation.grouping())
                            .transform(StreamName.ORDERS, rows);

            forEachRow(
                    result,
                    amounts,
                    (row, minor) ->
                            assertThat(row).containsEntry("total_minor", Long.toString(minor)));
        }
    }

    @Property(tries = 20)
    void aLocalTimeIsReadAsJavaReadsIt(
            @ForAll @Size(200) List<@LongRange(min = 0, max = MAX_SECOND) Long> seconds) {
        for (String zone :
                List.of(
                        "Europe/London",
                        "America/Sao_Paulo",
                        "America/Havana",
                        "Australia/Lord_Howe",
                        "Pacific/Apia",
                        "Africa/Casablanca",
                        "Asia/Kolkata")) {
            List<Map<String, String>> rows = new ArrayList<>();
            for (long second : seconds) {
                rows.add(
                        row(
                                StreamName.ORDERS,
                                rows.size(),
                                "ordered_at",
                                local(second).toString().replace('T', ' ')));
            }
            Result result = Shop.inLondon().withZone(zone).transform(StreamName.ORDERS, rows);

            forEachRow(
                    result,
                    seconds,
                    (row, second) -> {
                        ZonedDateTime expected = local(second).atZone(ZoneId.of(zone));
                        assertThat(row)
                                .as("%s in %s", local(second), zone)
                                .containsEntry("ordered_at", expected.toInstant().toString())
                                .containsEntry("ordered_on", expected.toLocalDate().toString());
                    });
        }
    }

    @Property(tries = 20)
    void theNetOfALineIsItsGrossWithoutItsDiscount(
            @ForAll @Size(200) List<@LongRange(min = 1, max = 1_000_000) Long> thousandths) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (long quantity : thousandths) {
            rows.add(
                    row(
                            StreamName.ORDER_ITEMS,
                            rows.size(),
                            "quantity",
                            BigDecimal.valueOf(quantity, 3).toPlainString(),
                            "unit_price",
                            price(quantity).toPlainString(),
                            "discount",
                            BigDecimal.valueOf(gross(quantity) / 3, 2).toPlainString()));
        }

        forEachRow(
                Shop.inLondon().transform(StreamName.ORDER_ITEMS, rows),
                thousandths,
                (row, quantity) -> {
                    long gross = gross(quantity);
                    assertThat(row)
                            .containsEntry("gross_minor", Long.toString(gross))
                            .containsEntry("net_minor", Long.toString(gross - gross / 3));
                });
    }

    private static BigDecimal price(long quantity) {
        return BigDecimal.valueOf(quantity * 7919 % 100_000, 3);
    }

    private static long gross(long quantity) {
        return BigDecimal.valueOf(quantity, 3)
                .multiply(price(quantity))
                .setScale(2, RoundingMode.HALF_UP)
                .unscaledValue()
                .longValueExact();
    }

    private static LocalDateTime local(long second) {
        return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    }

    private static String written(BigDecimal amount, String decimal, String grouping) {
        String[] parts = amount.abs().toPlainString().split("\\.");
        String whole = parts[0].replaceAll("\\B(?=(\\d{3})+$)", grouping);
        return (amount.signum() < 0 ? "-" : "")
                + (parts.length == 1 ? whole : whole + decimal + parts[1]);
    }

    private static Map<String, String> row(StreamName stream, int index, String... values) {
        Map<String, String> row = new HashMap<>(Shop.validRow(stream));
        row.put("id", Integer.toString(index));
        for (int i = 0; i < values.length; i += 2) {
            row.put(values[i], values[i + 1]);
        }
        return row;
    }

    /** Requires a clean row for each value, and checks it. */
    private static void forEachRow(
            Result result, List<Long> values, BiConsumer<Map<String, String>, Long> check) {
        assertThat(result.quarantined()).isEmpty();
        List<Map<String, String>> rows = result.clean();
        assertThat(rows).hasSameSizeAs(values);
        rows.forEach(row -> check.accept(row, values.get(Integer.parseInt(row.get("id")))));
    }
}
