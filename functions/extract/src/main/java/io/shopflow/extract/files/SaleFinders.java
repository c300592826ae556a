package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.files.FieldMapping.Column;
import io.shopflow.extract.files.FieldMapping.Join;
import io.shopflow.extract.files.FileMapping.Each;
import io.shopflow.extract.files.FileMapping.FillDown;
import io.shopflow.extract.files.FileMapping.FindSale;
import io.shopflow.extract.files.FileMapping.RowMapping;
import io.shopflow.extract.files.FileMapping.StreamMapping;
import io.shopflow.extract.spill.SpillingMaps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The finders of a source's mappings: mappings that select the same rows share one. */
final class SaleFinders {

    /** Separates the values that a sale and its return share. */
    private static final String SEPARATOR = "\u001f";

    private record Rows(
            List<String> files,
            List<Condition> where,
            @Nullable Each each,
            @Nullable FillDown fillDown,
            FindSale findSale) {}

    private final List<StreamMapping> streams;
    private final FileOpener opener;
    private final LookupTables lookups;
    private final SpillingMaps maps;
    private final SourceFormat format;
    private final Map<Rows, SaleFinder> finders = new HashMap<>();

    SaleFinders(
            List<StreamMapping> streams,
            FileOpener opener,
            LookupTables lookups,
            SpillingMaps maps,
            SourceFormat format) {
        this.streams = streams;
        this.opener = opener;
        this.lookups = lookups;
        this.maps = maps;
        this.format = format;
    }

    /** The finder of a mapping; null if its rows return nothing. */
    @Nullable SaleFinder of(RowMapping mapping) {
        FindSale find = mapping.findSale();
        if (find == null) {
            return null;
        }
        Rows rows =
                new Rows(
                        mapping.files(), mapping.where(), mapping.each(), mapping.fillDown(), find);
        SaleFinder known = finders.get(rows);
        if (known != null) {
            return known;
        }
        SaleFinder finder = new SaleFinder(opener, maps, format);
        finders.put(rows, finder);
        finder.read(sales(find), files(List.of(shared(mapping, find, false))));
        return finder;
    }

    private List<MappedFile> sales(FindSale find) {
        List<RowMapping> sales = new ArrayList<>();
        for (StreamMapping stream : streams) {
            if (stream.stream() == StreamName.ORDER_ITEMS) {
                stream.rows().forEach(mapping -> sales.add(shared(mapping, find, true)));
            }
        }
        return files(sales);
    }

    private List<MappedFile> files(List<RowMapping> rows) {
        StreamMapping lines =
                new StreamMapping(
                        StreamName.ORDER_ITEMS,
                        rows,
                        false,
                        null,
                        StreamMapping.Extent.SLICE,
                        StreamMapping.GONE_PERCENT);
        return MappedFile.of(lines, format, lookups, null, this, maps);
    }

    /** A mapping of what a sale and its return share. */
    private static RowMapping shared(RowMapping mapping, FindSale find, boolean ofSale) {
        Map<String, FieldMapping> fields = new HashMap<>();
        List<FieldMapping> same = new ArrayList<>();
        find.same().forEach(column -> same.add(new Column(column, false)));
        fields.put("name", new Join(same, SEPARATOR));
        fields.put("quantity", new Column(find.quantity(), false));
        if (ofSale) {
            for (String field : List.of("id", "order_id")) {
                FieldMapping own = mapping.fields().get(field);
                if (own != null) {
                    fields.put(field, own);
                }
            }
        }
        return new RowMapping(
                mapping.files(),
                mapping.format(),
                fields,
                mapping.where(),
                mapping.each(),
                mapping.fillDown(),
                mapping.findSale(),
                mapping.lines());
    }

    /** Finds all sales, once per run. */
    List<Problem> load() {
        List<Problem> problems = new ArrayList<>();
        finders.values().forEach(finder -> problems.addAll(finder.load()));
        return problems;
    }
}
