/**
 * The stack as a whole: starts its parts in order, starts again what dies, and stops all of it. The
 * entry point is {@link io.shopflow.local.supervisor.Stack}.
 */
@NullMarked
package io.shopflow.local.supervisor;

import org.jspecify.annotations.NullMarked;
