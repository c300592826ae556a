/**
 * Runs packaged functions like Lambda: each execution environment is a child process with its own
 * Runtime API. The entry point is {@link io.shopflow.local.runtime.LocalFunction}.
 */
@NullMarked
package io.shopflow.local.runtime;

import org.jspecify.annotations.NullMarked;
