-- Question: does the shop sell more or less on the bank holidays of England and Wales than on other days?
-- Columns: day (bank holiday, weekend or weekday), days of that kind from the first to the newest day with sales, days without sales
-- among them, orders, net sales per day in minor units. One-off holidays count as weekdays or weekends.
with ranges as (
    select
        source,
        currency,
        min(business_date) as first_day,
        max(business_date) as last_day
    from marts.sums_by_day
    group by source, currency
),
days as (
    select
        ranges.source,
        ranges.currency,
        calendar.calendar_date,
        case
            when calendar.holiday_england_and_wales is not null then 'bank holiday'
            when calendar.is_weekend then 'weekend'
            else 'weekday'
        end as day
    from ranges
    inner join analytics.calendar as calendar on calendar.calendar_date between ranges.first_day and ranges.last_day
)
select
    days.source,
    days.currency,
    days.day,
    count(*) as days,
    count(*) filter (where sums.orders is null) as days_without_sales,
    coalesce(sum(sums.orders), 0) as orders,
    analytics.quotient(coalesce(sum(sums.net_minor), 0), count(*), 0) as net_per_day_minor
from days
left join marts.sums_by_day as sums
    on sums.source = days.source
    and sums.currency = days.currency
    and sums.business_date = days.calendar_date
group by days.source, days.currency, days.day
order by days.source, days.currency, days.day;
