package io.shopflow.load.warehouse;

/**
 * The counts of a merge.
 *
 * @param inserted new rows, and completed inferred members
 * @param updated rows that changed existing ones
 */
record MergeCounts(long inserted, long updated) {}
