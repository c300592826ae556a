package io.shopflow.laptop.trial;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.Content;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.source.RawText;
import io.shopflow.core.stream.OrderStatus;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.laptop.runs.Printable;
import io.shopflow.laptop.runs.TextTable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The order states of a run as its files have them. One that is not mapped may be any value, for
 * instance a name in a column that was mapped by mistake, so it is shown as quarantine shows it.
 */
final class OrderStates {

    private static final String STATUS = "status";
    private static final String UNMAPPED = "not mapped: rejected";
    private static final String UNKNOWN_RULE = "status_unknown";
    private static final int MOST_STATES = 50;

    /** Further states are not counted. */
    private static final int MAX_STATES = 10_000;

    private final ObjectStore lake;
    private final Map<String, String> statuses = new HashMap<>();
    private final Map<String, State> states = new HashMap<>();

    /** A state with the number of its rows. */
    private static final class State {

        private final String text;
        private final String status;
        private long rows;

        State(String text, String status) {
            this.text = text;
            this.status = status;
        }
    }

    OrderStates(ObjectStore lake) {
        this.lake = lake;
    }

    /**
     * A table of them, the most frequent first; empty if no row has a state.
     *
     * @param quarantined parts of the run with rejected rows
     */
    List<String> lines(String source, RunId run, List<PartId> quarantined) {
        readMapping(source, run);
        int part = 1;
        while (read(new PartId(source, run, StreamName.ORDERS, part).rawKey(), this::addMapped)) {
            part++;
        }
        quarantined.stream()
                .filter(rejected -> rejected.stream() == StreamName.ORDERS)
                .forEach(rejected -> read(rejected.quarantineKey(), this::addUnmapped));
        if (states.isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable(List.of("state", "mapped to", "rows"), Set.of("rows"));
        states.values().stream()
                .sorted(
                        Comparator.comparingLong((State state) -> -state.rows)
                                .thenComparing(state -> state.text))
                .limit(MOST_STATES)
                .forEach(
                        state ->
                                table.add(
                                        Printable.text(state.text),
                                        state.status,
                                        TextTable.number(state.rows)));
        List<String> lines = new ArrayList<>(table.lines("  "));
        if (states.size() > MOST_STATES) {
            lines.add("  and more");
        }
        return lines;
    }

    private void readMapping(String source, RunId run) {
        for (OrderStatus status : OrderStatus.values()) {
            statuses.put(status.canonicalName(), status.canonicalName());
        }
        lake.read(RunKeys.plan(source, run))
                .map(json -> RunJson.read(json, RunPlan.class))
                .ifPresent(
                        plan ->
                                plan.format()
                                        .statuses()
                                        .forEach(
                                                (state, status) ->
                                                        statuses.put(folded(state), status)));
    }

    /** Reads an object; returns false if there is none. */
    private boolean read(String key, Consumer<NamedCsvRecord> each) {
        try (Content content = lake.open(key).orElse(null)) {
            if (content == null) {
                return false;
            }
            try (CsvReader<NamedCsvRecord> rows =
                    CsvReader.builder()
                            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .ofNamedCsvRecord(
                                    new InputStreamReader(
                                            content.body(), StandardCharsets.UTF_8))) {
                rows.forEach(each);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(key, e);
        }
    }

    private void addMapped(NamedCsvRecord row) {
        // The values of a broken row may be in the wrong columns.
        if (!value(row, StreamSchema.DEFECT).isEmpty()) {
            return;
        }
        String state = RawText.comparable(value(row, STATUS));
        String status = statuses.get(folded(state));
        if (status != null) {
            add(state, status);
        }
    }

    private void addUnmapped(NamedCsvRecord row) {
        if (value(row, "rule").equals(UNKNOWN_RULE)) {
            add(value(row, STATUS), UNMAPPED);
        }
    }

    private void add(String state, String status) {
        String id = folded(state) + '\n' + status;
        if (states.size() < MAX_STATES || states.containsKey(id)) {
            states.computeIfAbsent(id, unused -> new State(state, status)).rows++;
        }
    }

    private static String value(NamedCsvRecord row, String column) {
        return row.findField(column).orElse("");
    }

    /** States are compared without case. */
    private static String folded(String state) {
        return state.strip().toLowerCase(Locale.ROOT);
    }
}
