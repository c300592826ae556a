package io.shopflow.extract.configuration;

import io.shopflow.extract.source.ConfiguredSource;

/**
 * A source's configuration.
 *
 * @param hash changes whenever the result for the source's rows may change
 */
public record SourceConfiguration(ConfiguredSource source, String hash) {}
