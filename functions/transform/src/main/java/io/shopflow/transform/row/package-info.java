/**
 * Types one raw row, or returns the reason for its rejection: {@link
 * io.shopflow.transform.row.RowCleaner}.
 *
 * <p>The policy for bad values:
 *
 * <ul>
 *   <li>A row is rejected as a whole, with the first rule that it breaks, even if only an optional
 *       field cannot be read. Nothing is guessed or silently left out.
 *   <li>A local time that the zone skips or repeats when clocks change is read with the offset
 *       before the change, so a time in the gap becomes the one after it and a repeated one the
 *       earlier. Shops store such times, and the sale must not be lost; the report counts times in
 *       a gap. A date that does not exist, such as 30 February, is rejected.
 *   <li>A malformed e-mail address, telephone number or postcode does not reject the row, since
 *       none of them is kept: the first two are hashed as they are, the last becomes null. The
 *       report counts them.
 *   <li>Text is trimmed, and control characters in it (line breaks too) become spaces: a clean
 *       record is one line, and PostgreSQL has no U+0000. E-mail addresses and telephone numbers
 *       within text are masked and counted.
 * </ul>
 */
package io.shopflow.transform.row;
