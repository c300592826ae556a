/**
 * What the answers of the API have in common; {@link io.shopflow.dashboard.api.Answers} makes them.
 * Each capability has its own resources.
 */
package io.shopflow.dashboard.api;
