package io.shopflow.backfill.plan;

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

/** Checks what is asked for, and cuts its days into windows. */
public final class PlanWindows {

    /** What the state machine can pass on: 1,000 windows are some 150 of its 256 KiB. */
    static final int MOST_WINDOWS = 1_000;

    private static final int USUAL_DAYS = 31;

    /** A shop's today may be tomorrow already where we are. */
    private static final int DAYS_AHEAD = 2;

    private static final Pattern FILES = Pattern.compile("(?m)^kind:\\s*[\"']?files\\b");

    private final ObjectStore store;
    private final Clock clock;

    /** Looks for sources in this store. */
    public PlanWindows(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A backfill as it is asked for; what is missing is a mistake unless told otherwise.
     *
     * @param execution names the backfill: the same name gives the same runs
     * @param startedAt when the backfill began, ISO 8601
     * @param from first day, ISO 8601
     * @param until the day after the last one
     * @param windowDays days in a window, 31 where left out; the last window may be shorter
     */
    public record Asked(
            @Nullable String execution,
            @Nullable String startedAt,
            @Nullable String source,
            @Nullable String from,
            @Nullable String until,
            @Nullable Integer windowDays) {}

    /** Plans the windows, or says what is wrong with the request. */
    public WindowPlan plan(Asked asked) {
        List<String> reasons = new ArrayList<>();
        checkSource(asked.source(), reasons);
        LocalDate from = date("from", asked.from(), reasons);
        LocalDate until = date("until", asked.until(), reasons);
        Instant startedAt = startedAt(asked, reasons);
        int days = asked.windowDays() == null ? USUAL_DAYS : asked.windowDays();
        if (days < 1) {
            reasons.add("windowDays is %d; a window has at least one day.".formatted(days));
        } else if (from != null && until != null) {
            checkDays(from, until, days, reasons);
        }
        String source = asked.source();
        if (!reasons.isEmpty() || source == null || from == null || until == null) {
            return new WindowPlan.Refused(reasons);
        }
        return new WindowPlan.Planned(
                windows(source, from, until, days, String.valueOf(asked.execution()), startedAt));
    }

    private void checkSource(@Nullable String source, List<String> reasons) {
        if (source == null) {
            reasons.add("There is no source. Name one, as its file in config/sources/ is named.");
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
                    "The source '%s' reads files, which have no windows. Run it in full instead."
                            .formatted(source));
        }
    }

    private static @Nullable LocalDate date(
            String name, @Nullable String text, List<String> reasons) {
        if (text == null) {
            reasons.add("There is no %s. Give a day such as 2026-01-31.".formatted(name));
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            reasons.add("%s is '%s', not a day such as 2026-01-31.".formatted(name, text));
            return null;
        }
    }

    private Instant startedAt(Asked asked, List<String> reasons) {
        if (asked.execution() == null || asked.execution().isBlank() || asked.startedAt() == null) {
            reasons.add("There is no execution with the time of its start, which name the runs.");
            return Instant.EPOCH;
        }
        try {
            return Instant.parse(asked.startedAt());
        } catch (DateTimeParseException e) {
            reasons.add("startedAt is '%s', not an instant.".formatted(asked.startedAt()));
            return Instant.EPOCH;
        }
    }

    private void checkDays(LocalDate from, LocalDate until, int days, List<String> reasons) {
        if (!until.isAfter(from)) {
            reasons.add(
                    "until=%s is not after from=%s. The day until is itself not read."
                            .formatted(until, from));
            return;
        }
        if (until.isAfter(LocalDate.now(clock.withZone(ZoneOffset.UTC)).plusDays(DAYS_AHEAD))) {
            reasons.add(
                    "until=%s lies ahead. A backfill reads days that were; the schedule reads those to come."
                            .formatted(until));
        }
        long all = ChronoUnit.DAYS.between(from, until);
        long windows = Math.ceilDiv(all, days);
        if (windows > MOST_WINDOWS) {
            reasons.add(
                    "These are %,d windows, and %,d are the most. Take windows of %d days or more."
                            .formatted(windows, MOST_WINDOWS, Math.ceilDiv(all, MOST_WINDOWS)));
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
                            // A millisecond apart, so that they sort as their windows do.
                            RunId.ofMessage(
                                    String.join("/", execution, source, begin + ".." + window),
                                    startedAt.plusMillis(windows.size())),
                            last));
        }
        return windows;
    }
}
