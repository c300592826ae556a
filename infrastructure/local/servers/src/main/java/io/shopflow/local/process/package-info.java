/** Waiting for processes. */
@org.jspecify.annotations.NullMarked
package io.shopflow.local.process;
