package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.extract.spill.SpillingMap;
import io.shopflow.extract.spill.SpillingMaps;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The sales that rows return: the last line before the row, in the order in which files are read,
 * that has the same values in some columns, and of which at least as many units are left after
 * earlier returns.
 */
final class SaleFinder {

    private static final String RETURN = "r";
    private static final String LINES = "n";
    private static final String LINE = "l";

    /** A row of a file, from 1. */
    record Place(String file, long row) {}

    private final FileOpener opener;
    private final DecimalReader numbers;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * By a key of a kind: a return, by its number; the number of lines with the same values; such a
     * line, with its place, the units that were not returned, its order and its id. Only lines that
     * share their values with a return are kept.
     */
    private final SpillingMap lines;

    /** The order and the line of a return, by its place. */
    private final SpillingMap found;

    private int returned;

    /** Files in the order in which they are read. */
    private final List<String> order = new ArrayList<>();

    private List<MappedFile> sales = List.of();
    private List<MappedFile> returns = List.of();
    private boolean loading;
    private boolean loaded;

    SaleFinder(FileOpener opener, SpillingMaps maps, SourceFormat format) {
        this.opener = opener;
        this.lines = maps.map();
        this.found = maps.map();
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
        return loading || (found.get(text(place)) != null) == wanted;
    }

    /** The id of the line that a row returns, or of its order; empty if none is found. */
    String sale(Place place, boolean ofOrder) {
        String sold = found.get(text(place));
        return sold == null ? "" : PackedTexts.text(sold, ofOrder ? 0 : 1);
    }

    /** Finds all sales, once per run. */
    List<Problem> load() {
        if (loaded) {
            return problems;
        }
        loading = true;
        found.clear();
        returned = 0;
        try {
            for (MappedFile file : returns) {
                read(file, this::giveBack);
            }
            for (MappedFile file : sales) {
                read(file, this::sell);
            }
            for (int number = 1; number <= returned; number++) {
                find(Objects.requireNonNull(lines.get(RETURN + number)));
            }
            loaded = true;
        } finally {
            lines.clear();
            loading = false;
        }
        return problems;
    }

    private interface Reader {
        void read(RecordMapping rows, Records records, String key, BigDecimal quantity);
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
            // Reported by the scans of these files.
        } catch (IOException e) {
            problems.add(opener.unreadable(null, file.name(), e));
        }
    }

    /** Keeps a return until the sales are known, and that it needs lines with its key. */
    private void giveBack(RecordMapping rows, Records records, String key, BigDecimal quantity) {
        Place place = rows.place();
        lines.put(
                RETURN + ++returned,
                PackedTexts.pack(
                        List.of(
                                key,
                                place.file(),
                                Long.toString(place.row()),
                                quantity.abs().toString())));
        lines.put(LINES + key, "0");
    }

    private void sell(RecordMapping rows, Records records, String key, BigDecimal quantity) {
        String before = lines.get(LINES + key);
        if (before == null) {
            return;
        }
        int number = Integer.parseInt(before) + 1;
        lines.put(LINES + key, Integer.toString(number));
        lines.put(
                line(key, number),
                PackedTexts.pack(
                        List.of(
                                rows.place().file(),
                                Long.toString(rows.place().row()),
                                quantity.toString(),
                                rows.order(records),
                                rows.id(records))));
    }

    private static String line(String key, int number) {
        return LINE + number + ':' + key;
    }

    private void find(String returned) {
        String key = PackedTexts.text(returned, 0);
        Place place =
                new Place(
                        PackedTexts.text(returned, 1),
                        Long.parseLong(PackedTexts.text(returned, 2)));
        BigDecimal units = new BigDecimal(PackedTexts.text(returned, 3));
        int last = Integer.parseInt(Objects.requireNonNull(lines.get(LINES + key)));
        for (int number = last; number > 0; number--) {
            String line = Objects.requireNonNull(lines.get(line(key, number)));
            String file = PackedTexts.text(line, 0);
            String row = PackedTexts.text(line, 1);
            BigDecimal left = new BigDecimal(PackedTexts.text(line, 2));
            if (left.compareTo(units) >= 0
                    && isBefore(new Place(file, Long.parseLong(row)), place)) {
                String order = PackedTexts.text(line, 3);
                String id = PackedTexts.text(line, 4);
                lines.put(
                        line(key, number),
                        PackedTexts.pack(
                                List.of(file, row, left.subtract(units).toString(), order, id)));
                found.put(text(place), PackedTexts.pack(List.of(order, id)));
                return;
            }
        }
    }

    private static String text(Place place) {
        return place.row() + ":" + place.file();
    }

    /** Returns in a separate file follow all sales. */
    private boolean isBefore(Place sold, Place returned) {
        int file = order.indexOf(returned.file());
        int ofSale = order.indexOf(sold.file());
        return file < 0 || ofSale < file || (ofSale == file && sold.row() < returned.row());
    }
}
