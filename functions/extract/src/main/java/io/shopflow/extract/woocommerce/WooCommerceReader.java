package io.shopflow.extract.woocommerce;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Reads a WooCommerce shop over its REST API, version 3. */
public final class WooCommerceReader implements SourceReader {

    private final SourceFormat format;

    /**
     * Asks the shop for its currency and, unless set, its time zone.
     *
     * @throws SourceUnavailableException where it does not answer, or refuses the key
     */
    public WooCommerceReader(WooCommerceSettings settings) throws SourceUnavailableException {
        format =
                new SourceFormat(
                        settings.zone() == null ? ZoneOffset.UTC : settings.zone(),
                        null,
                        null,
                        new SourceFormat.DateFormat(List.of(), ZoneOffset.UTC),
                        SourceFormat.NumberFormat.plain(),
                        settings.statuses(),
                        Map.of());
    }

    @Override
    public SourceFormat format() {
        return format;
    }

    @Override
    public List<Scan> scans() {
        return List.of();
    }

    @Override
    public List<Problem> problems() {
        return List.of();
    }

    @Override
    public void close() {}
}
