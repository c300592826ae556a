/**
 * Runs packaged functions like Lambda: each execution environment is a child process with its own
 * Runtime API. The entry point is {@link io.shopflow.laptop.runtime.LocalFunction}.
 */
@NullMarked
package io.shopflow.laptop.runtime;

import org.jspecify.annotations.NullMarked;
