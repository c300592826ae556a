package io.shopflow.dashboard.explore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a view, and the places where the pages beside them begin.
 *
 * @param previous null on the first page
 * @param next null on the last page
 */
record RowPage(List<List<@Nullable String>> rows, @Nullable Cut previous, @Nullable Cut next) {}
