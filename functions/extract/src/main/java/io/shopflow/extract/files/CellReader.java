package io.shopflow.extract.files;

import io.shopflow.core.source.RawText;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a source's cells in the form in which they are compared, joined, looked up and emitted. */
final class CellReader {

    /** A long number as spreadsheets write it, of which only the first digits remain. */
    private static final Pattern SCIENTIFIC = Pattern.compile("\\d(?:[.,]\\d+)?[eE][+]?\\d{1,3}");

    private final Set<String> nulls;

    /** For a source that marks missing values with these texts. */
    CellReader(List<String> nulls) {
        this.nulls = Set.copyOf(nulls);
    }

    /** A column of the current record; empty if it has no value. */
    String text(Records records, int place) {
        return value(records.text(place));
    }

    /** The value in a cell's text; empty if it has none. */
    String value(String cell) {
        String text = RawText.comparable(cell);
        return nulls.contains(text) ? "" : text;
    }

    /** As {@link #text}, for an id, a reference, a number or a date: NULL counts as no value. */
    String reference(Records records, int place) {
        String text = text(records, place);
        return RawText.isNull(text) ? "" : text;
    }

    /**
     * Whether an id has lost its last digits to a spreadsheet, so that different ids may look the
     * same.
     */
    static boolean isScientific(String id) {
        return id.length() > 2 && SCIENTIFIC.matcher(id).matches();
    }
}
