package io.shopflow.laptop.checks;

import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong in the warehouse or in the data lake.
 *
 * @param rule short stable name
 * @param source empty if it concerns all
 * @param relation table, view or kind of object
 * @param rows how many rows or objects
 * @param example one of them; never a person's data
 * @param meaning what it means for the figures
 * @param repair what repairs it
 */
public record CheckFinding(
        String rule,
        String source,
        String relation,
        long rows,
        @Nullable String example,
        String meaning,
        String repair) {}
