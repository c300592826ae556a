package io.shopflow.extract;

import io.shopflow.core.run.Problem;
import io.shopflow.extract.api.HostLimits;
import io.shopflow.extract.configuration.SourceConfigurationParser;
import io.shopflow.extract.configuration.SourceConfigurationParser.Variables;
import io.shopflow.extract.files.FilesKind;
import io.shopflow.extract.source.ConfigurationException;
import io.shopflow.extract.source.SourceKind;
import io.shopflow.extract.woocommerce.WooCommerceKind;
import java.time.Duration;
import java.util.List;

/** Finds the mistakes of a source's configuration that a run would report, without a run. */
public final class ConfigurationCheck {

    private final SourceConfigurationParser parser;

    /** Checks configurations that refer to these variables. */
    public ConfigurationCheck(Variables variables) {
        this.parser =
                new SourceConfigurationParser(
                        kinds(
                                FilesKind.withoutFiles(),
                                // Nothing is sent.
                                new HostLimits(1, Duration.ZERO)),
                        variables);
    }

    /** All kinds of sources; a new one is registered here. */
    static List<SourceKind> kinds(FilesKind files, HostLimits hosts) {
        return List.of(files, new WooCommerceKind(hosts));
    }

    /**
     * The mistakes, ordered by line.
     *
     * @param source the source's name
     * @param file the file's name in messages
     */
    public List<Problem> mistakes(String source, String file, byte[] yaml) {
        try {
            var unused = parser.parse(source, file, yaml);
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems();
        }
    }
}
