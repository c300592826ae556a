package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sales that rows return: the last line before the row, in the order in which files are read,
 * that has the same values in some columns, and of which at least as many units are left after
 * earlier returns.
 */
final class SaleFinder {

    /** A row of a file, from 1. */
    record Place(String file, long row) {}

    /** A line that was sold, with the units of it that were not returned. */
    private static final class Sold {

        private final Place place;
        private final String order;
        private final String id;
        private BigDecimal left;

        Sold(Place place, String order, String id, BigDecimal left) {
            this.place = place;
            this.order = order;
            this.id = id;
            this.left = left;
        }
    }

    private final FileOpener opener;
    private final LookupMemory memory;
    private final DecimalReader numbers;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, List<Sold>> lines = new HashMap<>();
    private final Map<Place, Sold> found = new HashMap<>();

    /** Files in the order in which they are read. */
    private final List<String> order = new ArrayList<>();

    private List<MappedFile> sales = List.of();
    private List<MappedFile> returns = List.of();
    private boolean loading;
    private boolean loaded;

    SaleFinder(FileOpener opener, LookupMemory memory, SourceFormat format) {
        this.opener = opener;
        this.memory = memory;
        this.numbers = new DecimalReader(format.numbers());
    }

    /**
     * Sets the files that are read for it.
     *
     * @param sold the lines, with what returns share as {@code name}
     * @param returned the rows that return lines, likewise
     */
    void read(List<MappedFile> sold, List<MappedFile> returned) {
        sales = sold;
        returns = returned;
        sold.forEach(file -> order.add(file.name()));
    }

    /** Whether a sale is found for a row, or none is; both while they are being found. */
    boolean isFound(Place place, boolean wanted) {
        return loading || found.containsKey(place) == wanted;
    }

    /** The id of the line that a row returns, or of its order; empty if none is found. */
    String sale(Place place, boolean ofOrder) {
        Sold sold = found.get(place);
        return sold == null ? "" : ofOrder ? sold.order : sold.id;
    }

    /** Finds all sales, once per run. */
    List<Problem> load() {
        if (loaded) {
            return problems;
        }
        loaded = true;
        loading = true;
        for (MappedFile file : sales) {
            read(file, this::sell);
        }
        for (MappedFile file : returns) {
            read(file, this::giveBack);
        }
        lines.clear();
        loading = false;
        return problems;
    }

    private interface Reader {
        void read(RecordMapping rows, Records records, String key, BigDecimal quantity)
                throws FileProblemException;
    }

    private void read(MappedFile file, Reader reader) {
        RecordMapping rows = file.rows();
        try (Records records = file.open(opener)) {
            while (records.next()) {
                if (records.defect() == null && rows.accepts(records)) {
                    String key = rows.value(records, "name");
                    BigDecimal quantity = numbers.read(rows.value(records, "quantity"));
                    if (!key.isEmpty() && quantity != null) {
                        reader.read(rows, records, key, quantity);
                    }
                }
            }
        } catch (FileProblemException e) {
            // Other problems are reported by the scans of these files.
            if (e.problem().rule().equals(LookupMemory.RULE)) {
                problems.add(opener.problem(null, file.name(), e));
            }
        } catch (IOException e) {
            problems.add(opener.unreadable(null, file.name(), e));
        }
    }

    private void sell(RecordMapping rows, Records records, String key, BigDecimal quantity)
            throws FileProblemException {
        Sold sold = new Sold(rows.place(), rows.order(records), rows.id(records), quantity);
        memory.take(key);
        memory.take(sold.order + sold.id);
        lines.computeIfAbsent(key, unused -> new ArrayList<>()).add(sold);
    }

    private void giveBack(RecordMapping rows, Records records, String key, BigDecimal quantity)
            throws FileProblemException {
        Place place = rows.place();
        BigDecimal units = quantity.abs();
        @Nullable Sold last = null;
        for (Sold sold : lines.getOrDefault(key, List.of())) {
            if (isBefore(sold.place, place) && sold.left.compareTo(units) >= 0) {
                last = sold;
            }
        }
        if (last != null) {
            last.left = last.left.subtract(units);
            memory.take(place.file());
            found.put(place, last);
        }
    }

    /** Returns in a separate file follow all sales. */
    private boolean isBefore(Place sold, Place returned) {
        int file = order.indexOf(returned.file());
        int ofSale = order.indexOf(sold.file());
        return file < 0 || ofSale < file || (ofSale == file && sold.row() < returned.row());
    }
}
