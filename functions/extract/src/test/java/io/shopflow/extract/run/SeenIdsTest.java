package io.shopflow.extract.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.run.RunId;
import io.shopflow.extract.run.SourceState.WholeRead;
import io.shopflow.extract.source.GoneIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleted ids, for any ids and any number of files beyond the memory. */
class SeenIdsTest {

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
        try (SeenIds ids = new SeenIds(store, first, null, memory)) {
            before.forEach(ids::add);
            assertThat(ids.gone()).isEqualTo(GoneIds.NONE);
            ids.put(KEY);
        }
        try (SeenIds ids = new SeenIds(store, second, new WholeRead(first, KEY), memory)) {
            now.forEach(ids::add);
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
        try (SeenIds ids = new SeenIds(store, second, null)) {
            ids.add("a");
            ids.put(KEY);
        }
        try (SeenIds ids = new SeenIds(store, second, new WholeRead(first, KEY))) {
            assertThat(ids.gone()).isEqualTo(GoneIds.NONE);
        }
        try (SeenIds ids = new SeenIds(store, second, new WholeRead(first, "state/s/none"))) {
            assertThat(ids.gone()).isEqualTo(GoneIds.NONE);
        }
    }

    private static List<String> ids(Random random) {
        String[] pieces = {"a", "b", "\n", "\r", "\\", "n", "é", "😀", " ", "\uFFFD"};
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
