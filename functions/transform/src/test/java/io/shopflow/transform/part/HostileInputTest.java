package io.shopflow.transform.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.part.Shop.Result;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a part contains, the transform ends, its counts balance, and the clean file has one line
 * per row with the header's columns. The seeds are fixed, so failures are repeatable.
 */
class HostileInputTest {

    private static final List<String> PIECES =
            List.of(
                    "\"",
                    "\"\"",
                    ",",
                    "\n",
                    "\r\n",
                    "\r",
                    "\u0000",
                    "\\.",
                    "\\N",
                    "'",
                    ";",
                    "\t",
                    " ",
                    "é",
                    "🛒",
                    "\ud800",
                    "\u202e",
                    "\u2028",
                    "\ufeff",
                    "0",
                    "-1",
                    "1e9",
                    "9999999999999999999",
                    "0.1",
                    "1,5",
                    "NaN",
                    "2026-02-30",
                    "2026-03-29 01:30:00",
                    "9999-12-31T23:59:59.999999999-18:00",
                    "completed",
                    "GBP",
                    "JPY",
                    "gb",
                    "a@b.c",
                    "@",
                    "@@@@",
                    "+44 20 7946 0958",
                    "null",
                    "%s",
                    "{}",
                    "<b>",
                    "=1+1",
                    "id",
                    "rule: message",
                    "x".repeat(5_000),
                    "(((((((((((((((",
                    "+".repeat(300),
                    "0 ".repeat(200));

    private final Shop shop = Shop.inLondon().withIdsInMemory(50);

    private static void assertSound(StreamName stream, Result result) {
        CleanCounts counts = result.counts();
        assertThat(counts.extracted())
                .isEqualTo(counts.clean() + counts.duplicate() + counts.quarantined());
        List<Map<String, String>> clean = result.clean();
        assertThat(clean).hasSize((int) counts.clean());
        assertThat(result.quarantined()).hasSize((int) counts.quarantined());
        assertThat(clean)
                .extracting(row -> row.get("id"))
                .doesNotHaveDuplicates()
                .doesNotContainNull();
        assertThat(result.text(result.part().cleanKey()).chars().filter(c -> c == '\n').count())
                .isEqualTo(counts.clean() + 1);
        long rejected = 0;
        for (var rule : result.report().get("rejected")) {
            rejected += rule.get("rows").asLong();
        }
        assertThat(rejected).isEqualTo(counts.quarantined());
        for (Field field : StreamSchema.of(stream).fields()) {
            if (field.required() && field.cleanColumn().isPresent()) {
                String column = field.cleanColumn().get().name();
                assertThat(clean).allSatisfy(row -> assertThat(row).containsKey(column));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void hostileValuesNeverStopAPart(StreamName stream) {
        Random random = new Random(20_260_101L);
        List<Field> fields = StreamSchema.of(stream).fields();
        for (int round = 0; round < 20; round++) {
            List<Map<String, String>> rows = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Map<String, String> row = new HashMap<>();
                for (Field field : fields) {
                    row.put(
                            field.name(),
                            random.nextInt(4) == 0 ? hostile(random) : plain(field, random));
                }
                if (random.nextInt(20) == 0) {
                    row.put(StreamSchema.DEFECT, hostile(random));
                }
                rows.add(row);
            }
            Result result = shop.transform(stream, rows);

            assertThat(result.counts().extracted()).isEqualTo(100);
            assertSound(stream, result);
        }
    }

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void hostileBytesNeverStopAPart(StreamName stream) throws Exception {
        Random random = new Random(20_260_202L);
        byte[] header =
                (String.join(",", StreamSchema.of(stream).rawHeader()) + "\n")
                        .getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 100; round++) {
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            raw.write(header);
            int pieces = random.nextInt(300);
            for (int i = 0; i < pieces; i++) {
                if (random.nextInt(3) == 0) {
                    byte[] bytes = new byte[random.nextInt(40)];
                    random.nextBytes(bytes);
                    raw.write(bytes);
                } else {
                    raw.write(hostile(random).getBytes(StandardCharsets.UTF_8));
                    raw.write(',');
                }
            }
            assertSound(stream, shop.transform(stream, raw.toByteArray()));
        }
    }

    @Test
    void aHugeFieldIsOneField() {
        String huge = "tea, \"black\"\n".repeat(200_000);
        Result result =
                shop.transform(
                        StreamName.PRODUCTS,
                        Map.of("id", "1", "name", huge),
                        Map.of("id", "2", "price", huge),
                        Map.of("id", "a".repeat(1_000_000) + "@" + "b".repeat(1_000_000)));

        assertSound(StreamName.PRODUCTS, result);
        assertThat(result.counts()).isEqualTo(new CleanCounts(3, 1, 0, 2));
        assertThat(result.quarantined().get(0)).containsEntry("price", "***");
    }

    private static String hostile(Random random) {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            value.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return value.toString();
    }

    private static String plain(Field field, Random random) {
        return switch (field.type()) {
            case TEXT -> field.name() + random.nextInt(60);
            case IDS -> "[\"%d\",\"%d\"]".formatted(random.nextInt(60), random.nextInt(60));
            case DECIMAL -> random.nextBoolean() ? "1" : "2.500";
            case INTEGER -> Integer.toString(1 + random.nextInt(5));
            case MONEY -> "%d.%02d".formatted(random.nextInt(100), random.nextInt(100));
            case INSTANT ->
                    "2026-0%d-1%d 12:00:00".formatted(1 + random.nextInt(5), random.nextInt(10));
            case STATUS -> random.nextBoolean() ? "Delivered" : "failed";
            case CURRENCY -> random.nextBoolean() ? "GBP" : "";
            case COUNTRY -> random.nextBoolean() ? "GB" : "";
        };
    }
}
