package io.shopflow.load;

import io.shopflow.lambda.config.Percentage;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** The function's settings, except those of the data source and of S3. */
@ConfigMapping(prefix = "shopflow")
public interface LoadConfig {

    /** The data bucket. */
    @WithDefault("shopflow-data")
    String bucket();

    /** When a run is complete. */
    Load load();

    /** When a run is complete. */
    interface Load {

        /** The largest percentage of a stream's rows that may be rejected. */
        @WithDefault("20")
        @WithConverter(Percentage.class)
        double maxRejectedPercent();
    }
}
