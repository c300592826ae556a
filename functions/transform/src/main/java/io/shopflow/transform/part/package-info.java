/**
 * Turns one raw part into a clean one: {@link io.shopflow.transform.part.TransformPart}.
 *
 * <p>One pass reads the part from the store, types each row, and writes clean and rejected rows to
 * temporary files. Meanwhile it records the newest row of each id; if there are older ones, a copy
 * of the clean file leaves them out. Memory does not grow with the part: beyond some hundred
 * thousand ids the records also go to temporary files. Rejected rows do not count: the newest row
 * is the newest one that can be loaded.
 *
 * <p>Nothing is written to the store before the part was read to its end and verified (row count
 * and SHA-256, if its metadata have them). Quarantine and report are written first, the clean part
 * last, since its event starts the load.
 */
package io.shopflow.transform.part;
