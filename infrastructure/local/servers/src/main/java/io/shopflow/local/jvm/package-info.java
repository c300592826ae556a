/** How JVMs that the stack starts are made to start fast. */
package io.shopflow.local.jvm;
