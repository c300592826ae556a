package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.spill.SpillingMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The orders that the {@code where} of a source's orders leaves out: their lines, payments and
 * refunds are left out with them. Without it they would look like rows of orders that are missing.
 * Read once per run, on first use.
 */
final class LeftOutOrders {

    private static final String RULE = "order_left_out";
    private static final String LEFT_OUT = "1";

    private final List<MappedFile> orders;
    private final FileOpener opener;

    /** Whether the order is left out, by its id: empty if not all of its rows are. */
    private final SpillingMap ids;

    private boolean any;
    private final List<Problem> problems = new ArrayList<>();
    private boolean loaded;

    /**
     * The orders of a source.
     *
     * @param orders their files; only their id is used
     * @param ids an empty map
     */
    LeftOutOrders(List<MappedFile> orders, FileOpener opener, SpillingMap ids) {
        this.ids = ids;
        this.orders = orders;
        this.opener = opener;
    }

    boolean contains(String order) {
        return any && LEFT_OUT.equals(ids.get(order));
    }

    /**
     * Reads the orders. Problems with their files' content are reported by the orders' own scan.
     */
    List<Problem> load() {
        if (loaded) {
            return problems;
        }
        ids.clear();
        any = false;
        try {
            for (MappedFile file : orders) {
                try (Records records = file.open(opener)) {
                    collect(file.rows(), records);
                } catch (IOException e) {
                    problems.add(opener.unreadable(null, file.name(), e));
                }
            }
            for (MappedFile file : any ? orders : List.<MappedFile>of()) {
                try (Records records = file.open(opener)) {
                    keep(file.rows(), records);
                } catch (IOException e) {
                    problems.add(opener.unreadable(null, file.name(), e));
                }
            }
        } catch (FileProblemException e) {
            any = false;
        }
        loaded = true;
        return problems;
    }

    private void collect(RecordMapping rows, Records records)
            throws FileProblemException, IOException {
        while (records.next()) {
            if (records.defect() != null || rows.accepts(records)) {
                continue;
            }
            String id = rows.id(records);
            // An id without its last digits may be that of another order.
            if (records.defect() == null && !id.isEmpty() && !CellReader.isScientific(id)) {
                ids.put(id, LEFT_OUT);
                any = true;
            }
        }
    }

    /** An order that has several rows is left out only if all of them are. */
    private void keep(RecordMapping rows, Records records)
            throws FileProblemException, IOException {
        while (records.next()) {
            if (records.defect() != null || rows.accepts(records) || records.defect() != null) {
                String id = rows.id(records);
                if (LEFT_OUT.equals(ids.get(id))) {
                    ids.put(id, "");
                }
            }
        }
    }

    /** The note of a run about the rows of a stream that are left out with their orders. */
    List<RunNote> notes(StreamName stream, long leftOut) {
        return leftOut == 0
                ? List.of()
                : List.of(
                        new RunNote(
                                stream.canonicalName(),
                                RULE,
                                leftOut,
                                "rows of orders that 'where' of the orders leaves out: left out as well",
                                true));
    }
}
