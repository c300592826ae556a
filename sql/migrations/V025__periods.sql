-- A range of days as the periods that sums are kept by: few of them, however long it is.

create function marts.period_of(day date, grain text) returns date
language sql immutable parallel safe
return case grain
    when 'day' then day
    when 'third' then
        date_trunc('month', day::timestamp)::date + 10 * least((extract(day from day)::integer - 1) / 10, 2)
    else date_trunc(grain, day::timestamp)::date
end;
comment on function marts.period_of is 'First day of the period that a day is in. Grains: day, third (days 1 to 10, 11 to 20 and the others of a month), month, quarter, year.';

create function marts.period_after(period date, grain text) returns date
language sql immutable parallel safe
return case grain
    when 'day' then period + 1
    when 'third' then
        case
            when extract(day from period) < 21 then period + 10
            else (date_trunc('month', period::timestamp) + interval '1 month')::date
        end
    when 'month' then (period + interval '1 month')::date
    when 'quarter' then (period + interval '3 months')::date
    when 'year' then (period + interval '1 year')::date
end;
comment on function marts.period_after is 'First day of the next period.';

create function marts.periods(first_day date, last_day date, grains text[])
returns table (grain text, period date)
language plpgsql immutable parallel safe rows 20
set search_path = pg_catalog, pg_temp
as $$
declare
    day date := first_day;
begin
    while day <= last_day loop
        period := day;
        foreach grain in array grains loop
            exit when marts.period_of(day, grain) = day and marts.period_after(day, grain) - 1 <= last_day;
        end loop;
        return next;
        day := marts.period_after(day, grain);
    end loop;
end
$$;
comment on function marts.periods is 'The range from the first to the last day as whole periods, each as coarse as the range allows. Grains: coarsest first; the last one is day.';
