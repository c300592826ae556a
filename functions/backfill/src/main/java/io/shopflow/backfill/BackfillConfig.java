package io.shopflow.backfill;

import io.shopflow.lambda.config.Percentage;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** The function's settings, except those of the data source and of S3. */
@ConfigMapping(prefix = "shopflow")
public interface BackfillConfig {

    /** The data bucket. */
    @WithDefault("shopflow-data")
    String bucket();

    /** When a backfill is accepted. */
    Backfill backfill();

    /** When a backfill is accepted. */
    interface Backfill {

        /** The largest percentage of extracted rows that may be quarantined. */
        @WithDefault("5")
        @WithConverter(Percentage.class)
        double maxQuarantinedPercent();
    }
}
