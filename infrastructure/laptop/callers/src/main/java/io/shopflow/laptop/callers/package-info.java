/**
 * Access control of the servers on a laptop. The entry points are {@link
 * io.shopflow.laptop.callers.Callers} and {@link io.shopflow.laptop.callers.Signature}.
 */
@NullMarked
package io.shopflow.laptop.callers;

import org.jspecify.annotations.NullMarked;
