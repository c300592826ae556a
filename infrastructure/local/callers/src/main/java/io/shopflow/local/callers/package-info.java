/**
 * Access control of the servers on a laptop. The entry points are {@link
 * io.shopflow.local.callers.Callers} and {@link io.shopflow.local.callers.Signature}.
 */
@NullMarked
package io.shopflow.local.callers;

import org.jspecify.annotations.NullMarked;
