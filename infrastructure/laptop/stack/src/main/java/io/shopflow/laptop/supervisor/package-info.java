/**
 * The stack as a whole: starts its parts in order, restarts processes that die, and stops all of
 * them. The entry point is {@link io.shopflow.laptop.supervisor.Stack}.
 */
@NullMarked
package io.shopflow.laptop.supervisor;

import org.jspecify.annotations.NullMarked;
