package io.shopflow.core.run;

import io.shopflow.core.stream.StreamName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of a run's own objects. */
public final class RunKeys {

    /** Prefix of plans and manifests. */
    public static final String RUNS_PREFIX = "runs/";

    /** Prefix of notifications of closed runs. */
    public static final String NOTIFICATIONS_PREFIX = "notifications/";

    private static final Pattern MANIFEST =
            Pattern.compile("runs/(?<source>[a-z0-9_]+)/(?<run>[0-9A-Z]{26})/manifest\\.json");

    private RunKeys() {}

    /** Key of {@link RunPlan}. */
    public static String plan(String source, RunId runId) {
        return RUNS_PREFIX + source + "/" + runId + "/plan.json";
    }

    /** Key of {@link RunManifest}, the run's commit point. */
    public static String manifest(String source, RunId runId) {
        return RUNS_PREFIX + source + "/" + runId + "/manifest.json";
    }

    /** Key of the notification of a closed run. */
    public static String notification(String source, RunId runId) {
        return NOTIFICATIONS_PREFIX + source + "/" + runId + ".json";
    }

    /**
     * Key of the lease of a run for a window of days, which has its own because it may run
     * concurrently with others of its source.
     */
    public static String lease(String source, RunId runId) {
        return RUNS_PREFIX + source + "/" + runId + "/lease.json";
    }

    /**
     * Key of an entry of a run's log, numbered from 1. It contains the rows, so it is stored with
     * the raw parts.
     */
    public static String log(String source, RunId runId, int number) {
        return logPrefix(source, runId) + String.format(Locale.ROOT, "%06d.gz", number);
    }

    /** The prefix that all entries of a run's log share. */
    public static String logPrefix(String source, RunId runId) {
        // Tools that query the lake skip names with this prefix.
        return PartId.rawDay(runId) + "_log/" + source + "-" + runId + "-";
    }

    /** Key of the source's watermarks and lease. */
    public static String state(String source) {
        return "state/" + source + ".json";
    }

    /**
     * Key of the ids that a source's runs store. There are two, written in turn: while one is
     * written, the state still names the other.
     */
    public static String ids(String source, StreamName stream, char slot) {
        return "state/" + source + "/" + stream.canonicalName() + "-" + slot + ".ids.gz";
    }

    /** Key of the source's configuration: the YAML file as a person wrote it. */
    public static String sourceConfiguration(String source) {
        return "config/sources/" + source + ".yaml";
    }

    /** The run whose manifest has this key; empty for any other key. */
    public static Optional<ManifestKey> ofManifestKey(String key) {
        Matcher matcher = MANIFEST.matcher(key);
        return matcher.matches() && RunId.isValid(matcher.group("run"))
                ? Optional.of(
                        new ManifestKey(matcher.group("source"), new RunId(matcher.group("run"))))
                : Optional.empty();
    }

    /** The content of a manifest's key. */
    public record ManifestKey(String source, RunId runId) {}
}
