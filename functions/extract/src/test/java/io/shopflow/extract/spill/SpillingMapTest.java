package io.shopflow.extract.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A map in files is the same as one in memory, for any entries and any limit. */
class SpillingMapTest {

    /**
     * A step of a test.
     *
     * @param value null removes everything if the key is empty, else only reads
     */
    record Step(int map, String key, String value) {}

    @Property
    void mapsWithHardlyAnyMemoryAreLikeThoseOfJava(
            @ForAll("steps") List<Step> steps, @ForAll("limits") long limit) {
        List<Map<String, String>> expected = List.of(new HashMap<>(), new HashMap<>());
        try (SpillingMaps all = new SpillingMaps(limit, new TemporaryFiles());
                SpillingMaps inMemory = new SpillingMaps()) {
            List<SpillingMap> maps = List.of(all.map(), all.map());
            List<SpillingMap> unlimited = List.of(inMemory.map(), inMemory.map());
            for (Step step : steps) {
                SpillingMap map = maps.get(step.map());
                Map<String, String> model = expected.get(step.map());
                if (step.value().equals("clear") && step.key().isEmpty()) {
                    map.clear();
                    unlimited.get(step.map()).clear();
                    model.clear();
                } else {
                    assertThat(map.get(step.key())).isEqualTo(model.get(step.key()));
                    map.put(step.key(), step.value());
                    unlimited.get(step.map()).put(step.key(), step.value());
                    model.put(step.key(), step.value());
                }
            }
            for (Step step : steps) {
                for (int i = 0; i < 2; i++) {
                    String value = expected.get(i).get(step.key());
                    assertThat(maps.get(i).get(step.key())).isEqualTo(value);
                    assertThat(unlimited.get(i).get(step.key())).isEqualTo(value);
                    String none = step.key() + "-";
                    assertThat(maps.get(i).get(none)).isEqualTo(expected.get(i).get(none));
                }
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> texts =
                Arbitraries.of(
                                "",
                                "a",
                                "b",
                                "é",
                                "😀",
                                "\0",
                                "\n",
                                "\ud800",
                                "?",
                                "\u00ff",
                                "12",
                                "x".repeat(130))
                        .list()
                        .ofMaxSize(3)
                        .map(parts -> String.join("", parts));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        texts,
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(20, texts),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just("clear"))))
                .as(Step::new)
                .list()
                .ofMaxSize(150);
    }

    @Provide
    Arbitrary<Long> limits() {
        return Arbitraries.of(1L, 100L, 1_000L, 5_000L);
    }

    @Test
    void manyKeysAreFoundAfterFilesWereMerged() {
        Random random = new Random(1);
        Map<String, String> expected = new HashMap<>();
        try (SpillingMaps maps = new SpillingMaps(1 << 16, new TemporaryFiles())) {
            SpillingMap map = maps.map();
            for (int i = 0; i < 200_000; i++) {
                String key = "key" + random.nextInt(50_000);
                map.put(key, "" + i);
                expected.put(key, "" + i);
            }
            expected.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
            for (int i = 0; i < 10_000; i++) {
                assertThat(map.get("other" + i)).isNull();
            }
        }
    }

    @Test
    void aMapThatDoesNotFitIntoFilesEitherSaysSo() {
        AtomicLong free = new AtomicLong(200_000);
        try (SpillingMaps maps =
                new SpillingMaps(1 << 16, TemporaryFiles.limited(() -> free.addAndGet(-50_000)))) {
            SpillingMap map = maps.map();
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 100_000; i++) {
                                    map.put("key" + i, "value");
                                }
                            })
                    .isInstanceOf(TemporarySpaceException.class);
        }
    }
}
