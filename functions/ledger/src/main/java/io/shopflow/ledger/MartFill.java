package io.shopflow.ledger;

/**
 * How far the figures of a new source are filled.
 *
 * @param filled marts that are filled
 * @param total marts to fill
 */
public record MartFill(int filled, int total) {}
