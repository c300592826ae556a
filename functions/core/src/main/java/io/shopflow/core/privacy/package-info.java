/**
 * Pseudonyms, and the search for what identifies people in text: the extract searches what its
 * messages quote, the transform all that passes it.
 */
package io.shopflow.core.privacy;
