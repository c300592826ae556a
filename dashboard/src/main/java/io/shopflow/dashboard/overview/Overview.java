package io.shopflow.dashboard.overview;

import io.shopflow.core.run.RunId;
import io.shopflow.dashboard.ledger.QuarantinedRow;
import io.shopflow.dashboard.ledger.RunTotals;
import io.shopflow.dashboard.overview.SalesPage.View;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.SalesCache;
import io.shopflow.ledger.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Collects the figures of the page of sales. */
@ApplicationScoped
class Overview {
    private final SalesCache sales;
    private final Ledger ledger;

    Overview(SalesCache sales, Ledger ledger) {
        this.sales = sales;
        this.ledger = ledger;
    }

    View view(PageContext context) {
        List<RunId> lastRuns =
                context.freshness().stream().map(source -> new RunId(source.lastRunId)).toList();
        return new View(
                context,
                sales.figures(context.filter(), context.version()),
                sales.overTime(context.filter(), context.version()),
                RunTotals.of(ledger.read(reader -> reader.streams(lastRuns))),
                QuarantinedRow.stillOut(context.filter().scope().sources()));
    }
}
