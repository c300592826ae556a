package io.shopflow.core.run;

import io.shopflow.core.stream.StreamName;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of a run's stream, and the keys of all objects derived from it.
 *
 * @param source the source's name, see {@link io.shopflow.core.source.SourceName}
 * @param number from 1
 */
public record PartId(String source, RunId runId, StreamName stream, int number) {

    /** Prefix of raw parts. */
    public static final String RAW_PREFIX = "raw/";

    /** Prefix of clean parts. */
    public static final String CLEAN_PREFIX = "clean/";

    private static final Pattern KEY =
            Pattern.compile(
                    "(?:raw/year=\\d{4}/month=\\d{2}/day=\\d{2}|clean|quarantine)/(?<stream>[a-z_]+)/"
                            + "(?<source>[a-z0-9_]+)-(?<run>[0-9A-Z]{26})-(?<part>\\d{5,9})\\.csv");

    /** Checks the number. */
    public PartId {
        if (number < 1) {
            throw new IllegalArgumentException("parts are numbered from 1: " + number);
        }
    }

    /** The part that a raw, clean or quarantine key names; empty for any other key. */
    public static Optional<PartId> ofKey(String key) {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group("part"));
        if (number < 1 || !RunId.isValid(matcher.group("run"))) {
            return Optional.empty();
        }
        return StreamName.ofCanonicalName(matcher.group("stream"))
                .map(
                        stream ->
                                new PartId(
                                        matcher.group("source"),
                                        new RunId(matcher.group("run")),
                                        stream,
                                        number));
    }

    /** Key of the raw rows, partitioned by the UTC date of the run. */
    public String rawKey() {
        return rawFolder(runId, stream) + fileName();
    }

    /** Key of the typed, clean, pseudonymised rows. */
    public String cleanKey() {
        return CLEAN_PREFIX + stream.canonicalName() + "/" + fileName();
    }

    /** Key of the rejected rows. */
    public String quarantineKey() {
        return "quarantine/" + stream.canonicalName() + "/" + fileName();
    }

    /** Key of the quality report. */
    public String reportKey() {
        return "reports/quality/%s/%s/%s-%s.json"
                .formatted(source, runId, stream.canonicalName(), paddedNumber());
    }

    /** The prefix that all raw keys of a run's stream share. */
    public static String rawPrefix(String source, RunId runId, StreamName stream) {
        return rawFolder(runId, stream) + source + "-" + runId + "-";
    }

    private static String rawFolder(RunId runId, StreamName stream) {
        return rawDay(runId) + stream.canonicalName() + "/";
    }

    static String rawDay(RunId runId) {
        ZonedDateTime at = runId.requestedAt().atZone(ZoneOffset.UTC);
        return RAW_PREFIX
                + String.format(
                        Locale.ROOT,
                        "year=%04d/month=%02d/day=%02d/",
                        at.getYear(),
                        at.getMonthValue(),
                        at.getDayOfMonth());
    }

    private String fileName() {
        return source + "-" + runId + "-" + paddedNumber() + ".csv";
    }

    private String paddedNumber() {
        return String.format(Locale.ROOT, "%05d", number);
    }
}
