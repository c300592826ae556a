package io.shopflow.core.lake;

import java.util.Map;

/**
 * The user metadata of parts, which the next function needs without reading the rows. One put
 * writes the part with its counts, so they always match.
 */
public final class PartMetadata {

    /** Raw: rows without header. */
    public static final String ROWS = "rows";

    /** Raw and clean: SHA-256 of the object, hexadecimal. */
    public static final String SHA256 = "sha256";

    /**
     * Raw: fraction of the stream's source that was read with this part, 0 to 1; may be missing.
     */
    public static final String PROGRESS = "progress";

    /** Clean: number of kinds of warnings in the part's report; may be missing. */
    public static final String WARNINGS = "warnings";

    /**
     * Clean: {@code true} if the rows are of a snapshot of the stream, and replace those of earlier
     * runs, even newer versions; may be missing.
     */
    public static final String SNAPSHOT = "snapshot";

    /** Ids of a source: the run that read them. */
    public static final String RUN_ID = "run-id";

    private PartMetadata() {}

    /** Whether the metadata are of a part of a snapshot. */
    public static boolean isOfSnapshot(Map<String, String> metadata) {
        return Boolean.parseBoolean(metadata.get(SNAPSHOT));
    }

    /**
     * The counts of a clean part: {@code extracted = clean + duplicate + quarantined}.
     *
     * @param extracted rows of the raw part
     * @param clean rows of the clean part
     * @param duplicate rows left out because the part has a newer version of the same key
     * @param quarantined rows rejected
     */
    public record CleanCounts(long extracted, long clean, long duplicate, long quarantined) {

        /** Checks that the counts balance. */
        public CleanCounts {
            if (extracted != clean + duplicate + quarantined) {
                throw new IllegalArgumentException(
                        "%d rows extracted, but %d clean + %d duplicate + %d quarantined"
                                .formatted(extracted, clean, duplicate, quarantined));
            }
        }

        /** As metadata, with the id of the pseudonym key in use. */
        public Map<String, String> toMetadata(String pseudonymKeyId) {
            return Map.of(
                    "extracted", Long.toString(extracted),
                    "clean", Long.toString(clean),
                    "duplicate", Long.toString(duplicate),
                    "quarantined", Long.toString(quarantined),
                    "pseudonym-key-id", pseudonymKeyId);
        }

        /**
         * Reads {@link #toMetadata}; throws {@link IllegalArgumentException} naming the entry that
         * is missing.
         */
        public static CleanCounts ofMetadata(Map<String, String> metadata) {
            return new CleanCounts(
                    count(metadata, "extracted"),
                    count(metadata, "clean"),
                    count(metadata, "duplicate"),
                    count(metadata, "quarantined"));
        }

        private static long count(Map<String, String> metadata, String name) {
            String value = metadata.get(name);
            if (value == null) {
                throw new IllegalArgumentException("the clean part has no metadata '" + name + "'");
            }
            return Long.parseLong(value);
        }
    }
}
