/**
 * What becomes of personal data: tokens, postcode areas, masks. Nothing else of a private field is
 * ever written.
 */
package io.shopflow.transform.privacy;
