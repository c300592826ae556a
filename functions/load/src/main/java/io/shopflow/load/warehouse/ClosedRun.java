package io.shopflow.load.warehouse;

/**
 * A run that was closed.
 *
 * @param window whether it read a window of days only, which says nothing of the source's freshness
 */
public record ClosedRun(RunStatus status, boolean window) {}
