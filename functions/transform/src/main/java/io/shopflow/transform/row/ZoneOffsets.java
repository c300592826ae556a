package io.shopflow.transform.row;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Caches the offsets of a time zone between its changes: a part's rows need few of them. */
final class ZoneOffsets {

    private final ZoneRules rules;
    private final Periods local = new Periods();
    private final Periods instants = new Periods();
    private boolean skipped;

    ZoneOffsets(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /**
     * The epoch second of a local time, given as seconds from 1970-01-01T00:00 on the local clock.
     * A time that the zone skips or repeats is read with the offset before the change.
     */
    long epochSecond(long localSecond) {
        skipped = false;
        if (local.find(localSecond)) {
            return localSecond - local.offset();
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC);
        List<ZoneOffset> valid = rules.getValidOffsets(time);
        if (valid.size() == 1) {
            int offset = valid.get(0).getTotalSeconds();
            remember(Instant.ofEpochSecond(localSecond - offset), offset);
            return localSecond - offset;
        }
        skipped = valid.isEmpty();
        ZoneOffsetTransition change = Objects.requireNonNull(rules.getTransition(time));
        return localSecond - change.getOffsetBefore().getTotalSeconds();
    }

    /** Whether the zone skips the local time of the last call. */
    boolean skipped() {
        return skipped;
    }

    /** The local date at an instant, as days from 1970-01-01. */
    long localDay(long epochSecond) {
        if (!instants.find(epochSecond)) {
            Instant instant = Instant.ofEpochSecond(epochSecond);
            remember(instant, rules.getOffset(instant).getTotalSeconds());
            instants.find(epochSecond);
        }
        return Math.floorDiv(epochSecond + instants.offset(), 86_400L);
    }

    private void remember(Instant instant, int offset) {
        ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
        ZoneOffsetTransition after = rules.nextTransition(instant);
        instants.add(
                before == null ? Long.MIN_VALUE : before.toEpochSecond(),
                after == null ? Long.MAX_VALUE : after.toEpochSecond(),
                offset);
        local.add(
                before == null ? Long.MIN_VALUE : latest(before),
                after == null ? Long.MAX_VALUE : earliest(after),
                offset);
    }

    private static long latest(ZoneOffsetTransition change) {
        return Math.max(
                localSecond(change.getDateTimeBefore()), localSecond(change.getDateTimeAfter()));
    }

    private static long earliest(ZoneOffsetTransition change) {
        return Math.min(
                localSecond(change.getDateTimeBefore()), localSecond(change.getDateTimeAfter()));
    }

    private static long localSecond(@Nullable LocalDateTime time) {
        return Objects.requireNonNull(time).toEpochSecond(ZoneOffset.UTC);
    }

    /** Half-open periods with one offset each; the last one found is checked first. */
    private static final class Periods {
        private static final int CAPACITY = 32;

        private final long[] from = new long[CAPACITY];
        private final long[] to = new long[CAPACITY];
        private final int[] offsets = new int[CAPACITY];
        private int count;
        private int next;
        private int found;

        boolean find(long second) {
            if (count > 0 && second >= from[found] && second < to[found]) {
                return true;
            }
            for (int i = 0; i < count; i++) {
                if (second >= from[i] && second < to[i]) {
                    found = i;
                    return true;
                }
            }
            return false;
        }

        int offset() {
            return offsets[found];
        }

        void add(long start, long end, int offset) {
            from[next] = start;
            to[next] = end;
            offsets[next] = offset;
            next = (next + 1) % CAPACITY;
            count = Math.min(count + 1, CAPACITY);
        }
    }
}
