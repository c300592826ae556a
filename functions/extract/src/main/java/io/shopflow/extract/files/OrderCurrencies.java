package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.extract.spill.SpillingMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The currency of each order, which applies to its lines, payments and refunds that name none. Read
 * once per run, on first use. Most shops have one currency, so only orders in other currencies are
 * kept.
 */
final class OrderCurrencies {

    private final List<MappedFile> orders;
    private final FileOpener opener;
    private final int currency;

    /** The currency of all orders that are not kept. */
    private String common;

    /** The currencies of other orders; empty if it is the common one after all. */
    private final SpillingMap others;

    private final List<Problem> problems = new ArrayList<>();
    private boolean loaded;

    /**
     * The currencies of a source's orders.
     *
     * @param orders the files of the orders; only their id and currency are used
     * @param others an empty map
     * @param assumed currency of orders that name none; null if all do
     */
    OrderCurrencies(
            List<MappedFile> orders,
            FileOpener opener,
            SpillingMap others,
            @Nullable String assumed) {
        this.orders = orders;
        this.opener = opener;
        this.others = others;
        this.common = assumed == null ? "" : assumed;
        this.currency =
                StreamSchema.of(StreamName.ORDERS).fields().stream()
                        .map(field -> field.name())
                        .toList()
                        .indexOf("currency");
    }

    /** The currency of an order; the most common one if there is no such order. */
    String of(String order) {
        String other = others.get(order);
        return other == null || other.isEmpty() ? common : other;
    }

    /** Reads the orders. Problems with their files are reported by the orders' own scan. */
    List<Problem> load() {
        if (loaded) {
            return problems;
        }
        others.clear();
        for (MappedFile file : orders) {
            RecordMapping rows = file.rows();
            try (Records records = file.open(opener)) {
                while (records.next()) {
                    if (records.defect() == null && rows.accepts(records)) {
                        add(rows.id(records), rows.value(records, currency));
                    }
                }
            } catch (FileProblemException e) {
                // Reported by the orders' own scan.
            } catch (IOException e) {
                problems.add(opener.unreadable(null, file.name(), e));
            }
        }
        loaded = true;
        return problems;
    }

    private void add(String order, String code) {
        if (order.isEmpty()) {
            return;
        }
        if (common.isEmpty()) {
            common = code;
        }
        if (!code.isEmpty() && !code.equals(common)) {
            others.put(order, code);
        } else if (others.get(order) != null) {
            others.put(order, "");
        }
    }
}
