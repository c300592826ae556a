-- Bank holidays of the United Kingdom by rule. One-off holidays follow no rule and are not included: jubilees (2002,
-- 2012, 2022), the royal wedding (2011), the state funeral (2022), the coronation (2023) and others. Nor are holidays included as
-- they were moved: spring in 2002, 2012 and 2022, and early May in 2020 (to 8 May).

create function analytics.easter_sunday(year integer) returns date
language sql immutable parallel safe
as $$
    select make_date(year, shifted / 31, shifted % 31 + 1)
    from (select year % 19 as golden, year / 100 as century, year % 100 as of_century) as years
    cross join lateral (
        select (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30 as epact
    ) as moons
    cross join lateral (
        select (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7 as weekday
    ) as weekdays
    cross join lateral (
        select epact + weekday - 7 * ((golden + 11 * epact + 22 * weekday) / 451) + 114 as shifted
    ) as days
$$;
comment on function analytics.easter_sunday is 'Easter Sunday of a year of the Gregorian calendar (the anonymous Gregorian computus).';

create function analytics.monday_from(day date) returns date
language sql immutable parallel safe
return day + (8 - extract(isodow from day)::integer) % 7;
comment on function analytics.monday_from is 'The first Monday from the day on, which may be that day.';

create function analytics.bank_holidays_of(year integer)
returns table (division text, calendar_date date, name text, is_substitute boolean)
language sql immutable rows 26
as $$
    with rules (division, day, name, moved) as (
        values
            -- On a weekend: the Monday after it.
            ('england-and-wales', make_date(year, 1, 1), 'New Year''s Day', 'monday'),
            ('northern-ireland', make_date(year, 1, 1), 'New Year''s Day', 'monday'),
            ('northern-ireland', make_date(year, 3, 17), 'St Patrick''s Day', 'monday'),
            ('northern-ireland', make_date(year, 7, 12), 'Battle of the Boyne', 'monday'),
            ('scotland', make_date(year, 11, 30), 'St Andrew''s Day', 'monday'),
            -- Two days in a row: of a weekend's, each has its substitute two days later.
            ('scotland', make_date(year, 1, 1), 'New Year''s Day', 'two days'),
            ('scotland', make_date(year, 1, 2), '2nd January', 'two days'),
            (null, make_date(year, 12, 25), 'Christmas Day', 'two days'),
            (null, make_date(year, 12, 26), 'Boxing Day', 'two days'),
            (null, analytics.easter_sunday(year) - 2, 'Good Friday', null),
            ('england-and-wales', analytics.easter_sunday(year) + 1, 'Easter Monday', null),
            ('northern-ireland', analytics.easter_sunday(year) + 1, 'Easter Monday', null),
            (null, analytics.monday_from(make_date(year, 5, 1)), 'Early May bank holiday', null),
            (null, analytics.monday_from(make_date(year, 5, 25)), 'Spring bank holiday', null),
            ('scotland', analytics.monday_from(make_date(year, 8, 1)), 'Summer bank holiday', null),
            ('england-and-wales', analytics.monday_from(make_date(year, 8, 25)), 'Summer bank holiday', null),
            ('northern-ireland', analytics.monday_from(make_date(year, 8, 25)), 'Summer bank holiday', null)
    ),
    divisions (division) as (
        values ('england-and-wales'), ('scotland'), ('northern-ireland')
    )
    select
        divisions.division,
        case
            when not weekends.is_moved then rules.day
            when rules.moved = 'monday' then analytics.monday_from(rules.day)
            else rules.day + 2
        end,
        rules.name,
        weekends.is_moved
    from rules
    inner join divisions on rules.division is null or rules.division = divisions.division
    cross join lateral (
        select rules.moved is not null and extract(isodow from rules.day) >= 6 as is_moved
    ) as weekends
    -- A bank holiday since the Act of 2007.
    where rules.name <> 'St Andrew''s Day' or year >= 2007
$$;
comment on function analytics.bank_holidays_of is 'Bank holidays of a year by rule, from 1978 on, in england-and-wales, scotland and northern-ireland. Days that were proclaimed or moved once are not contained, such as those of jubilees, the coronation, and the early May bank holiday of 2020.';

create view analytics.bank_holidays as
select
    holidays.calendar_date,
    holidays.division,
    holidays.name,
    holidays.is_substitute
from (select distinct year from warehouse.dim_date) as years
cross join lateral analytics.bank_holidays_of(years.year) as holidays;
comment on view analytics.bank_holidays is 'Bank holidays of the United Kingdom, by rule, of the years of warehouse.dim_date. Days that were proclaimed or moved once are not contained, such as those of jubilees, the coronation, and the early May bank holiday of 2020.';
comment on column analytics.bank_holidays.calendar_date is 'The day off: of a holiday on a weekend, its substitute.';
comment on column analytics.bank_holidays.division is 'england-and-wales, scotland or northern-ireland.';
comment on column analytics.bank_holidays.name is 'Name of the holiday.';
comment on column analytics.bank_holidays.is_substitute is 'True if the holiday itself is on the weekend before.';

create view analytics.calendar as
select
    days.calendar_date,
    days.year,
    days.quarter,
    days.month,
    days.month_start,
    days.iso_year,
    days.iso_week,
    days.iso_weekday,
    days.is_weekend,
    max(holidays.name) filter (where holidays.division = 'england-and-wales') as holiday_england_and_wales,
    max(holidays.name) filter (where holidays.division = 'scotland') as holiday_scotland,
    max(holidays.name) filter (where holidays.division = 'northern-ireland') as holiday_northern_ireland
from warehouse.dim_date as days
left join analytics.bank_holidays as holidays using (calendar_date)
group by days.calendar_date;
comment on view analytics.calendar is 'One row per day of warehouse.dim_date, with the bank holidays of the United Kingdom by rule; days that were proclaimed or moved once are not contained.';
comment on column analytics.calendar.calendar_date is 'The day.';
comment on column analytics.calendar.year is 'Calendar year.';
comment on column analytics.calendar.quarter is 'Quarter of the year, from 1 to 4.';
comment on column analytics.calendar.month is 'Month of the year, from 1 to 12.';
comment on column analytics.calendar.month_start is 'First day of the month.';
comment on column analytics.calendar.iso_year is 'Year that the week belongs to, as in ISO 8601.';
comment on column analytics.calendar.iso_week is 'Week of iso_year, from Monday; week 1 has the first Thursday.';
comment on column analytics.calendar.iso_weekday is '1 is Monday, 7 is Sunday.';
comment on column analytics.calendar.is_weekend is 'True for Saturday and Sunday.';
comment on column analytics.calendar.holiday_england_and_wales is 'Bank holiday in England and Wales; null on other days.';
comment on column analytics.calendar.holiday_scotland is 'Bank holiday in Scotland; null on other days.';
comment on column analytics.calendar.holiday_northern_ireland is 'Bank holiday in Northern Ireland; null on other days.';
