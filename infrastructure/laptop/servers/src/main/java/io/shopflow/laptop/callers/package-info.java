/**
 * The calls that the servers on a laptop receive: who may call, and who called what. The entry
 * points are {@link io.shopflow.laptop.callers.LoopbackServer} and {@link
 * io.shopflow.laptop.callers.Callers}.
 */
@NullMarked
package io.shopflow.laptop.callers;

import org.jspecify.annotations.NullMarked;
