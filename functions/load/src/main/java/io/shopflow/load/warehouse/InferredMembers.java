package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import io.shopflow.core.stream.Stream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Holds the places of customers, products and sellers that a fact names before they come themselves
 * (guests never do). Their version is older than any.
 */
final class InferredMembers {

    private final List<PartStatement> statements;

    InferredMembers(Stream stream) {
        this.statements =
                switch (stream) {
                    case ORDERS -> List.of(of(stream, Stream.CUSTOMERS));
                    case ORDER_ITEMS ->
                            List.of(of(stream, Stream.PRODUCTS), of(stream, Stream.SELLERS));
                    case REVIEWS -> List.of(of(stream, Stream.PRODUCTS));
                    case CUSTOMERS, PRODUCTS, SELLERS, PAYMENTS, REFUNDS -> List.of();
                };
    }

    /** Adds those that are missing for what is staged. */
    void add(Connection connection, PartId part) throws SQLException {
        for (PartStatement statement : statements) {
            statement.write(connection, part);
        }
    }

    private static PartStatement of(Stream facts, Stream members) {
        MergeTarget dimension = MergeTarget.of(members);
        boolean versioned = dimension.kind() == MergeTarget.Kind.TYPE_2;
        return new PartStatement(
                """
                insert into %s (source, %s, is_inferred, version_at, run_id, part, source_row%s)
                select :source, incoming.%s, true, '-infinity', :run, :part, min(incoming.source_row)%s
                from %s as incoming
                where incoming.%s is not null
                    and not exists (
                        select
                        from %s as target
                        where target.source = :source and target.%s = incoming.%s
                    )
                group by incoming.%s
                order by incoming.%s
                on conflict do nothing
                """
                        .formatted(
                                dimension.name(),
                                dimension.key(),
                                versioned
                                        ? ", valid_from, valid_to, last_version_at, last_run_id, last_part, last_source_row"
                                        : "",
                                dimension.key(),
                                versioned
                                        ? ", '-infinity', 'infinity', '-infinity', :run, :part, min(incoming.source_row)"
                                        : "",
                                MergeTarget.of(facts).staging(),
                                dimension.key(),
                                dimension.name(),
                                dimension.key(),
                                dimension.key(),
                                dimension.key(),
                                dimension.key()));
    }
}
