package io.shopflow.dashboard.customers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which share of the customers who first ordered in a month ordered again in each month after it.
 *
 * @param cohorts newest first
 */
public record Retention(List<Cohort> cohorts) {

    /** The number of colours. */
    private static final int STEPS = 5;

    /** Percent from one colour to the next, from which the smallest that is enough is taken. */
    private static final List<BigDecimal> WIDTHS =
            Stream.of("0.1", "0.2", "0.5", "1", "2", "3", "4", "5", "10", "20")
                    .map(BigDecimal::new)
                    .toList();

    /**
     * Customers by the month of their first order.
     *
     * @param cells the months since then, from the next one on; null after the end of the data
     */
    public record Cohort(YearMonth month, long customers, List<@Nullable Cell> cells) {}

    /**
     * What a cohort did in a month.
     *
     * @param customers of the cohort
     * @param active those of them with an order in the month
     * @param partial whether the data end before the month does
     */
    public record Cell(
            YearMonth month, int monthsSince, long customers, long active, boolean partial) {

        BigDecimal percent() {
            return new BigDecimal(active * 100)
                    .divide(BigDecimal.valueOf(customers), 6, RoundingMode.HALF_UP);
        }
    }

    /** The numbers of months since the first order, from 1. */
    public List<Integer> months() {
        int longest = cohorts.stream().mapToInt(cohort -> cohort.cells().size()).max().orElse(0);
        return IntStream.rangeClosed(1, longest).boxed().toList();
    }

    /** Whether any cohort has a month after its first one. */
    public boolean isKnown() {
        return cells().findAny().isPresent();
    }

    /** Whether the data ends within one of the months. */
    public boolean hasPartial() {
        return cells().anyMatch(Cell::partial);
    }

    /** Customers of the cohorts whose next month is over. */
    public long customersOfNextMonth() {
        return ofNextMonth().mapToLong(Cell::customers).sum();
    }

    /** Those of them who ordered in it. */
    public long activeInNextMonth() {
        return ofNextMonth().mapToLong(Cell::active).sum();
    }

    private Stream<Cell> ofNextMonth() {
        return cells().filter(cell -> cell.monthsSince() == 1 && !cell.partial());
    }

    /** The cell's colour, from 1 to {@value #STEPS}; 0 without an order. */
    public int step(Cell cell) {
        return cell.active() == 0
                ? 0
                : Math.min(
                        STEPS,
                        1 + cell.percent().divide(width(), 0, RoundingMode.FLOOR).intValue());
    }

    /** The percent from which each colour is used. */
    public List<Colour> colours() {
        BigDecimal width = width();
        return IntStream.rangeClosed(1, STEPS)
                .mapToObj(
                        step ->
                                new Colour(
                                        step,
                                        plain(width.multiply(BigDecimal.valueOf(step - 1L))),
                                        step == STEPS
                                                ? null
                                                : plain(width.multiply(BigDecimal.valueOf(step)))))
                .toList();
    }

    /**
     * A colour of the legend, in percent.
     *
     * @param below null for the last one
     */
    public record Colour(int step, String from, @Nullable String below) {}

    private static String plain(BigDecimal percent) {
        return percent.stripTrailingZeros().toPlainString();
    }

    /** So that the largest share has the last colour; all begin at 0. */
    private BigDecimal width() {
        BigDecimal largest =
                cells().map(Cell::percent).max(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
        return WIDTHS.stream()
                .filter(width -> width.multiply(BigDecimal.valueOf(STEPS)).compareTo(largest) >= 0)
                .findFirst()
                .orElse(WIDTHS.getLast());
    }

    private Stream<Cell> cells() {
        return cohorts.stream().flatMap(cohort -> cohort.cells().stream()).filter(Objects::nonNull);
    }
}
