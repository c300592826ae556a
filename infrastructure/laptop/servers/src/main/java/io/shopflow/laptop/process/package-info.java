/**
 * Child processes: how they are started, watched and stopped. The entry point is {@link
 * io.shopflow.laptop.process.ChildProcess}.
 */
@org.jspecify.annotations.NullMarked
package io.shopflow.laptop.process;
