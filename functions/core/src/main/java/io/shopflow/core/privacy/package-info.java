/**
 * Pseudonyms, and the search for personal data in text: extract searches the texts that its
 * messages quote, transform everything that it writes.
 */
package io.shopflow.core.privacy;
