package io.shopflow.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.source.SourceFormat.Sign;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunJsonTest {

    private static final RunId RUN = new RunId("01JZ0000000000000000000000");
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00.123456Z");

    private static <T> void assertComesBack(T value, Class<T> type) {
        assertThat(RunJson.read(RunJson.write(value), type)).isEqualTo(value);
        assertThat(RunJson.write(value)).isEqualTo(RunJson.write(value));
    }

    @Test
    void plansComeBack() {
        assertComesBack(
                new RunPlan(
                        "shop",
                        RUN,
                        AT,
                        true,
                        new SourceFormat(
                                ZoneId.of("Europe/London"),
                                "GBP",
                                null,
                                new DateFormat(List.of("dd/MM/yyyy"), ZoneId.of("UTC")),
                                new NumberFormat(",", ".", true),
                                Map.of("paid", "processing"),
                                Map.of(
                                        "orders.total", new FieldFormat(null, NumberFormat.plain()),
                                        "orders.discount",
                                                new FieldFormat(null, null, Sign.NEGATED),
                                        "orders.paid_at", new FieldFormat(DateFormat.iso(), null)),
                                List.of("n/a")),
                        null,
                        null,
                        Set.of("orders")),
                RunPlan.class);
    }

    @Test
    void plansOfEarlierVersionsAreRead() {
        RunPlan plan =
                RunJson.read(
                        """
                        {"source": "shop", "runId": "%s", "extractedAt": "2026-01-31T12:00:00Z",
                         "full": true,
                         "format": {"zone": "UTC", "currency": "GBP", "country": null,
                           "dates": {"patterns": [], "zone": null},
                           "numbers": {"decimalSeparator": ".", "groupingSeparator": null},
                           "statuses": {}, "fields": {"orders.total": {"dates": null,
                             "numbers": {"decimalSeparator": ",", "groupingSeparator": null}}}}}
                        """
                                .formatted(RUN.value())
                                .getBytes(StandardCharsets.UTF_8),
                        RunPlan.class);

        assertThat(plan.format().nulls()).isEmpty();
        assertThat(plan.snapshots()).isEmpty();
        assertThat(plan.format().numbers()).isEqualTo(NumberFormat.plain());
        assertThat(plan.format().fields())
                .containsEntry("orders.total", new FieldFormat(null, new NumberFormat(",", null)));
    }

    @Test
    void plansOfWindowsComeBackAndOthersSayNothingOfOne() {
        SourceFormat format =
                new SourceFormat(
                        ZoneId.of("UTC"),
                        "GBP",
                        null,
                        DateFormat.iso(),
                        NumberFormat.plain(),
                        Map.of(),
                        Map.of());

        assertComesBack(
                new RunPlan(
                        "shop",
                        RUN,
                        AT,
                        false,
                        format,
                        LocalDate.parse("2026-02-01"),
                        "hash",
                        Set.of()),
                RunPlan.class);
        assertThat(
                        new String(
                                RunJson.write(
                                        new RunPlan(
                                                "shop", RUN, AT, false, format, null, null,
                                                Set.of())),
                                StandardCharsets.UTF_8))
                .doesNotContain("until");
    }

    @Test
    void manifestsComeBack() {
        assertComesBack(
                new RunManifest(
                        "shop",
                        RUN,
                        AT,
                        AT.plusSeconds(5),
                        false,
                        List.of(
                                new StreamExtract(
                                        "orders",
                                        5L,
                                        5,
                                        AT,
                                        AT,
                                        List.of(new RawPart(1, "raw/key.csv", 5, "ab"))),
                                new StreamExtract("products", null, 0, null, null, List.of())),
                        List.of(
                                new Problem("orders", "orders.csv", 3L, "total", "rule", "message"),
                                new Problem(null, null, null, null, "rule", "message")),
                        null,
                        List.of()),
                RunManifest.class);
    }

    @Test
    void manifestsOfWindowsSayWhereTheyEnd() {
        RunManifest window =
                new RunManifest(
                        "shop",
                        RUN,
                        AT,
                        AT,
                        false,
                        List.of(),
                        List.of(),
                        LocalDate.of(2026, 2, 1),
                        List.of());
        assertComesBack(window, RunManifest.class);
        assertThat(text(RunJson.write(window))).contains("\"until\" : \"2026-02-01\"");
        assertThat(
                        text(
                                RunJson.write(
                                        new RunManifest(
                                                "shop", RUN, AT, AT, false, List.of(), List.of(),
                                                null, List.of()))))
                .doesNotContain("until");
    }

    @Test
    void requestsComeBackAndLeaveOutWhatTheyDoNotSay() {
        ExtractRequest request =
                new ExtractRequest("shop", RUN, "/data", LocalDate.of(2026, 1, 31), true);
        assertComesBack(request, ExtractRequest.class);
        assertThat(text(RunJson.write(new ExtractRequest("shop", null, null, null, false))))
                .isEqualToIgnoringWhitespace("{\"source\":\"shop\",\"full\":false}");
        ExtractRequest window =
                ExtractRequest.ofWindow(
                        "shop", RUN, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 1), true);
        assertComesBack(window, ExtractRequest.class);
        assertThat(window.windowed()).isTrue();
        assertThat(request.windowed()).isFalse();
        RunId other = new RunId("01JD5WQH4FX2T1AN2S1QZB9K7M");
        assertComesBack(request.again(other), ExtractRequest.class);
        assertThat(request.again(other).again(RUN).attempt()).isEqualTo(2);
        assertThat(request.ofRun(other).runId()).isEqualTo(other);
    }

    @Test
    void instantsAreIso8601AndUnknownPropertiesAreSkipped() {
        assertThat(text(RunJson.write(AT))).isEqualTo("\"2026-01-31T12:00:00.123456Z\"");
        assertThat(
                        RunJson.read(
                                        "{\"source\":\"shop\",\"new\":1}"
                                                .getBytes(StandardCharsets.UTF_8),
                                        ExtractRequest.class)
                                .source())
                .isEqualTo("shop");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> RunJson.read("{".getBytes(StandardCharsets.UTF_8), RunPlan.class))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> RunJson.write(new Object()))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
