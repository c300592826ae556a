package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.files.FileMapping.StreamMapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The orders that the {@code where} of a source's orders leaves out: their lines, payments and
 * refunds are left out with them. Without it they would look like rows of orders that are missing.
 * Read once per run, on first use.
 */
final class LeftOutOrders {

    private static final String RULE = "order_left_out";

    private final StreamMapping orders;
    private final RecordMapping rows;
    private final FileOpener opener;
    private final Set<String> ids = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean loaded;
    private boolean tooMany;

    /**
     * The orders of a mapping.
     *
     * @param rows the orders' mapping, resolved; only their id is used
     */
    LeftOutOrders(StreamMapping orders, RecordMapping rows, FileOpener opener) {
        this.orders = orders;
        this.rows = rows;
        this.opener = opener;
    }

    boolean contains(String order) {
        return ids.contains(order);
    }

    /**
     * Reads the orders. Problems with their files' content are reported by the orders' own scan.
     */
    List<Problem> load() {
        if (loaded) {
            return problems;
        }
        loaded = true;
        LookupMemory memory = LookupMemory.ofLeftOutOrders();
        try {
            for (String file : orders.files()) {
                try (Records records = opener.open(file, orders.format(), rows.columns())) {
                    collect(records, memory);
                } catch (IOException e) {
                    problems.add(opener.unreadable(null, file, e));
                }
            }
            for (String file : ids.isEmpty() ? List.<String>of() : orders.files()) {
                try (Records records = opener.open(file, orders.format(), rows.columns())) {
                    keep(records);
                } catch (IOException e) {
                    problems.add(opener.unreadable(null, file, e));
                }
            }
        } catch (FileProblemException e) {
            ids.clear();
            tooMany = e.problem().rule().equals(LookupMemory.RULE);
        }
        return problems;
    }

    private void collect(Records records, LookupMemory memory)
            throws FileProblemException, IOException {
        while (records.next()) {
            if (records.defect() != null || rows.accepts(records)) {
                continue;
            }
            String id = rows.id(records);
            // An id without its last digits may be that of another order.
            if (records.defect() == null
                    && !id.isEmpty()
                    && !CellReader.isScientific(id)
                    && ids.add(id)) {
                memory.take(id);
            }
        }
    }

    /** An order that has several rows is left out only if all of them are. */
    private void keep(Records records) throws FileProblemException, IOException {
        while (records.next()) {
            if (records.defect() != null || rows.accepts(records) || records.defect() != null) {
                ids.remove(rows.id(records));
            }
        }
    }

    /** What a run says about the rows of a stream that are left out with their orders. */
    List<RunNote> notes(StreamName stream, long leftOut) {
        if (tooMany) {
            return List.of(
                    new RunNote(
                            stream.canonicalName(),
                            RULE,
                            0,
                            "'where' leaves out more orders than fit into %d MiB of memory: rows of these orders are read, and found as order_unknown. Leave them out of the file."
                                    .formatted(LookupMemory.MAX_LEFT_OUT_BYTES >> 20),
                            true));
        }
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
