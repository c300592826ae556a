package io.shopflow.extract.files;

import io.shopflow.core.source.SourceFormat;
import io.shopflow.extract.files.FileMapping.RowMapping;
import io.shopflow.extract.files.FileMapping.StreamMapping;
import io.shopflow.extract.spill.SpillingMaps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file as one mapping reads it.
 *
 * @param rows the mapping, resolved; shared by the mapping's files, which are read one at a time
 */
record MappedFile(String name, FileFormat format, RecordMapping rows) {

    /**
     * The files of a stream, in the order in which they are read.
     *
     * @param currencies of the orders, for rows that name none; null if such rows take the source's
     *     currency
     * @param sales that rows may return
     * @param maps for what rows are compared with
     */
    static List<MappedFile> of(
            StreamMapping stream,
            SourceFormat format,
            LookupTables lookups,
            @Nullable OrderCurrencies currencies,
            SaleFinders sales,
            SpillingMaps maps) {
        List<MappedFile> files = new ArrayList<>();
        for (RowMapping mapping : stream.rows()) {
            RecordMapping rows =
                    new RecordMapping(
                            stream.stream(),
                            mapping,
                            format,
                            lookups,
                            currencies,
                            sales.of(mapping),
                            maps);
            mapping.files()
                    .forEach(name -> files.add(new MappedFile(name, mapping.format(), rows)));
        }
        return files;
    }

    /** Opens the file and finds its columns. */
    Records open(FileOpener opener) throws FileProblemException, IOException {
        return new MappedRecords(
                opener.open(name, format, rows.columns(), rows.layout().list()), rows, name);
    }
}
