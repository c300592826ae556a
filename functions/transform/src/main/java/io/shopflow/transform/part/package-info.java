/**
 * Turns one raw part into a clean one: {@link io.shopflow.transform.part.TransformPart}.
 *
 * <p>One pass reads the part from the store, types each row, and writes clean and rejected rows to
 * temporary files. Meanwhile it notes the newest row of each id; if there are older ones, a copy of
 * the clean file leaves them out. Memory does not grow with the part: beyond some hundred thousand
 * ids the notes go to temporary files too. A row that is rejected takes no part in the choice of
 * the newest: the newest one that can be loaded is.
 *
 * <p>Nothing is written to the store before the part was read to its end and found to be what
 * extract wrote (row count and SHA-256, where its metadata tell). Quarantine and report come first,
 * the clean part last, since its event starts the load.
 */
package io.shopflow.transform.part;
