package io.shopflow.extract.configuration;

import io.shopflow.extract.files.FileMapping;
import io.shopflow.extract.woocommerce.WooCommerceSettings;

/** A source's configuration, by kind. */
public sealed interface SourceConfiguration {

    /** Changes whenever the result for the source's rows may change. */
    String hash();

    /** {@code kind: files}. */
    record Files(FileMapping mapping, String hash) implements SourceConfiguration {}

    /** {@code kind: woocommerce}. */
    record WooCommerce(WooCommerceSettings settings, String hash) implements SourceConfiguration {}
}
