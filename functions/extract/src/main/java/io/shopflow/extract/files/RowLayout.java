package io.shopflow.extract.files;

import io.shopflow.extract.files.FileMapping.Each;
import io.shopflow.extract.files.FileMapping.FillDown;
import io.shopflow.extract.files.FileMapping.RowMapping;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a file become rows, by the places of their columns.
 *
 * @param each null: each record is a row
 * @param pieces places of the column that has a different piece in each row of a record
 * @param filled places of columns that are filled from rows above
 * @param by place of the column that rows must share for that; -1 if no column is filled
 * @param value the value in a cell's text
 */
record RowLayout(
        @Nullable Each each,
        Set<Integer> pieces,
        Set<Integer> filled,
        int by,
        UnaryOperator<String> value) {

    static RowLayout of(RowMapping mapping, RecordValues values) {
        String as =
                switch (mapping.each()) {
                    case Each.Columns columns -> columns.as();
                    case Each.Pieces pieces -> pieces.as();
                    case Each.Items items -> null;
                    case null -> null;
                };
        if (as != null) {
            values.places().place(as);
        }
        FillDown fill = mapping.fillDown();
        Set<Integer> filled = new HashSet<>();
        int by = -1;
        if (fill != null) {
            by = values.places().place(fill.by());
            fill.columns().forEach(values.places()::place);
            fill.columns().forEach(column -> filled.addAll(values.places().of(column)));
        }
        return new RowLayout(
                mapping.each(),
                as == null ? Set.of() : values.places().of(as),
                filled,
                by,
                values::value);
    }

    /** The list of JSON whose items are the rows; null if there is none. */
    @Nullable String list() {
        return each instanceof Each.Items items ? items.list() : null;
    }

    /** The pieces of the current record; a broken one has none, and is one row. */
    List<String> piecesOf(Records records) {
        int place = pieces.iterator().next();
        List<String> texts =
                each instanceof Each.Pieces split
                        ? Arrays.asList(
                                records.text(place).split(Pattern.quote(split.separator()), -1))
                        : records.texts(place);
        return records.defect() != null
                ? List.of("")
                : texts.stream().filter(text -> !value.apply(text).isEmpty()).toList();
    }
}
