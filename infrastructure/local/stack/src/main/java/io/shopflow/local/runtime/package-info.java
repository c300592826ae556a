/**
 * Runs packaged functions as Lambda does: each execution environment is a child process in front of
 * a Runtime API of its own. The entry point is {@link io.shopflow.local.runtime.LocalFunction}.
 */
@NullMarked
package io.shopflow.local.runtime;

import org.jspecify.annotations.NullMarked;
