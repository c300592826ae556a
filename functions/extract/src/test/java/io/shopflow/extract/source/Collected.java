package io.shopflow.extract.source;

import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** Collects a scan's rows in memory, with an action at each checkpoint. */
public class Collected implements RowSink {

    private final Map<StreamName, List<Map<String, String>>> rows = new EnumMap<>(StreamName.class);
    public final List<byte[]> archive = new ArrayList<>();
    public final List<String> cursors = new ArrayList<>();
    public final List<Double> progress = new ArrayList<>();
    private IntPredicate atCheckpoint = number -> true;

    /** The action gets the checkpoint's number, from 1, and returns whether to continue. */
    public Collected atCheckpoint(IntPredicate action) {
        atCheckpoint = action;
        return this;
    }

    @Override
    public void row(StreamName stream, String[] values) {
        List<String> header = StreamSchema.of(stream).rawHeader();
        if (values.length != header.size()) {
            throw new IllegalArgumentException("not a row of " + stream);
        }
        Map<String, String> row = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            row.put(header.get(i), values[i]);
        }
        rows.computeIfAbsent(stream, key -> new ArrayList<>()).add(row);
    }

    @Override
    public String archive(StreamName stream, byte[] payload) {
        archive.add(payload.clone());
        return "archive/" + stream.canonicalName() + "/" + archive.size();
    }

    @Override
    public void seen(StreamName stream, String[] values) {
        throw new AssertionError("a shop has no ids to compare");
    }

    @Override
    public void leftOut(StreamName stream, String id) {}

    @Override
    public GoneIds leftOut(StreamName stream) {
        return GoneIds.NONE;
    }

    @Override
    public void hasAllRows(StreamName stream) {}

    @Override
    public boolean failedBy(StreamName stream, String rule) {
        return false;
    }

    @Override
    public RepeatedIds repeated(StreamName stream) {
        return RepeatedIds.NONE;
    }

    @Override
    public GoneIds gone(StreamName stream) {
        return GoneIds.NONE;
    }

    @Override
    public void storeIds(StreamName stream, boolean withGone, boolean withLeftOut) {}

    @Override
    public boolean checkpoint(String cursor, double done) {
        cursors.add(cursor);
        progress.add(done);
        return atCheckpoint.test(cursors.size());
    }

    /** Adds a row that another collected. */
    public void add(StreamName stream, Map<String, String> row) {
        rows.computeIfAbsent(stream, key -> new ArrayList<>()).add(row);
    }

    public List<Map<String, String>> rows(StreamName stream) {
        return rows.getOrDefault(stream, List.of());
    }

    /** Newest version of each row, by id, like in a warehouse. */
    public Map<String, Map<String, String>> newest(StreamName stream) {
        return newest(stream, UnaryOperator.identity());
    }

    public Map<String, Map<String, String>> newest(
            StreamName stream, UnaryOperator<Map<String, String>> shape) {
        Map<String, Map<String, String>> newest = new TreeMap<>();
        for (Map<String, String> row : rows(stream)) {
            newest.merge(
                    row.get("id"),
                    shape.apply(row),
                    (old, later) ->
                            later.getOrDefault("updated_at", "")
                                                    .compareTo(old.getOrDefault("updated_at", ""))
                                            < 0
                                    ? old
                                    : later);
        }
        return newest;
    }

    public List<String> ids(StreamName stream) {
        return rows(stream).stream().map(row -> row.get("id")).toList();
    }
}
