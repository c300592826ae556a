/**
 * The YAML file that describes a source: {@link
 * io.shopflow.extract.configuration.SourceConfigurationParser} reads it, and names the line of
 * every mistake.
 */
package io.shopflow.extract.configuration;
