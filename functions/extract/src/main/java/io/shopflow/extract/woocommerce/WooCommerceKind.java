package io.shopflow.extract.woocommerce;

import io.shopflow.extract.api.HostLimits;
import io.shopflow.extract.source.ConfiguredSource;
import io.shopflow.extract.source.SourceKind;
import io.shopflow.extract.yaml.FormatParser;
import io.shopflow.extract.yaml.YamlObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sources of kind {@code woocommerce}. */
public final class WooCommerceKind implements SourceKind {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private static final List<String> KEYS =
            List.of(
                    "kind",
                    "url",
                    "key",
                    "secret",
                    "zone",
                    "overlap",
                    "page_size",
                    "timeout",
                    "statuses");

    private final HostLimits hosts;

    /** Reads shops within these limits. */
    public WooCommerceKind(HostLimits hosts) {
        this.hosts = hosts;
    }

    @Override
    public String name() {
        return "woocommerce";
    }

    @Override
    public Set<String> keysWithoutEffectOnRows() {
        return Set.of("key", "secret", "overlap", "page_size", "timeout");
    }

    @Override
    public Optional<ConfiguredSource> parse(String source, String file, YamlObject root) {
        return settings(root).map(settings -> new WooCommerceSource(settings, hosts));
    }

    private static Optional<WooCommerceSettings> settings(YamlObject root) {
        root.allow(KEYS);
        Optional<String> url = root.requiredResolved("url", "https://shop.example");
        Optional<String> key = root.requiredResolved("key", "${SHOPFLOW_SHOP_KEY}");
        Optional<String> secret = root.requiredResolved("secret", "${SHOPFLOW_SHOP_SECRET}");
        Optional<ZoneId> zone = FormatParser.zone(root, "zone");
        Duration overlap = root.duration("overlap", WooCommerceSettings.DEFAULT_OVERLAP);
        Duration timeout = root.duration("timeout", DEFAULT_TIMEOUT);
        int most = WooCommerceSettings.MAX_PAGE_SIZE;
        int pageSize = root.integer("page_size", 1, most, most);
        Map<String, String> statuses = FormatParser.statuses(root);
        if (url.isEmpty() || key.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new WooCommerceSettings(
                            address(url.get()),
                            key.get(),
                            secret.get(),
                            zone.orElse(null),
                            overlap,
                            pageSize,
                            timeout,
                            statuses));
        } catch (IllegalArgumentException e) {
            root.invalid("url", e.getMessage() + ".");
            return Optional.empty();
        }
    }

    /**
     * Does not use {@link URI#create}, whose exception quotes the address with resolved references.
     */
    private static URI address(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("url must be an address like https://shop.example");
        }
    }
}
