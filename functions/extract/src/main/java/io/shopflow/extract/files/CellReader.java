package io.shopflow.extract.files;

import io.shopflow.core.source.RawText;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A source's cells as they are compared, joined, looked up and given on. */
final class CellReader {

    /** How spreadsheets write a long number: what is left of it are its first digits. */
    private static final Pattern SCIENTIFIC = Pattern.compile("\\d(?:[.,]\\d+)?[eE][+]?\\d{1,3}");

    private final Set<String> nulls;

    /** Of a source that writes these where it has no value. */
    CellReader(List<String> nulls) {
        this.nulls = Set.copyOf(nulls);
    }

    /** A column of the current record; empty where it has no value. */
    String text(Records records, int place) {
        String text = RawText.comparable(records.text(place));
        return nulls.contains(text) ? "" : text;
    }

    /** As {@link #text}, of an id, a reference, a number or a date: NULL is none. */
    String reference(Records records, int place) {
        String text = text(records, place);
        return RawText.isNull(text) ? "" : text;
    }

    /**
     * Whether an id has lost its last digits to a spreadsheet, so that others may look the same.
     */
    static boolean isScientific(String id) {
        return id.length() > 2 && SCIENTIFIC.matcher(id).matches();
    }
}
