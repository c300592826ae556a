/**
 * Types one raw row, or says why it is rejected: {@link io.shopflow.transform.row.RowCleaner}.
 *
 * <p>The policy for bad values:
 *
 * <ul>
 *   <li>A row is rejected whole, with the first rule that it breaks; also where an optional field
 *       cannot be read. Nothing is guessed and nothing is left out silently.
 *   <li>A local time that the zone skips or repeats when clocks change is read with the offset
 *       before the change, so a time in the gap becomes the one after it and a repeated one the
 *       earlier. Shops store such times, and a sale is not lost for it; the report counts those in
 *       a gap. A date that no calendar has, such as 30 February, is rejected.
 *   <li>An e-mail address, telephone number or postcode that looks wrong rejects nothing, since
 *       none of them is kept: the first two are hashed as they are, the last becomes null. The
 *       report counts them.
 *   <li>Text is trimmed, and control characters in it (line breaks too) become spaces: a clean
 *       record is one line, and PostgreSQL has no U+0000. E-mail addresses and telephone numbers
 *       within text are masked and counted.
 * </ul>
 */
package io.shopflow.transform.row;
