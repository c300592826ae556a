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

    private boolean includesEmpty;
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
        if (!hasRow()) {
            return true;
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
            if (includesEmpty && pieces.isEmpty()) {
                return true;
            }
        }
        return true;
    }

    @Override
    public void includeEmpty() {
        includesEmpty = true;
        records.includeEmpty();
    }

    @Override
    public boolean hasRow() {
        return layout.pieces().isEmpty() ? records.hasRow() : piece < pieces.size();
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
        if (!layout.pieces().contains(place)) {
            return records.text(place);
        }
        return hasRow() ? pieces.get(piece) : "";
    }

    @Override
    public String text(int place) {
        String text = own(place);
        return layout.filled().contains(place) && !key.isEmpty() && hasRow()
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
        rows.end();
        records.close();
    }
}
