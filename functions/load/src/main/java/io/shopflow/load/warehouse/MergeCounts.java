package io.shopflow.load.warehouse;

/**
 * What a merge did.
 *
 * @param inserted rows that were new; completed inferred members are
 * @param updated rows that changed what was there
 */
record MergeCounts(long inserted, long updated) {}
