package io.shopflow.extract.files;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows that a mapping makes of a file's records. */
final class MappedRecords implements Records {

    private final Records records;
    private final RecordMapping rows;
    private final RowLayout layout;

    private List<String> pieces = List.of();
    private int piece;

    /** The last values of the filled columns, of rows with the current key. */
    private final Map<Integer, String> above = new HashMap<>();

    private String key = "";

    MappedRecords(Records records, RecordMapping rows, String file) {
        this.records = records;
        this.rows = rows;
        this.layout = rows.layout();
        rows.begin(file);
    }

    @Override
    public boolean next() throws FileProblemException, IOException {
        if (!(layout.pieces().isEmpty() ? records.next() : nextPiece())) {
            return false;
        }
        if (layout.by() >= 0) {
            fill();
        }
        rows.move(this);
        return true;
    }

    private boolean nextPiece() throws FileProblemException, IOException {
        piece++;
        while (piece >= pieces.size()) {
            if (!records.next()) {
                return false;
            }
            pieces = layout.piecesOf(records);
            piece = 0;
        }
        return true;
    }

    private void fill() {
        String current = layout.value().apply(own(layout.by()));
        if (!current.equals(key)) {
            above.clear();
            key = current;
        }
        for (int place : layout.filled()) {
            String text = own(place);
            if (!layout.value().apply(text).isEmpty()) {
                above.put(place, text);
            }
        }
    }

    private String own(int place) {
        return layout.pieces().contains(place) ? pieces.get(piece) : records.text(place);
    }

    @Override
    public String text(int place) {
        String text = own(place);
        return layout.filled().contains(place) && !key.isEmpty()
                ? above.getOrDefault(place, text)
                : text;
    }

    @Override
    public List<String> texts(int place) {
        return records.texts(place);
    }

    @Override
    public long record() {
        return records.record();
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
    public long bytesRead() {
        return records.bytesRead();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
