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

    /** The queue that this function reads, to which it sends what it wants to come again. */
    @WithName("extract-requests-queue-url")
    String requestsQueueUrl();

    /**
     * The names or ARNs of secrets, which end in {@code /} and the name of the source that each is
     * for. Each is a JSON object whose fields are the variables that the source's file refers to by
     * name. A variable of the environment wins over them.
     */
    Optional<List<String>> sourceSecrets();

    /**
     * Names of environment variables that the files of {@code sources/} may refer to, besides those
     * that begin with {@code SHOPFLOW_} and the source's name in capitals, and the data bucket's
     * name.
     */
    Optional<List<String>> sourceAllowedVariables();

    /** How a run is made. */
    Extract extract();

    /** How a run is made. */
    interface Extract {

        /**
         * A file that lists folders of the function's own file system, one a line. A request may
         * name these and what is in them; without the list, or beside it, only the data bucket.
         */
        Optional<String> folders();

        /** Rows of a scan's primary stream after which a part ends. */
        @WithDefault("50000")
        @WithConverter(PositiveInteger.class)
        int partRows();

        /** Bytes of all rows of a scan after which a part ends, however few rows they are. */
        @WithDefault("16777216")
        @WithConverter(PositiveInteger.class)
        int partBytes();

        /**
         * How long an invocation may last: the timeout that the function is deployed with, which
         * Funqy does not pass on.
         */
        @WithDefault("900S")
        Duration timeout();

        /** With so little of the invocation's time left, the rest is left to the next one. */
        @WithDefault("60S")
        Duration timeMargin();

        /**
         * How long an invocation that was killed, or stands still, keeps its source from others.
         * One that is alive renews its lease in time.
         */
        @WithDefault("20S")
        Duration lease();

        /** When a request comes again whose source another run has. At most 15 minutes. */
        @WithDefault("15S")
        Duration retryDelay();

        /**
         * How many more runs are asked for, one after the other, where a run ended because its
         * source was away.
         */
        @WithDefault("2")
        @WithConverter(NonNegativeInteger.class)
        int retries();

        /** When such a run begins after the end of the last. At most 15 minutes, as SQS allows. */
        @WithDefault("5M")
        Duration unavailableDelay();
    }
}
