/** Substitutions of Netty's code in native images. */
package io.shopflow.netty;
