package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;

/** Estimated memory of a run's look-ups, and its limits. */
final class LookupMemory {

    /** Rule of the problem for exceeding the limit. */
    static final String RULE = "lookup_too_large";

    /**
     * Limit for all look-ups of a run together: about a million rows of a key and a short value.
     */
    static final long MAX_BYTES = 192L << 20;

    /** Limit for the ids of one stream whose rows may repeat them, or be counted: about 750,000. */
    static final long MAX_REPEATED_BYTES = 128L << 20;

    /** Limit for the ids of orders that are left out: about 380,000. */
    static final long MAX_LEFT_OUT_BYTES = 64L << 20;

    private static final int BYTES_PER_KEY = 156;
    private static final int BYTES_PER_ARRAY = 24;
    private static final int BYTES_PER_CHARACTER = 2;

    private final long limit;
    private final String advice;
    private long taken;

    LookupMemory(long limit, String advice) {
        this.limit = limit;
        this.advice = advice;
    }

    static LookupMemory ofLookups() {
        return new LookupMemory(
                MAX_BYTES,
                "Join the files before they are read, or leave out rows that nothing looks up");
    }

    static LookupMemory ofRepeatedIds() {
        return new LookupMemory(
                MAX_REPEATED_BYTES,
                "Leave 'repeated_ids' out, or take the repeated rows out of the file");
    }

    static LookupMemory ofNumbers() {
        return new LookupMemory(
                MAX_REPEATED_BYTES, "Split the file, or map an id that the file has itself");
    }

    static LookupMemory ofLeftOutOrders() {
        return new LookupMemory(MAX_LEFT_OUT_BYTES, "Leave their rows out of the files");
    }

    /** Counts the memory of a key and its row. */
    void take(String key, byte[] row) throws FileProblemException {
        taken += BYTES_PER_ARRAY + row.length;
        take(key);
    }

    /** Counts the memory of a key. */
    void take(String key) throws FileProblemException {
        taken += BYTES_PER_KEY + (long) BYTES_PER_CHARACTER * key.length();
        if (taken > limit) {
            throw new FileProblemException(
                    Problem.of(
                            RULE,
                            "What rows are compared with does not fit into %d MiB of memory. %s."
                                    .formatted(limit >> 20, advice)));
        }
    }
}
