/**
 * Turns personal data into tokens and postcode areas. Nothing else of a private field is ever
 * written.
 */
package io.shopflow.transform.privacy;
