package io.shopflow.extract.woocommerce;

import io.shopflow.core.text.Counted;
import io.shopflow.extract.api.KeysetList;
import io.shopflow.extract.api.KeysetScan;
import io.shopflow.extract.api.QuietChanges;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Detects deleted refunds: a deletion leaves no trace and does not change the order's time.
 *
 * <p>It remembers counts: how many refunds created up to an instant the shop had, for a few
 * instants of the past. A later count up to the same instant is lower only if one of them was
 * deleted. So a run that finds nothing costs one count. Otherwise a search among the instants finds
 * the one after which the earliest deleted refund was created. Creating a refund changes its
 * order's time; so all affected orders changed after that instant, and it is enough to read those
 * again: each order names the refunds that it still has.
 *
 * <p>The newest instant is before the orders are read, by the overlap, so that it counts no refund
 * that is still being written. Refunds created after it belong to orders that changed after it, and
 * those are read again by the next run in any case. Not detected: a refund deleted while another
 * one was entered with a past date.
 */
final class DeletedRefunds implements QuietChanges {

    private static final int DOUBLINGS = 12;
    private static final int MOST_COUNTS = 24;

    private final KeysetList refunds;
    private final Duration overlap;

    DeletedRefunds(KeysetList refunds, Duration overlap) {
        this.refunds = refunds;
        this.overlap = overlap;
    }

    /** The number of refunds created up to an instant. */
    private record Count(Instant upTo, long refunds) {}

    @Override
    public Look look(@Nullable Instant since, @Nullable String remembered)
            throws SourceUnavailableException {
        List<Count> counts = counts(remembered);
        if (since == null || counts.isEmpty()) {
            return Look.nothing(text(countAnew()));
        }
        Count newest = counts.getLast();
        long missing = newest.refunds() - countUpTo(newest.upTo());
        Instant from = newest.upTo();
        String note = null;
        if (missing > 0) {
            from = lastThatHolds(counts);
            note =
                    "%s that earlier runs read: deleted in the shop, which does not say which. Orders changed since %s are read again and say which refunds they have left."
                            .formatted(
                                    Counted.of(missing, "refund"),
                                    from.equals(KeysetScan.BEGINNING) ? "the beginning" : from);
            counts = recounted(counts);
        }
        Instant settled = settled();
        if (settled.isAfter(counts.getLast().upTo())) {
            counts.add(new Count(settled, countUpTo(settled)));
        }
        return new Look(from, text(thinned(counts)), note);
    }

    private Instant settled() {
        return refunds.serverTime().minus(overlap).minusSeconds(1);
    }

    private long countUpTo(Instant instant) throws SourceUnavailableException {
        return refunds.count(null, instant.plusSeconds(1));
    }

    /** The older the instants, the farther apart: most deleted refunds are recent. */
    private List<Count> countAnew() throws SourceUnavailableException {
        List<Count> counts = new ArrayList<>();
        Instant settled = settled();
        for (int n = DOUBLINGS; n >= 0; n--) {
            Instant upTo = settled.minus(Duration.ofDays(1L << n)).plus(Duration.ofDays(1));
            long count = countUpTo(upTo);
            // Of several instants with a count of zero, the first one is enough.
            if (count > 0 || n == 0) {
                counts.add(new Count(upTo, count));
            }
        }
        return counts;
    }

    private Instant lastThatHolds(List<Count> counts) throws SourceUnavailableException {
        int holds = -1;
        int broken = counts.size() - 1;
        while (broken - holds > 1) {
            int middle = (holds + broken) >>> 1;
            Count count = counts.get(middle);
            if (countUpTo(count.upTo()) < count.refunds()) {
                broken = middle;
            } else {
                holds = middle;
            }
        }
        return holds < 0 ? KeysetScan.BEGINNING : counts.get(holds).upTo();
    }

    private List<Count> recounted(List<Count> counts) throws SourceUnavailableException {
        List<Count> again = new ArrayList<>();
        for (Count count : counts) {
            again.add(new Count(count.upTo(), countUpTo(count.upTo())));
        }
        return again;
    }

    /**
     * Keeps the newest count, and the oldest of each span that is twice as long as the one before.
     */
    private static List<Count> thinned(List<Count> counts) {
        List<Count> kept = new ArrayList<>();
        Count newest = counts.getLast();
        int lastSpan = -1;
        for (Count count : counts) {
            long hours = Duration.between(count.upTo(), newest.upTo()).toHours();
            int span = 64 - Long.numberOfLeadingZeros(hours);
            if (span != lastSpan && kept.size() < MOST_COUNTS - 1 && !count.equals(newest)) {
                kept.add(count);
            }
            lastSpan = span;
        }
        kept.add(newest);
        return kept;
    }

    private static String text(List<Count> counts) {
        StringJoiner text = new StringJoiner(",");
        for (Count count : counts) {
            text.add(count.upTo().getEpochSecond() + ":" + count.refunds());
        }
        return text.toString();
    }

    private static List<Count> counts(@Nullable String text) {
        List<Count> counts = new ArrayList<>();
        for (String count : text == null || text.isEmpty() ? new String[0] : text.split(",")) {
            String[] parts = count.split(":", 2);
            counts.add(
                    new Count(
                            Instant.ofEpochSecond(Long.parseLong(parts[0])),
                            Long.parseLong(parts[1])));
        }
        return counts;
    }
}
