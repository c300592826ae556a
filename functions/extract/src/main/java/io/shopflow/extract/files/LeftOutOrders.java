package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.stream.StreamName;
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

    private final List<MappedFile> orders;
    private final FileOpener opener;
    private final Set<String> ids = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean loaded;
    private boolean tooMany;

    /**
     * The orders of a source.
     *
     * @param orders their files; only their id is used
     */
    LeftOutOrders(List<MappedFile> orders, FileOpener opener) {
        this.orders = orders;
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
            for (MappedFile file : orders) {
                try (Records records = file.open(opener)) {
                    collect(file.rows(), records, memory);
                } catch (IOException e) {
                    problems.add(opener.unreadable(null, file.name(), e));
                }
            }
            for (MappedFile file : ids.isEmpty() ? List.<MappedFile>of() : orders) {
                try (Records records = file.open(opener)) {
                    keep(file.rows(), records);
                } catch (IOException e) {
                    problems.add(opener.unreadable(null, file.name(), e));
                }
            }
        } catch (FileProblemException e) {
            ids.clear();
            tooMany = e.problem().rule().equals(LookupMemory.RULE);
        }
        return problems;
    }

    private void collect(RecordMapping rows, Records records, LookupMemory memory)
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
    private void keep(RecordMapping rows, Records records)
            throws FileProblemException, IOException {
        while (records.next()) {
            if (records.defect() != null || rows.accepts(records) || records.defect() != null) {
                ids.remove(rows.id(records));
            }
        }
    }

    /** The note of a run about the rows of a stream that are left out with their orders. */
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
