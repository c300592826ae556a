package io.shopflow.extract.files;

import org.jspecify.annotations.Nullable;

/**
 * Where a scan is.
 *
 * @param rows number of rows read
 * @param mark fingerprint of the versions of the files
 */
record ScanCursor(long rows, String mark) {

    static ScanCursor of(@Nullable String text) {
        if (text == null) {
            return new ScanCursor(0, "");
        }
        int separator = text.indexOf('@');
        return new ScanCursor(
                Long.parseLong(text.substring(0, separator)), text.substring(separator + 1));
    }

    @Override
    public String toString() {
        return rows + "@" + mark;
    }
}
