/** How messages and pages write numbers of things; {@link io.shopflow.core.text.Counted}. */
package io.shopflow.core.text;
