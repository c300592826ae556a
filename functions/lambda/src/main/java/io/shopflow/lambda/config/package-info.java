/**
 * Bounds of settings, checked when a function starts: the message names the setting and its value.
 */
package io.shopflow.lambda.config;
