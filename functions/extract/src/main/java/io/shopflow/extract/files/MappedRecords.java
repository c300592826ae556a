package io.shopflow.extract.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of a file, counted by the mapping that reads them. */
final class MappedRecords implements Records {

    private final Records records;
    private final RecordMapping rows;

    MappedRecords(Records records, RecordMapping rows) {
        this.records = records;
        this.rows = rows;
        rows.begin();
    }

    @Override
    public boolean next() throws FileProblemException, IOException {
        if (!records.next()) {
            return false;
        }
        rows.move(this);
        return true;
    }

    @Override
    public long line() {
        return records.line();
    }

    @Override
    public @Nullable String defect() {
        return records.defect();
    }

    @Override
    public String text(int place) {
        return records.text(place);
    }

    @Override
    public long bytesRead() {
        return records.bytesRead();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
