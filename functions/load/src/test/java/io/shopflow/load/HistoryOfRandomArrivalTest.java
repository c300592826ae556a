package io.shopflow.load;

import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.StreamName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Observations of dimensions that arrive in a random order, some of them several times, make the
 * history that they make in true order. Few values, so that most observations repeat one. Another
 * run of a failure: {@code -Dshopflow.seed=…}.
 */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class HistoryOfRandomArrivalTest {

    private static final long SEED = Long.getLong("shopflow.seed", System.nanoTime());
    private static final int SOURCES = 8;
    private static final int IDS = 40;
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

    @ParameterizedTest
    @CsvSource({
        "PRODUCTS, dim_products, product_id, name",
        "CUSTOMERS, dim_customers, customer_id, city"
    })
    void theHistoryIsThatOfTheTrueOrder(
            StreamName stream, String table, String key, String attribute) {
        for (int number = 0; number < SOURCES; number++) {
            String source = "arrival_%s_%d".formatted(stream.canonicalName(), number);
            Random random = new Random(SEED + number);
            Map<String, Map<Integer, String>> observations = new TreeMap<>();
            List<List<CleanRow>> parts = new ArrayList<>();
            for (int id = 0; id < IDS; id++) {
                Map<Integer, String> ofId = new TreeMap<>();
                observations.put("id%02d".formatted(id), ofId);
                int count = 1 + random.nextInt(9);
                while (ofId.size() < count) {
                    ofId.put(random.nextInt(30), "value " + random.nextInt(2));
                }
            }
            observations.forEach(
                    (id, ofId) -> {
                        List<Integer> days = new ArrayList<>(ofId.keySet());
                        days.addAll(days.subList(0, random.nextInt(days.size() + 1)));
                        Collections.shuffle(days, random);
                        for (int index = 0; index < days.size(); index++) {
                            if (parts.size() == index) {
                                parts.add(new ArrayList<>());
                            }
                            int day = days.get(index);
                            parts.get(index)
                                    .add(
                                            CleanRow.of(stream, id, attribute, ofId.get(day))
                                                    .at(instant(day).toString()));
                        }
                    });

            load(source, stream, parts, random);

            List<String> expected = new ArrayList<>();
            observations.forEach((id, ofId) -> expected.addAll(history(id, ofId)));
            assertThat(
                            Database.rows(
                                    """
                                    select
                                        %1$s, %2$s,
                                        case when isfinite(valid_from) then (valid_from at time zone 'UTC')::date::text else valid_from::text end,
                                        case when isfinite(valid_to) then (valid_to at time zone 'UTC')::date::text else valid_to::text end,
                                        (updated_at at time zone 'UTC')::date
                                    from warehouse.%3$s
                                    where source = '%4$s'
                                    order by %1$s collate "C", valid_from
                                    """
                                            .formatted(key, attribute, table, source)))
                    .as("seed " + SEED + ", " + source)
                    .isEqualTo(expected);
        }
    }

    /** Each part is of a random one of three runs. */
    private static void load(
            String source, StreamName stream, List<List<CleanRow>> parts, Random random) {
        List<TestRun> runs = List.of(new TestRun(source), new TestRun(source), new TestRun(source));
        for (List<CleanRow> rows : parts) {
            TestRun run = runs.get(random.nextInt(runs.size()));
            assertThat(deliver(run.part(stream, rows.toArray(CleanRow[]::new)))).isEmpty();
        }
    }

    /** The versions of an id, in the form of the query. */
    private static List<String> history(String id, Map<Integer, String> observations) {
        List<String> versions = new ArrayList<>();
        String value = null;
        String from = "-infinity";
        int last = 0;
        for (Map.Entry<Integer, String> observation : observations.entrySet()) {
            int day = observation.getKey();
            if (value != null && !value.equals(observation.getValue())) {
                versions.add("%s|%s|%s|%s|%s".formatted(id, value, from, date(day), date(last)));
                from = date(day);
            }
            value = observation.getValue();
            last = day;
        }
        versions.add("%s|%s|%s|infinity|%s".formatted(id, value, from, date(last)));
        return versions;
    }

    private static String date(int day) {
        return FIRST_DAY.plusDays(day).toString();
    }

    private static Instant instant(int day) {
        return FIRST_DAY.plusDays(day).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
