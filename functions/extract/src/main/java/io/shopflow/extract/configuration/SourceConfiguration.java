package io.shopflow.extract.configuration;

import io.shopflow.extract.files.FileMapping;
import io.shopflow.extract.woocommerce.WooCommerceSettings;

/** A source's configuration, by kind. */
public sealed interface SourceConfiguration {

    /** {@code kind: files}. */
    record Files(FileMapping mapping) implements SourceConfiguration {}

    /** {@code kind: woocommerce}. */
    record WooCommerce(WooCommerceSettings settings) implements SourceConfiguration {}
}
