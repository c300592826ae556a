/**
 * What the responses of the API have in common; {@link io.shopflow.dashboard.api.Answers} builds
 * them. Each capability has its own resources.
 */
package io.shopflow.dashboard.api;
