package io.shopflow.transform.row;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** Formats instants and dates for clean files. Days repeat, so their text is cached. */
final class TimestampFormatter {

    private static final long MICROS = 1_000_000L;
    private static final int MAX_DAYS = 4096;

    private final Map<Long, String> days = new HashMap<>();
    private final char[] time = "T00:00:00Z".toCharArray();

    /** {@code 2026-01-31T12:00:00Z}, with a fraction only if there is one. */
    String instant(long epochMicros) {
        long second = Math.floorDiv(epochMicros, MICROS);
        long micros = Math.floorMod(epochMicros, MICROS);
        if (micros != 0) {
            return Instant.ofEpochSecond(second, micros * 1000).toString();
        }
        int ofDay = (int) Math.floorMod(second, 86_400L);
        digits(1, ofDay / 3600);
        digits(4, ofDay / 60 % 60);
        digits(7, ofDay % 60);
        return date(Math.floorDiv(second, 86_400L)).concat(new String(time));
    }

    /** {@code 2026-01-31}. */
    String date(long epochDay) {
        String known = days.get(epochDay);
        if (known != null) {
            return known;
        }
        if (days.size() == MAX_DAYS) {
            days.clear();
        }
        String text = LocalDate.ofEpochDay(epochDay).toString();
        days.put(epochDay, text);
        return text;
    }

    private void digits(int index, int value) {
        time[index] = (char) ('0' + value / 10);
        time[index + 1] = (char) ('0' + value % 10);
    }
}
