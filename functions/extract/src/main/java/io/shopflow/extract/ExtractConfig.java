package io.shopflow.extract;

import io.shopflow.lambda.config.NonNegativeInteger;
import io.shopflow.lambda.config.PositiveInteger;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The function's settings. */
@ConfigMapping(prefix = "shopflow")
public interface ExtractConfig {

    /** The data bucket. */
    @WithDefault("shopflow-data")
    String bucket();

    /**
     * The queue of requests. The function reads it, and sends the requests to continue or retry a
     * run to it.
     */
    @WithName("extract-requests-queue-url")
    String requestsQueueUrl();

    /**
     * The names or ARNs of the sources' secrets, each ending in {@code /} and the name of its
     * source. A secret is a JSON object; its fields are variables of the source's file. Environment
     * variables take precedence.
     */
    Optional<List<String>> sourceSecrets();

    /**
     * The environment variables that the files of {@code sources/} may refer to, besides the data
     * bucket's name and those that begin with {@code SHOPFLOW_} and the source's name in capitals.
     */
    Optional<List<String>> sourceAllowedVariables();

    /** How a run is made. */
    Extract extract();

    /** How a run is made. */
    interface Extract {

        /**
         * A file that lists local folders, one per line. A request may name these folders and what
         * is in them, besides the data bucket.
         */
        Optional<String> folders();

        /** The number of rows of a scan's primary stream after which a part ends. */
        @WithDefault("50000")
        @WithConverter(PositiveInteger.class)
        int partRows();

        /**
         * The number of bytes of all rows of a scan after which a part ends, even if it has few
         * rows.
         */
        @WithDefault("16777216")
        @WithConverter(PositiveInteger.class)
        int partBytes();

        /** The timeout of the deployed function, which Funqy does not pass on. */
        @WithDefault("900S")
        Duration timeout();

        /**
         * An invocation with less time left than this stops and leaves the rest of the run to the
         * next one.
         */
        @WithDefault("60S")
        Duration timeMargin();

        /**
         * How long an invocation that was killed or paused keeps its source from others. A running
         * invocation renews its lease in time.
         */
        @WithDefault("20S")
        Duration lease();

        /** The delay of a request whose source is in use by another run. At most 15 minutes. */
        @WithDefault("15S")
        Duration retryDelay();

        /**
         * How many times a run is retried, one after the other, if it ended because its source was
         * unavailable.
         */
        @WithDefault("2")
        @WithConverter(NonNegativeInteger.class)
        int retries();

        /**
         * The delay before a run whose source was unavailable is retried. At most 15 minutes, as
         * SQS allows.
         */
        @WithDefault("5M")
        Duration unavailableDelay();

        /**
         * Requests that an instance of the function may send to one host in a minute, for all
         * sources together. A fifth of them are sent at once, the others are evenly spaced.
         */
        @WithDefault("100")
        @WithConverter(PositiveInteger.class)
        int requestsPerMinute();

        /**
         * How long nothing is sent to a host after a request to it has failed with all its retries.
         */
        @WithDefault("30S")
        Duration hostPause();
    }
}
