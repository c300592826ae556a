package io.shopflow.shop.export;

import io.shopflow.shop.world.SeededRandom;
import io.shopflow.shop.world.SeededRandom.Purpose;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which rows get which defect, and lists them in a file. */
final class DefectPlan implements AutoCloseable {
    private final double share;
    private final SeededRandom random;
    private final CsvFile record;
    private long planted;

    DefectPlan(Path folder, long seed, double percent) throws IOException {
        this.share = percent / 100;
        this.random = SeededRandom.of(seed, Purpose.DEFECT, 0);
        this.record = new CsvFile(folder, "defects.csv", "file,line,field,rule", null);
    }

    /** The defect of the next row of a file with these columns; null: none. */
    @Nullable CsvDefect next(List<String> columns) {
        if (!random.chance(share)) {
            return null;
        }
        List<CsvDefect> possible =
                Arrays.stream(CsvDefect.values()).filter(defect -> defect.fits(columns)).toList();
        return random.pick(possible);
    }

    void note(String file, long line, String field, CsvDefect defect) throws IOException {
        record.row(file, Long.toString(line), field, defect.rule());
        planted++;
    }

    long planted() {
        return planted;
    }

    @Override
    public void close() throws IOException {
        record.close();
    }
}
