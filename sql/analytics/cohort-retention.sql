-- Question: of the customers of each month, what share ordered again one, two and three months later?
-- Columns: month of the first order, customers, share of them with an order in the month itself and in those after it. Null: the month
-- is not over yet, or still to come.
select
    source,
    currency,
    cohort,
    max(customers) as customers,
    max(retained_share) filter (where months_since = 0 and not is_partial) as month_0,
    max(retained_share) filter (where months_since = 1 and not is_partial) as month_1,
    max(retained_share) filter (where months_since = 2 and not is_partial) as month_2,
    max(retained_share) filter (where months_since = 3 and not is_partial) as month_3
from analytics.customer_cohorts
group by source, currency, cohort
order by source, currency, cohort;
