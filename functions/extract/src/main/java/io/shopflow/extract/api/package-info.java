/**
 * What connectors of HTTP APIs share. {@link io.shopflow.extract.api.ApiClient} sends requests;
 * {@link io.shopflow.extract.api.KeysetScan} and {@link io.shopflow.extract.api.IdScan} read a list
 * so that no row is lost or duplicated while it changes. A connector describes its lists ({@link
 * io.shopflow.extract.api.KeysetList}, {@link io.shopflow.extract.api.IdList}), maps their objects
 * ({@link io.shopflow.extract.api.ObjectMapping}) and explains errors ({@link
 * io.shopflow.extract.api.ErrorAdvice}).
 */
package io.shopflow.extract.api;
