package io.shopflow.load.warehouse;

/**
 * The counts of a merge.
 *
 * @param inserted new rows, and completed inferred members
 * @param updated rows that changed existing ones
 * @param older rows that changed nothing, although they differ from what an earlier run read,
 *     because their {@code updated_at} is older
 */
record MergeCounts(long inserted, long updated, long older) {}
