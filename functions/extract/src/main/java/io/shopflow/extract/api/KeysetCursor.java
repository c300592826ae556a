package io.shopflow.extract.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link KeysetScan} continues.
 *
 * @param position of the next page
 * @param pageSize rows per page when it was written
 * @param settled number of rows before the position, by their time when read
 * @param emitted number of rows of the primary stream that the run has read
 * @param newest time of the newest row read
 * @param start of the run's window
 * @param remember for the next run; null: nothing
 */
record KeysetCursor(
        KeysetPages.Position position,
        int pageSize,
        long settled,
        long emitted,
        Instant newest,
        Instant start,
        @Nullable String remember) {

    private static final String VERSION = "2";
    private static final int FIELDS = 10;

    /** Before the first row of a window. */
    static KeysetCursor beginning(Instant start, int pageSize, @Nullable String remember) {
        return new KeysetCursor(
                KeysetPages.Position.after(start), pageSize, 0, 0, start, start, remember);
    }

    static KeysetCursor parse(String text) {
        String[] fields = text.split(";", -1);
        if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
            throw new IllegalArgumentException("not a cursor of this version: " + text);
        }
        return new KeysetCursor(
                new KeysetPages.Position(
                        instant(fields[1]), Integer.parseInt(fields[2]), Long.parseLong(fields[3])),
                Integer.parseInt(fields[4]),
                Long.parseLong(fields[5]),
                Long.parseLong(fields[6]),
                instant(fields[7]),
                instant(fields[8]),
                fields[9].isEmpty() ? null : fields[9]);
    }

    /** The position for pages of this size: page numbers of another size are invalid. */
    KeysetPages.Position position(int size) {
        return size == pageSize ? position : KeysetPages.Position.after(position.from());
    }

    String text() {
        return "%s;%d;%d;%d;%d;%d;%d;%d;%d;%s"
                .formatted(
                        VERSION,
                        position.from().getEpochSecond(),
                        position.page(),
                        position.total(),
                        pageSize,
                        settled,
                        emitted,
                        newest.getEpochSecond(),
                        start.getEpochSecond(),
                        remember == null ? "" : remember);
    }

    private static Instant instant(String second) {
        return Instant.ofEpochSecond(Long.parseLong(second));
    }
}
