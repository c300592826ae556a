package io.shopflow.extract.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.extract.run.SourceState.KnownIds;
import io.shopflow.extract.source.GoneIds;
import io.shopflow.extract.source.RepeatedIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleted ids, for any ids and any number of files beyond the memory. */
class SeenIdsTest {

    private static final StreamName STREAM = StreamName.ORDERS;
    private static final String KEY = "state/s/orders-a.ids.gz";

    private final MemoryStore store = new MemoryStore();
    private final RunId first = RunId.create();
    private final RunId second = RunId.create();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsGoneIsWhatWasThereAndIsNot(long seed) {
        Random random = new Random(seed);
        List<String> before = ids(random);
        List<String> now = ids(random);
        long memory = seed % 2 == 0 ? 1 << 20 : 400;
        try (SeenIds ids = new SeenIds(store, STREAM, first, null, memory)) {
            before.forEach(id -> ids.add(row(id)));
            assertThat(ids.gone()).isEqualTo(GoneIds.NONE);
            ids.put(KEY, false, false);
        }
        try (SeenIds ids = new SeenIds(store, STREAM, second, new KnownIds(first, KEY), memory)) {
            now.forEach(id -> ids.add(row(id)));
            GoneIds gone = ids.gone();

            TreeSet<String> expected = new TreeSet<>(before);
            expected.removeAll(now);
            assertThat(gone.before()).isEqualTo(new TreeSet<>(before).size());
            assertThat(gone.count()).isEqualTo(expected.size());
            assertThat(gone.ids()).containsExactlyInAnyOrderElementsOf(expected);
            List<String> rest = new ArrayList<>();
            gone.from(gone.count() / 2).forEachRemaining(rest::add);
            assertThat(rest).hasSize((int) (gone.count() - gone.count() / 2));
        }
    }

    @Test
    void idsThatAnotherRunHasWrittenMeanwhileAreNotCompared() {
        try (SeenIds ids = new SeenIds(store, STREAM, second, null)) {
            ids.add(row("a"));
            ids.put(KEY, false, false);
        }
        try (SeenIds ids = new SeenIds(store, STREAM, second, new KnownIds(first, KEY))) {
            assertThat(ids.gone()).isEqualTo(GoneIds.NONE);
        }
        try (SeenIds ids =
                new SeenIds(store, STREAM, second, new KnownIds(first, "state/s/none"))) {
            assertThat(ids.gone()).isEqualTo(GoneIds.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rowsOfOneIdAndVersionAreRepeatedIfTheirContentDiffers(long seed) {
        Random random = new Random(seed);
        int updatedAt = StreamSchema.of(STREAM).rawHeader().indexOf("updated_at");
        long compared = 0;
        Map<String, Set<String>> contents = new HashMap<>();
        try (SeenIds ids = new SeenIds(store, STREAM, first, null, seed % 2 == 0 ? 1 << 20 : 400)) {
            for (int i = 0; i < 200; i++) {
                String[] row = row("id" + random.nextInt(40));
                row[0] = "a.csv:" + i;
                row[updatedAt] = random.nextInt(3) == 0 ? "2026-01-02" : "";
                row[3] = List.of("1", "2", "3").get(random.nextInt(3));
                if (random.nextInt(5) == 0) {
                    row[1] = "superseded: a later row has the same id";
                } else {
                    compared++;
                    contents.computeIfAbsent(
                                    row[2] + " " + row[updatedAt], unused -> new HashSet<>())
                            .add(row[3]);
                }
                ids.add(row);
            }

            long expected = contents.values().stream().mapToLong(all -> all.size() - 1).sum();
            long ofBothKinds =
                    contents.keySet().stream()
                            .filter(key -> key.endsWith(" "))
                            .filter(key -> contents.containsKey(key + "2026-01-02"))
                            .count();
            RepeatedIds.Rows different = ids.repeated().different();
            assertThat(different.count()).isEqualTo(expected + ofBothKinds).isPositive();
            assertThat(different.one()).startsWith("a.csv:");
            assertThat(different.other()).isNotEqualTo(different.one());
            assertThat(ids.repeated().identical().count())
                    .isEqualTo(compared - contents.size() - expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void idsThatAreLeftOutAreNotGone(long seed) {
        Random random = new Random(seed);
        List<String> before = ids(random);
        List<String> now = ids(random);
        List<String> leftOut = ids(random);
        leftOut.addAll(before.subList(0, before.size() / 2));
        long memory = seed % 2 == 0 ? 1 << 20 : 400;
        try (SeenIds ids = new SeenIds(store, STREAM, first, null, memory)) {
            before.forEach(id -> ids.add(row(id)));
            ids.put(KEY, false, false);
        }
        TreeSet<String> gone = new TreeSet<>(before);
        gone.removeAll(now);
        TreeSet<String> expected = new TreeSet<>(gone);
        expected.retainAll(leftOut);
        gone.removeAll(leftOut);
        try (SeenIds ids = new SeenIds(store, STREAM, second, new KnownIds(first, KEY), memory)) {
            now.forEach(id -> ids.add(row(id)));
            leftOut.forEach(ids::addLeftOut);

            assertThat(ids.leftOut().ids()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(ids.leftOut().count()).isEqualTo(expected.size());
            assertThat(ids.gone().ids()).containsExactlyInAnyOrderElementsOf(gone);
            ids.put(KEY, true, false);
        }
        try (SeenIds ids = new SeenIds(store, STREAM, first, new KnownIds(second, KEY), memory)) {
            TreeSet<String> kept = new TreeSet<>(now);
            kept.addAll(gone);
            assertThat(ids.gone().ids()).containsExactlyInAnyOrderElementsOf(kept);
        }
    }

    private static String[] row(String id) {
        String[] row = new String[StreamSchema.of(STREAM).rawHeader().size()];
        Arrays.fill(row, "");
        row[2] = id;
        return row;
    }

    private static List<String> ids(Random random) {
        String[] pieces = {"a", "b", "\n", "\r", "\0", "\1", "\\", "n", "é", "😀", " ", "\uFFFD"};
        List<String> ids = new ArrayList<>();
        for (int i = random.nextInt(60); i > 0; i--) {
            StringBuilder id = new StringBuilder();
            for (int j = random.nextInt(3); j >= 0; j--) {
                id.append(pieces[random.nextInt(pieces.length)]);
            }
            ids.add(id.toString());
        }
        return ids;
    }
}
