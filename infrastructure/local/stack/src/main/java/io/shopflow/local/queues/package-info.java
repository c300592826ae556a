/**
 * The queues between the functions, and what Lambda does to join them: an event source mapping
 * reads a queue and invokes a function. The entry point is {@link
 * io.shopflow.local.queues.EventSourceMapping}.
 */
@NullMarked
package io.shopflow.local.queues;

import org.jspecify.annotations.NullMarked;
