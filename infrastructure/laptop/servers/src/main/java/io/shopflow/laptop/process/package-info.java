/** Waiting for processes. */
@org.jspecify.annotations.NullMarked
package io.shopflow.laptop.process;
