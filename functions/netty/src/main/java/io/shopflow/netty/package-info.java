/** Substitutions in native images. */
package io.shopflow.netty;
