/** Applying a clean part. Begin with {@link io.shopflow.load.part.LoadPart}. */
package io.shopflow.load.part;
