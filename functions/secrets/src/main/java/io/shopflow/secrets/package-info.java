/**
 * Secrets by reference: settings name a secret of AWS Secrets Manager, and {@link
 * io.shopflow.secrets.Secrets} reads it. {@link io.shopflow.secrets.DatabaseLogin} provides the
 * login of datasources.
 */
package io.shopflow.secrets;
