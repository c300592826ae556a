package io.shopflow.dashboard.sales;

import static java.time.temporal.TemporalAdjusters.firstDayOfYear;
import static java.time.temporal.TemporalAdjusters.lastDayOfYear;

import io.shopflow.dashboard.sales.SalesFigures.Coverage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.jpa.AvailableHints;
import org.jspecify.annotations.Nullable;

/** Queries of the sales of a scope, and the values of their rows. */
@ApplicationScoped
public class WarehouseQueries {
    /** The grains of the sums of products. Single days have none: they are added up from lines. */
    static final String GRAINS_OF_PRODUCTS = "'year', 'quarter', 'month', 'third', 'day'";

    /** Begins a query of {@link #inPeriods} that adds up the sums of products. */
    public static final String PERIODS_OF_PRODUCTS = periods(GRAINS_OF_PRODUCTS);

    private static final int FETCHED_ROWS = 500;

    private final EntityManager database;

    WarehouseQueries(EntityManager database) {
        this.database = database;
    }

    /**
     * Begins a query of {@link #inPeriods}.
     *
     * @param grains of the sums, coarsest first
     */
    static String periods(String grains) {
        return """
            with periods as materialized (
                select grain, period, true as in_range
                from marts.periods(:firstOn, :lastOn, array[%s]) as periods
            )
            """
                .formatted(grains);
    }

    /** The same for {@link #inComparedPeriods}; of the days before, nothing is in the range. */
    static String comparedPeriods(String grains) {
        return """
            with periods as materialized (
                select grain, period, true as in_range
                from marts.periods(:firstOn, :lastOn, array[%1$s]) as periods
                union all
                select grain, period, false
                from marts.periods(:previousFirstOn, :previousLastOn, array[%1$s]) as periods
            )
            """
                .formatted(grains);
    }

    /** A native query of rows by column. */
    public Query query(String sql) {
        return database.createNativeQuery(sql, Tuple.class);
    }

    /** With the scope's sources and currency. */
    public Query scoped(String sql, Scope scope) {
        return query(sql)
                .setParameter("sources", scope.sources())
                .setParameter("currency", scope.currency().getCurrencyCode());
    }

    /**
     * For a query of periods. Where the data begins or ends within the range, there are no sums
     * beyond, so that the year there counts as a whole.
     */
    public Query inPeriods(String sql, Scope scope, DateRange range) {
        return scoped(sql, scope)
                .setParameter("firstOn", firstOn(scope, range))
                .setParameter("lastOn", lastOn(scope, range));
    }

    /** For a query of the periods of the range and of those before it. */
    Query inComparedPeriods(String sql, Scope scope, DateRange range, DateRange before) {
        return inPeriods(sql, scope, range)
                .setParameter("previousFirstOn", firstOn(scope, before))
                .setParameter("previousLastOn", lastOn(scope, before));
    }

    private static LocalDate firstOn(Scope scope, DateRange range) {
        LocalDate oldest = scope.oldestOn();
        return range.from().isAfter(oldest) ? range.from() : oldest.with(firstDayOfYear());
    }

    private static LocalDate lastOn(Scope scope, DateRange range) {
        LocalDate last = scope.lastSaleOn();
        return range.to().isBefore(last) ? range.to() : last.with(lastDayOfYear());
    }

    /** The rows of a query of this class. */
    @SuppressWarnings("unchecked") // every query is created with Tuple.class
    public static List<Tuple> rows(Query query) {
        return query.getResultList();
    }

    /**
     * The rows of a query of this class, of which few are in memory at a time. To be closed, within
     * the transaction.
     */
    @SuppressWarnings("unchecked") // every query is created with Tuple.class
    public static Stream<Tuple> stream(Query query) {
        return query.setHint(AvailableHints.HINT_FETCH_SIZE, FETCHED_ROWS).getResultStream();
    }

    /** A whole number. */
    public static long number(Tuple row, String column) {
        return row.get(column, Number.class).longValue();
    }

    /** A number that may have decimals. */
    public static BigDecimal decimal(Tuple row, String column) {
        return new BigDecimal(row.get(column, Number.class).toString());
    }

    /** An amount in minor units of the scope's currency. */
    public static Money money(Tuple row, String column, Scope scope) {
        return new Money(decimal(row, column).toBigInteger(), scope.currency());
    }

    /** The same; null if the row has none. */
    public static @Nullable Money moneyOrNull(Tuple row, String column, Scope scope) {
        return row.get(column) == null ? null : money(row, column, scope);
    }

    /**
     * The share of a row's sales whose cost is known.
     *
     * @param prefix of the names of its columns
     */
    public static Coverage coverage(Tuple row, String prefix, Scope scope) {
        return new Coverage(
                money(row, prefix + "covered_minor", scope),
                money(row, prefix + "unsigned_minor", scope));
    }
}
