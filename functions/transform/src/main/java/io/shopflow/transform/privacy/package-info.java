/**
 * What becomes of personal data: tokens and postcode areas. Nothing else of a private field is ever
 * written.
 */
package io.shopflow.transform.privacy;
