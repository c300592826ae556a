/**
 * The calls that the servers on a laptop receive: which callers are permitted, and which calls they
 * made. The entry points are {@link io.shopflow.laptop.callers.LoopbackServer} and {@link
 * io.shopflow.laptop.callers.Callers}.
 */
@NullMarked
package io.shopflow.laptop.callers;

import org.jspecify.annotations.NullMarked;
