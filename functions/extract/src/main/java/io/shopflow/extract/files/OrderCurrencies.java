package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The currency of each order, which applies to its lines, payments and refunds that name none. Read
 * once per run, on first use. Most shops have one currency, so only orders in other currencies are
 * kept.
 */
final class OrderCurrencies {

    private final List<MappedFile> orders;
    private final FileOpener opener;
    private final LookupMemory memory;
    private final int currency;

    /** The currency of all orders that are not kept. */
    private String common;

    private final Map<String, String> others = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean loaded;

    /**
     * The currencies of a source's orders.
     *
     * @param orders the files of the orders; only their id and currency are used
     * @param assumed currency of orders that name none; null if all do
     */
    OrderCurrencies(
            List<MappedFile> orders,
            FileOpener opener,
            LookupMemory memory,
            @Nullable String assumed) {
        this.orders = orders;
        this.opener = opener;
        this.memory = memory;
        this.common = assumed == null ? "" : assumed;
        this.currency =
                StreamSchema.of(StreamName.ORDERS).fields().stream()
                        .map(field -> field.name())
                        .toList()
                        .indexOf("currency");
    }

    /** The currency of an order; the most common one if there is no such order. */
    String of(String order) {
        return others.getOrDefault(order, common);
    }

    /** Reads the orders. Problems with their files are reported by the orders' own scan. */
    List<Problem> load() {
        if (loaded) {
            return problems;
        }
        loaded = true;
        for (MappedFile file : orders) {
            RecordMapping rows = file.rows();
            try (Records records = file.open(opener)) {
                while (records.next()) {
                    if (records.defect() == null && rows.accepts(records)) {
                        add(rows.id(records), rows.value(records, currency));
                    }
                }
            } catch (FileProblemException e) {
                if (e.problem().rule().equals(LookupMemory.RULE)) {
                    others.clear();
                    problems.add(opener.problem(null, file.name(), e));
                }
            } catch (IOException e) {
                problems.add(opener.unreadable(null, file.name(), e));
            }
        }
        return problems;
    }

    private void add(String order, String code) throws FileProblemException {
        if (order.isEmpty()) {
            return;
        }
        if (common.isEmpty()) {
            common = code;
        }
        if (code.isEmpty() || code.equals(common)) {
            others.remove(order);
        } else if (others.put(order, code.intern()) == null) {
            memory.take(order);
        }
    }
}
