package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import io.shopflow.core.stream.StreamName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Inserts inferred members: customers, products and sellers that a fact refers to before their own
 * rows arrive (guests have none). Their version is older than any other.
 */
final class InferredMembers {

    private final List<PartStatement> statements;

    InferredMembers(MergeTarget facts) {
        this.statements =
                switch (facts.stream()) {
                    case ORDERS -> List.of(of(facts, StreamName.CUSTOMERS));
                    case ORDER_ITEMS ->
                            List.of(of(facts, StreamName.PRODUCTS), of(facts, StreamName.SELLERS));
                    case REVIEWS -> List.of(of(facts, StreamName.PRODUCTS));
                    case CUSTOMERS, PRODUCTS, SELLERS, PAYMENTS, REFUNDS -> List.of();
                };
    }

    /** Inserts those that the staged rows refer to and that do not exist. */
    void add(Connection connection, PartId part) throws SQLException {
        for (PartStatement statement : statements) {
            statement.execute(connection, part);
        }
    }

    private static PartStatement of(MergeTarget facts, StreamName members) {
        MergeTarget dimension = MergeTarget.of(members);
        boolean versioned = dimension.kind() == MergeTarget.Kind.TYPE_2;
        return PartStatement.of(
                """
                insert into {table} (source, {key}, is_inferred, version_at, run_id, part, source_row{validity})
                select
                    :source, incoming.{key}, true, '-infinity', :run, :part, min(incoming.source_row){always}
                from {facts} as incoming
                where incoming.{key} is not null
                    and not exists (
                        select
                        from {table} as target
                        where target.source = :source and target.{key} = incoming.{key}
                    )
                group by incoming.{key}
                order by incoming.{key}
                on conflict do nothing
                """,
                Map.of(
                        "table", dimension.name(),
                        "key", dimension.key(),
                        "facts", facts.staging(),
                        "validity",
                                versioned
                                        ? ", valid_from, valid_to, last_version_at, last_run_id, last_part, last_source_row"
                                        : "",
                        "always",
                                versioned
                                        ? ", '-infinity', 'infinity', '-infinity', :run, :part, min(incoming.source_row)"
                                        : ""));
    }
}
