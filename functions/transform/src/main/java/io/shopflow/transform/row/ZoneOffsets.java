package io.shopflow.transform.row;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** The offsets of a time zone, cached by day: the rows of a part have few different days. */
final class ZoneOffsets {

    private static final long DAY_SECONDS = 86_400L;
    private static final int MAX_DAYS = 4096;

    /** In place of the offset of a day on which the zone changes it. */
    private static final int CHANGES = Integer.MIN_VALUE;

    private final ZoneRules rules;
    private final Map<Long, Integer> byLocalDay = new HashMap<>();
    private final Map<Long, Integer> byUtcDay = new HashMap<>();
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
        int offset =
                offset(
                        byLocalDay,
                        Math.floorDiv(localSecond, DAY_SECONDS),
                        day -> {
                            LocalDateTime start = LocalDate.ofEpochDay(day).atStartOfDay();
                            return start.toInstant(rules.getOffset(start));
                        });
        if (offset != CHANGES) {
            return localSecond - offset;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC);
        skipped = rules.getValidOffsets(time).isEmpty();
        return localSecond - rules.getOffset(time).getTotalSeconds();
    }

    /** Whether the zone skips the local time of the last call. */
    boolean skipped() {
        return skipped;
    }

    /** The local date at an instant, as days from 1970-01-01. */
    long localDay(long epochSecond) {
        int offset =
                offset(
                        byUtcDay,
                        Math.floorDiv(epochSecond, DAY_SECONDS),
                        day -> Instant.ofEpochSecond(day * DAY_SECONDS));
        if (offset == CHANGES) {
            offset = rules.getOffset(Instant.ofEpochSecond(epochSecond)).getTotalSeconds();
        }
        return Math.floorDiv(epochSecond + offset, DAY_SECONDS);
    }

    private int offset(Map<Long, Integer> days, long day, LongFunction<Instant> startOfDay) {
        Integer known = days.get(day);
        if (known == null) {
            if (days.size() == MAX_DAYS) {
                days.clear();
            }
            known = offset(startOfDay.apply(day));
            days.put(day, known);
        }
        return known;
    }

    /** The offset of the 24 hours from an instant; {@link #CHANGES} if there is none. */
    private int offset(Instant start) {
        ZoneOffsetTransition next = rules.nextTransition(start.minusNanos(1));
        return next == null || next.toEpochSecond() >= start.getEpochSecond() + DAY_SECONDS
                ? rules.getOffset(start).getTotalSeconds()
                : CHANGES;
    }
}
