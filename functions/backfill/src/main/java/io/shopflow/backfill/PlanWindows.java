package io.shopflow.backfill;

import io.shopflow.backfill.BackfillReply.PlanReply;
import io.shopflow.backfill.BackfillRequest.Execution;
import io.shopflow.backfill.BackfillRequest.PlanRequest;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.source.SourceName;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a request for a backfill, and divides its days into windows. */
final class PlanWindows {

    /** The state machine passes at most 256 KiB; 1,000 windows are about 150. */
    private static final int MAX_WINDOWS = 1_000;

    private static final int DEFAULT_DAYS = 31;

    /** In the shop's zone it may already be tomorrow. */
    private static final int DAYS_AHEAD = 2;

    private static final Pattern FILES = Pattern.compile("(?m)^kind:\\s*[\"']?files\\b");

    private final ObjectStore store;
    private final Clock clock;

    /** Reads the configurations of sources from this store. */
    PlanWindows(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Plans the windows, or returns the mistakes of the request. */
    PlanReply plan(PlanRequest request) {
        List<String> reasons = new ArrayList<>();
        String source = request.source();
        checkSource(source, reasons);
        LocalDate from = date("from", request.from(), reasons);
        LocalDate until = date("until", request.until(), reasons);
        Execution execution = request.execution();
        Instant startedAt = startedAt(execution, reasons);
        int days = request.windowDays() == null ? DEFAULT_DAYS : request.windowDays();
        if (days < 1) {
            reasons.add("windowDays is %d; a window has at least one day.".formatted(days));
        } else if (from != null && until != null) {
            checkDays(from, until, days, reasons);
        }
        if (!reasons.isEmpty()
                || source == null
                || from == null
                || until == null
                || execution == null) {
            return new PlanReply(false, source, List.of(), reasons);
        }
        return new PlanReply(
                true,
                source,
                windows(source, from, until, days, String.valueOf(execution.name()), startedAt),
                List.of());
    }

    private void checkSource(@Nullable String source, List<String> reasons) {
        if (source == null) {
            reasons.add(
                    "There is no source. Set it to the name of a file in config/sources/, without .yaml.");
            return;
        }
        try {
            SourceName.check(source);
        } catch (IllegalArgumentException e) {
            reasons.add(String.valueOf(e.getMessage()));
            return;
        }
        String key = RunKeys.sourceConfiguration(source);
        Optional<String> yaml =
                store.read(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (yaml.isEmpty()) {
            reasons.add(
                    "The source '%s' is not configured: there is no %s.".formatted(source, key));
        } else if (FILES.matcher(yaml.get()).find()) {
            reasons.add(
                    "The source '%s' reads files, which have no windows. Request a full run instead."
                            .formatted(source));
        }
    }

    private static @Nullable LocalDate date(
            String name, @Nullable String text, List<String> reasons) {
        if (text == null) {
            reasons.add("There is no %s. Set it to a day such as 2026-01-31.".formatted(name));
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            reasons.add("%s is '%s', not a day such as 2026-01-31.".formatted(name, text));
            return null;
        }
    }

    private static Instant startedAt(@Nullable Execution execution, List<String> reasons) {
        if (execution == null
                || execution.name() == null
                || execution.name().isBlank()
                || execution.startedAt() == null) {
            reasons.add("There is no execution with a name and the time of its start.");
            return Instant.EPOCH;
        }
        try {
            return Instant.parse(execution.startedAt());
        } catch (DateTimeParseException e) {
            reasons.add("startedAt is '%s', not an instant.".formatted(execution.startedAt()));
            return Instant.EPOCH;
        }
    }

    private void checkDays(LocalDate from, LocalDate until, int days, List<String> reasons) {
        if (!until.isAfter(from)) {
            reasons.add(
                    "until=%s is not after from=%s. The day 'until' itself is not read."
                            .formatted(until, from));
            return;
        }
        if (until.isAfter(LocalDate.now(clock.withZone(ZoneOffset.UTC)).plusDays(DAYS_AHEAD))) {
            reasons.add(
                    "until=%s is in the future. A backfill reads past days; the schedule reads the coming ones."
                            .formatted(until));
        }
        long all = ChronoUnit.DAYS.between(from, until);
        long windows = Math.ceilDiv(all, days);
        if (windows > MAX_WINDOWS) {
            reasons.add(
                    "The request has %,d windows; at most %,d are possible. Set windowDays to %d or more."
                            .formatted(windows, MAX_WINDOWS, Math.ceilDiv(all, MAX_WINDOWS)));
        }
    }

    private static List<Window> windows(
            String source,
            LocalDate from,
            LocalDate until,
            int days,
            String execution,
            Instant startedAt) {
        List<Window> windows = new ArrayList<>();
        for (LocalDate begin = from; begin.isBefore(until); begin = begin.plusDays(days)) {
            LocalDate end = begin.plusDays(days);
            boolean last = !end.isBefore(until);
            LocalDate window = last ? until : end;
            windows.add(
                    new Window(
                            source,
                            begin.toString(),
                            window.toString(),
                            // A millisecond apart, so that ids sort like their windows.
                            RunId.ofMessage(
                                    String.join("/", execution, source, begin + ".." + window),
                                    startedAt.plusMillis(windows.size())),
                            last));
        }
        return windows;
    }
}
