package io.shopflow.dashboard.quality;

import static io.shopflow.dashboard.sales.WarehouseQueries.number;
import static io.shopflow.dashboard.sales.WarehouseQueries.rows;

import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.quality.QualityFigures.DayRows;
import io.shopflow.dashboard.quality.QualityFigures.Rows;
import io.shopflow.dashboard.quality.QualityFigures.Rule;
import io.shopflow.dashboard.quality.QualityFigures.StreamRows;
import io.shopflow.dashboard.sales.WarehouseQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the quality of the rows from the ledger: it costs what the days have of parts. */
@ApplicationScoped
class Quality {
    private static final int RULES = 100;

    private static final String CLOSED =
            """
            with closed as materialized (
                select run_id, source, cast(closed_at at time zone :zone as date) as day
                from etl.runs
                where closed_at >= cast(:since as date) at time zone :zone
                    and (:source = '' or source = :source)
            )
            """;

    private static final String ROWS =
            CLOSED
                    + """
            select
                closed.source,
                parts.stream,
                closed.day,
                count(distinct closed.run_id) as runs,
                sum(parts.extracted) as extracted,
                sum(parts.inserted + parts.updated + parts.unchanged) as loaded,
                sum(parts.duplicate) as duplicate,
                sum(parts.quarantined) as rejected
            from closed
            inner join etl.part_ledger as parts using (run_id)
            where :stream = '' or parts.stream = :stream
            group by grouping sets ((closed.source, parts.stream), (closed.day))
            """;

    /** What stands beside the rows of a stream, one kind each. */
    private static final String BESIDE =
            CLOSED
                    + """
            select
                closed.source,
                streams.stream,
                'counted' as kind,
                sum(streams.counted) as rows,
                sum(streams.extracted) as extracted
            from closed
            inner join etl.run_streams as streams using (run_id)
            where streams.counted is not null
            group by closed.source, streams.stream
            union all
            select closed.source, warnings.stream, 'warnings', sum(warnings.rows), 0
            from closed
            inner join etl.part_warnings as warnings using (run_id)
            group by closed.source, warnings.stream
            union all
            select source, stream, 'still_out', count(*), 0
            from etl.quarantined_rows
            where :source = '' or source = :source
            group by source, stream
            """;

    private static final String BROKEN =
            CLOSED
                    + """
            , rejected as (
                select
                    closed.source,
                    parts.stream,
                    parts.rule,
                    parts.field,
                    sum(parts.rows) as rows,
                    (array_agg(parts.example order by parts.example is null, parts.run_id desc, parts.part))[1] as example,
                    (array_agg(parts.position order by parts.example is null, parts.run_id desc, parts.part))[1] as position,
                    max(parts.run_id) as last_run
                from closed
                inner join etl.part_rejections as parts using (run_id)
                group by closed.source, parts.stream, parts.rule, parts.field
            ),
            still_out as (
                select source, stream, rule, field, count(*) as rows, max(run_id) as last_run, min(position) as position
                from etl.quarantined_rows
                where :source = '' or source = :source
                group by source, stream, rule, field
            )
            select
                source,
                stream,
                rule,
                field,
                coalesce(rejected.rows, 0) as rows,
                coalesce(still_out.rows, 0) as still_out,
                rejected.example,
                case when rejected.rows is null then still_out.position else rejected.position end as position,
                coalesce(rejected.last_run, still_out.last_run) as last_run,
                count(*) over () as rules
            from rejected
            full join still_out using (source, stream, rule, field)
            where :stream = '' or stream = :stream
            order by still_out desc, rows desc, source, stream, rule, field
            limit :rules
            """;

    private final WarehouseQueries queries;
    private final DashboardConfig config;
    private final Clock clock = Clock.systemUTC();

    Quality(WarehouseQueries queries, DashboardConfig config) {
        this.queries = queries;
        this.config = config;
    }

    QualityFigures figures(QualityFilter choice) {
        List<Tuple> all = rows(ofStream(ROWS, choice));
        List<Tuple> beside = rows(of(BESIDE, choice));
        List<Tuple> broken = rows(ofStream(BROKEN, choice).setParameter("rules", RULES));
        List<Tuple> ofStreams = all.stream().filter(row -> row.get("day") == null).toList();
        List<StreamRows> streams =
                Stream.concat(
                                ofStreams.stream(),
                                beside.stream().filter(row -> isStillOut(row, choice)))
                        .map(Key::of)
                        .distinct()
                        .sorted(Comparator.comparing(Key::source).thenComparing(Key::stream))
                        .map(key -> stream(key, ofStreams, beside))
                        .toList();
        return new QualityFigures(
                streams,
                all.stream()
                        .filter(row -> row.get("day") != null)
                        .map(
                                row ->
                                        new DayRows(
                                                row.get("day", LocalDate.class),
                                                number(row, "runs"),
                                                counts(row)))
                        .sorted(Comparator.comparing(DayRows::day).reversed())
                        .toList(),
                broken.stream().map(Quality::rule).toList(),
                broken.isEmpty() ? 0 : number(broken.getFirst(), "rules") - broken.size());
    }

    private Query of(String sql, QualityFilter choice) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), config.zone());
        return queries.query(sql)
                .setParameter("zone", config.zone().getId())
                .setParameter("since", today.minusDays(choice.days() - 1L))
                .setParameter("source", choice.sourceOrAll());
    }

    private Query ofStream(String sql, QualityFilter choice) {
        return of(sql, choice).setParameter("stream", choice.streamOrAll());
    }

    private record Key(String source, String stream) {
        static Key of(Tuple row) {
            return new Key(row.get("source", String.class), row.get("stream", String.class));
        }
    }

    private static boolean isStillOut(Tuple row, QualityFilter choice) {
        return row.get("kind").equals("still_out")
                && (choice.stream() == null || choice.stream().equals(row.get("stream")));
    }

    private static StreamRows stream(Key key, List<Tuple> ofStreams, List<Tuple> beside) {
        Optional<Tuple> rows =
                ofStreams.stream().filter(row -> Key.of(row).equals(key)).findFirst();
        List<Tuple> own = beside.stream().filter(row -> Key.of(row).equals(key)).toList();
        Optional<Tuple> counted =
                own.stream().filter(row -> row.get("kind").equals("counted")).findFirst();
        return new StreamRows(
                key.source,
                key.stream,
                rows.map(row -> number(row, "runs")).orElse(0L),
                rows.map(Quality::counts).orElse(Rows.NONE),
                counted.map(row -> number(row, "rows")).orElse(null),
                counted.map(row -> number(row, "extracted")).orElse(0L),
                sum(own, "warnings"),
                sum(own, "still_out"));
    }

    private static long sum(List<Tuple> rows, String kind) {
        return rows.stream()
                .filter(row -> row.get("kind").equals(kind))
                .mapToLong(row -> number(row, "rows"))
                .sum();
    }

    private static Rows counts(Tuple row) {
        return new Rows(
                number(row, "extracted"),
                number(row, "loaded"),
                number(row, "duplicate"),
                number(row, "rejected"));
    }

    private static Rule rule(Tuple row) {
        return new Rule(
                row.get("source", String.class),
                row.get("stream", String.class),
                row.get("rule", String.class),
                row.get("field", String.class),
                number(row, "rows"),
                number(row, "still_out"),
                row.get("example", String.class),
                row.get("position", String.class),
                row.get("last_run", String.class));
    }
}
