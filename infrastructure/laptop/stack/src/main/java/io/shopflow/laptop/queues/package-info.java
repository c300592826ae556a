/**
 * The queues between the functions, and Lambda's event source mapping, which reads a queue and
 * invokes a function. The entry point is {@link io.shopflow.laptop.queues.EventSourceMapping}.
 */
@NullMarked
package io.shopflow.laptop.queues;

import org.jspecify.annotations.NullMarked;
