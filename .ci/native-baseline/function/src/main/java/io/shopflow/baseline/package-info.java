/** The function that the others are compared with. */
package io.shopflow.baseline;
