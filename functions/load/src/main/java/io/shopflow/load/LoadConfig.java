package io.shopflow.load;

import io.shopflow.lambda.config.Percentage;
import io.shopflow.load.notification.NotifiedRuns;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** The function's settings, except those of the data source and of S3. */
@ConfigMapping(prefix = "shopflow")
public interface LoadConfig {

    /** The data bucket. */
    @WithDefault("shopflow-data")
    String bucket();

    /** When a run is complete, and who learns of it. */
    Load load();

    /** When a run is complete, and who learns of it. */
    interface Load {

        /** The largest percentage of a stream's rows that may be rejected. */
        @WithDefault("20")
        @WithConverter(Percentage.class)
        double maxRejectedPercent();

        /**
         * The closed runs that are notified: {@code all}; {@code problems}, each that is not
         * complete and the first complete one after it; or {@code none}.
         */
        @WithDefault("problems")
        NotifiedRuns notifiedRuns();

        /** The address of the dashboard, to which notifications link. */
        Optional<URI> dashboardUrl();

        /** The command in notifications that runs a source again; `{source}` is its name. */
        @WithDefault("./shopflow run --source {source}")
        String runCommand();
    }
}
