package io.shopflow.extract.woocommerce;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.extract.api.HostLimits;
import io.shopflow.extract.source.ConfiguredSource;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;

/** A WooCommerce shop. */
public record WooCommerceSource(WooCommerceSettings settings, HostLimits hosts)
        implements ConfiguredSource {

    @Override
    public SourceReader open(ExtractRequest request) throws SourceUnavailableException {
        return new WooCommerceReader(settings, hosts);
    }
}
