-- Sums of the marts' rows, by what pages filter and group by. Each has its key first, then
-- additive measures: marts.refresh adds the new rows and subtracts the former ones, and deletes a row whose measures are all 0.
--
-- Only sums with few rows a day are kept by day. Products are summed by third of a month and coarser periods: with many products
-- there would be as many sums by day as lines, so readers add up the days at the ends of a range from the lines (marts.periods).

create table marts.sums_by_day (
    source text collate "C" not null,
    currency text not null,
    business_date date not null,
    orders bigint not null,
    orders_with_lines bigint not null,
    anonymous_orders bigint not null,
    gross_minor numeric not null,
    discount_minor numeric not null,
    refunded_minor numeric not null,
    net_minor numeric not null,
    net_with_lines_minor numeric not null,
    spent_minor numeric not null,
    shipping_minor numeric not null,
    fees_minor numeric not null,
    tax_minor numeric not null,
    refunded_other_minor numeric not null,
    kept_minor numeric not null,
    net_of_lines_minor numeric not null,
    unsigned_minor numeric not null,
    covered_lines bigint not null,
    covered_minor numeric not null,
    profit_minor numeric not null,
    constraint sums_by_day_pk primary key (source, currency, business_date)
);
comment on table marts.sums_by_day is 'Sales by day of the order. Days without sales have no row.';
comment on column marts.sums_by_day.source is 'Name of the source.';
comment on column marts.sums_by_day.currency is 'Currency of the amounts.';
comment on column marts.sums_by_day.business_date is 'Day of the orders in the shop''s time zone.';
comment on column marts.sums_by_day.orders is 'Orders that count as a sale.';
comment on column marts.sums_by_day.orders_with_lines is 'Orders of these with a line; averages leave the others out.';
comment on column marts.sums_by_day.anonymous_orders is 'Orders of these that name no customer.';
comment on column marts.sums_by_day.gross_minor is 'Lines before discounts, without tax and shipping.';
comment on column marts.sums_by_day.discount_minor is 'Discounts.';
comment on column marts.sums_by_day.refunded_minor is 'Refunds of goods, whenever they were made.';
comment on column marts.sums_by_day.net_minor is 'gross_minor - discount_minor - refunded_minor.';
comment on column marts.sums_by_day.net_with_lines_minor is 'Net sales of the orders with a line.';
comment on column marts.sums_by_day.spent_minor is 'Net sales of the orders with a line whose customer is known.';
comment on column marts.sums_by_day.shipping_minor is 'Shipping without tax.';
comment on column marts.sums_by_day.fees_minor is 'Fees without tax.';
comment on column marts.sums_by_day.tax_minor is 'Tax.';
comment on column marts.sums_by_day.refunded_other_minor is 'Refunds of fees, shipping and tax.';
comment on column marts.sums_by_day.kept_minor is 'What was paid less all refunds.';
comment on column marts.sums_by_day.net_of_lines_minor is 'Net sales of lines; the rest of net_minor is allocated to no line.';
comment on column marts.sums_by_day.unsigned_minor is 'Net sales of lines, each without its sign.';
comment on column marts.sums_by_day.covered_lines is 'Lines whose cost is known.';
comment on column marts.sums_by_day.covered_minor is 'The part of unsigned_minor that is of these lines.';
comment on column marts.sums_by_day.profit_minor is 'Profit of these lines; 0 if covered_lines is 0, when it must be shown as unknown.';

create table marts.sums_by_category (
    source text collate "C" not null,
    currency text not null,
    category text not null,
    business_date date not null,
    orders bigint not null,
    anonymous_orders bigint not null,
    lines bigint not null,
    units numeric not null,
    units_returned numeric not null,
    gross_minor numeric not null,
    discount_minor numeric not null,
    refunded_minor numeric not null,
    net_minor numeric not null,
    spent_minor numeric not null,
    unsigned_minor numeric not null,
    covered_lines bigint not null,
    covered_minor numeric not null,
    profit_minor numeric not null,
    constraint sums_by_category_pk primary key (source, currency, category, business_date)
);
comment on table marts.sums_by_category is 'Sales of lines by category and day of the order.';
comment on column marts.sums_by_category.source is 'Name of the source.';
comment on column marts.sums_by_category.currency is 'Currency of the amounts.';
comment on column marts.sums_by_category.category is 'Current category of the products; unknown if there is none.';
comment on column marts.sums_by_category.business_date is 'Day of the orders in the shop''s time zone.';
comment on column marts.sums_by_category.lines is 'Lines.';
comment on column marts.sums_by_category.units is 'Units sold, including those that were returned.';
comment on column marts.sums_by_category.units_returned is 'Units of these that were returned.';
comment on column marts.sums_by_category.gross_minor is 'Lines before discounts, without tax and shipping.';
comment on column marts.sums_by_category.discount_minor is 'Discounts.';
comment on column marts.sums_by_category.refunded_minor is 'Refunds of goods, whenever they were made.';
comment on column marts.sums_by_category.net_minor is 'gross_minor - discount_minor - refunded_minor.';
comment on column marts.sums_by_category.unsigned_minor is 'Net sales of lines, each without its sign.';
comment on column marts.sums_by_category.covered_lines is 'Lines whose cost is known.';
comment on column marts.sums_by_category.covered_minor is 'The part of unsigned_minor that is of these lines.';
comment on column marts.sums_by_category.profit_minor is 'Profit of these lines; 0 if covered_lines is 0, when it must be shown as unknown.';
comment on column marts.sums_by_category.orders is 'Orders with a line of the category.';
comment on column marts.sums_by_category.anonymous_orders is 'Orders of these whose customer is unknown.';
comment on column marts.sums_by_category.spent_minor is 'Net sales of lines whose customer is known.';

create table marts.sums_by_region (
    source text collate "C" not null,
    currency text not null,
    category text not null,
    grain text collate "C" not null,
    period date not null,
    country text not null,
    region text not null,
    orders bigint not null,
    orders_with_lines bigint not null,
    net_minor numeric not null,
    net_with_lines_minor numeric not null,
    constraint sums_by_region_pk primary key (source, currency, category, grain, period, country, region)
);
comment on table marts.sums_by_region is 'Sales by day, month and year of the order, and by where it was sent to; of all lines, and of those of each category.';
comment on column marts.sums_by_region.source is 'Name of the source.';
comment on column marts.sums_by_region.currency is 'Currency of the amounts.';
comment on column marts.sums_by_region.grain is 'day, month or year: each order is in one row of each.';
comment on column marts.sums_by_region.period is 'First day of it, by the date of the order.';
comment on column marts.sums_by_region.country is 'Country it was sent to; unknown if not known.';
comment on column marts.sums_by_region.region is 'Region it was sent to; unknown if not known.';
comment on column marts.sums_by_region.orders is 'Orders that count as a sale and have a line of the category.';
comment on column marts.sums_by_region.orders_with_lines is 'Orders of these with a line; averages leave the others out.';
comment on column marts.sums_by_region.net_minor is 'Net sales of these orders or lines.';
comment on column marts.sums_by_region.net_with_lines_minor is 'Net sales of the orders with a line.';
comment on column marts.sums_by_region.category is 'Current category of the products; empty for whole orders.';

create table marts.sums_by_postcode_area (
    source text collate "C" not null,
    currency text not null,
    category text not null,
    grain text collate "C" not null,
    period date not null,
    country text not null,
    postcode_area text not null,
    orders bigint not null,
    orders_with_lines bigint not null,
    net_minor numeric not null,
    net_with_lines_minor numeric not null,
    constraint sums_by_postcode_area_pk primary key (
        source, currency, category, grain, period, country, postcode_area
    )
);
comment on table marts.sums_by_postcode_area is 'Sales by day, month and year of the order, and by the area of the postcode it was sent to; of all lines, and of those of each category.';
comment on column marts.sums_by_postcode_area.source is 'Name of the source.';
comment on column marts.sums_by_postcode_area.currency is 'Currency of the amounts.';
comment on column marts.sums_by_postcode_area.category is 'Current category of the products; empty for whole orders.';
comment on column marts.sums_by_postcode_area.grain is 'day, month or year: each order is in one row of each.';
comment on column marts.sums_by_postcode_area.period is 'First day of it, by the date of the order.';
comment on column marts.sums_by_postcode_area.country is 'Country it was sent to; unknown if not known.';
comment on column marts.sums_by_postcode_area.postcode_area is 'Area of the postcode it was sent to; unknown if not known.';
comment on column marts.sums_by_postcode_area.orders is 'Orders that count as a sale and have a line of the category.';
comment on column marts.sums_by_postcode_area.orders_with_lines is 'Orders of these with a line; averages leave the others out.';
comment on column marts.sums_by_postcode_area.net_minor is 'Net sales of these orders or lines.';
comment on column marts.sums_by_postcode_area.net_with_lines_minor is 'Net sales of the orders with a line.';

create table marts.sums_by_product (
    source text collate "C" not null,
    currency text not null,
    grain text collate "C" not null,
    period date not null,
    category text not null,
    product_id text collate "C" not null,
    name text not null,
    lines bigint not null,
    units numeric not null,
    net_minor numeric not null,
    unsigned_minor numeric not null,
    covered_lines bigint not null,
    covered_minor numeric not null,
    profit_minor numeric not null,
    orders bigint not null,
    units_returned numeric not null,
    gross_minor numeric not null,
    discount_minor numeric not null,
    refunded_minor numeric not null,
    cost_minor numeric not null,
    constraint sums_by_product_pk primary key (source, currency, grain, period, category, product_id, name)
);
comment on table marts.sums_by_product is 'Sales of each product by third of a month, month, quarter and year of the order.';
comment on column marts.sums_by_product.source is 'Name of the source.';
comment on column marts.sums_by_product.currency is 'Currency of the amounts.';
comment on column marts.sums_by_product.grain is 'third, month, quarter or year: each line is in one row of each.';
comment on column marts.sums_by_product.period is 'First day of it, by the date of the order.';
comment on column marts.sums_by_product.category is 'Current category of the product; unknown if there is none.';
comment on column marts.sums_by_product.product_id is 'The product; empty for lines of products that the shop has deleted.';
comment on column marts.sums_by_product.name is 'Current name of the product, else its name when it was sold; empty if there is none.';
comment on column marts.sums_by_product.lines is 'Lines.';
comment on column marts.sums_by_product.units is 'Units sold, including those that were returned.';
comment on column marts.sums_by_product.net_minor is 'Net sales.';
comment on column marts.sums_by_product.unsigned_minor is 'Net sales of lines, each without its sign.';
comment on column marts.sums_by_product.covered_lines is 'Lines whose cost is known.';
comment on column marts.sums_by_product.covered_minor is 'The part of unsigned_minor that is of these lines.';
comment on column marts.sums_by_product.profit_minor is 'Profit of these lines; 0 if covered_lines is 0, when it must be shown as unknown.';
comment on column marts.sums_by_product.orders is 'Orders with a line of the product. Where an order has it under several names, the order counts under the first of them, so that a product''s orders add up.';
comment on column marts.sums_by_product.units_returned is 'Units of these that were returned.';
comment on column marts.sums_by_product.gross_minor is 'Lines before discounts, without tax and shipping.';
comment on column marts.sums_by_product.discount_minor is 'Discounts.';
comment on column marts.sums_by_product.refunded_minor is 'Refunds of goods, whenever they were made.';
comment on column marts.sums_by_product.cost_minor is 'Cost of the lines whose cost is known: their net sales are profit_minor + cost_minor.';

-- Exact numbers of distinct customers in any range of days: a customer is counted on the first of its days with an order that lies in
-- the range, which is the one whose previous day is before it. Both days are also kept by month, so that a range is a few rectangles.
create table marts.customer_gaps (
    source text collate "C" not null,
    currency text not null,
    category text not null,
    kind text collate "C" not null,
    later_grain text collate "C" not null,
    earlier_grain text collate "C" not null,
    later date not null,
    earlier date not null,
    customers bigint not null,
    constraint customer_gaps_pk primary key (
        source, currency, category, kind, later_grain, earlier_grain, later, earlier
    )
);
comment on table marts.customer_gaps is 'The number of customers with an order in one period and the order before it in another, of which analytics.customers_between adds up the customers of any range of days.';
comment on column marts.customer_gaps.source is 'Name of the source.';
comment on column marts.customer_gaps.currency is 'Currency of the orders; of the first one, where the kind is first or second.';
comment on column marts.customer_gaps.kind is 'again: a day with an order in the currency and of the category, and the last one before it. first: the day of a customer''s first order in any currency, if it is in this currency and of this category. second: the day of the second order of any kind, and that of the first, which is in this currency and of this category and may be on the same day.';
comment on column marts.customer_gaps.later_grain is 'day or month: each pair is in a row of each, and of each grain of the earlier one.';
comment on column marts.customer_gaps.earlier_grain is 'day or month.';
comment on column marts.customer_gaps.later is 'First day of the later period.';
comment on column marts.customer_gaps.earlier is 'First day of the earlier period; -infinity if there is no earlier order.';
comment on column marts.customer_gaps.customers is 'Pairs; each customer has at most one with this later day.';
comment on column marts.customer_gaps.category is 'Category that the orders have a line of; empty for all orders.';

-- Exact numbers of distinct customers of any place in any range of days. Numbers of customers cannot be added up: one who ordered
-- on two days counts once. Sets can: each customer has a number, and a bit in the set of each period and address.
create table marts.customer_numbers (
    source text collate "C" not null,
    customer_id text collate "C" not null,
    customer_number integer not null,
    constraint customer_numbers_pk primary key (source, customer_id),
    constraint customer_numbers_number_key unique (source, customer_number)
);
comment on table marts.customer_numbers is 'Customers with an order, and which bit each of them is in marts.customers_by_address.';
comment on column marts.customer_numbers.source is 'Name of the source.';
comment on column marts.customer_numbers.customer_id is 'The shop''s id of the customer, or the pseudonym of a guest''s e-mail address.';
comment on column marts.customer_numbers.customer_number is 'From 0. Customers that are added together are numbered by address, so that those of an address are in few blocks.';

create table marts.customers_by_address (
    source text collate "C" not null,
    currency text not null,
    grain text collate "C" not null,
    period date not null,
    country text not null,
    region text not null,
    postcode_area text not null,
    block integer not null,
    customer_bits bit(1024) not null,
    constraint customers_by_address_pk primary key (
        source, currency, grain, period, country, region, postcode_area, block
    )
);
comment on table marts.customers_by_address is 'The set of customers with an order, by day, third of a month, month and year, and by where it was sent to. The bits of several rows of a block, combined by bit_or, are their distinct customers; bit_count is the number of these.';
comment on column marts.customers_by_address.source is 'Name of the source.';
comment on column marts.customers_by_address.currency is 'Currency of the orders.';
comment on column marts.customers_by_address.grain is 'day, third, month or year: each order is in one period of each.';
comment on column marts.customers_by_address.period is 'First day of it, by the date of the order.';
comment on column marts.customers_by_address.country is 'Country it was sent to; unknown if not known.';
comment on column marts.customers_by_address.region is 'Region it was sent to; unknown if not known.';
comment on column marts.customers_by_address.postcode_area is 'Area of the postcode it was sent to; unknown if not known.';
comment on column marts.customers_by_address.block is 'Whose bits these are: of the customers whose number divided by 1024 is this.';
comment on column marts.customers_by_address.customer_bits is 'The bit at the remainder of that division is 1 if the customer has an order. A block without any has no row.';

create table marts.customers_by_last_order (
    source text collate "C" not null,
    currency text not null,
    last_order date not null,
    customers bigint not null,
    constraint customers_by_last_order_pk primary key (source, currency, last_order)
);
comment on table marts.customers_by_last_order is 'Customers with a sale in the currency, by the day of their last one in any currency.';
comment on column marts.customers_by_last_order.source is 'Name of the source.';
comment on column marts.customers_by_last_order.currency is 'A currency that they ordered in.';
comment on column marts.customers_by_last_order.last_order is 'Day of their last order that counts as a sale, in any currency.';
comment on column marts.customers_by_last_order.customers is 'Number of these customers.';

create table marts.cohorts (
    source text collate "C" not null,
    currency text not null,
    cohort date not null,
    month date not null,
    active_customers bigint not null,
    starting_customers bigint not null,
    orders bigint not null,
    net_minor numeric not null,
    constraint cohorts_pk primary key (source, currency, cohort, month)
);
comment on table marts.cohorts is 'Orders of known customers, and their standalone refunds, by the month of the customer''s first order and that of the order or refund. Months without either have no row.';
comment on column marts.cohorts.source is 'Name of the source.';
comment on column marts.cohorts.currency is 'Currency of the orders.';
comment on column marts.cohorts.cohort is 'First day of the month of the customers'' first order that counts as a sale, in any currency.';
comment on column marts.cohorts.month is 'First day of the month of the orders; before the cohort, where it has standalone refunds only.';
comment on column marts.cohorts.active_customers is 'Customers of the cohort with an order of the month in this currency.';
comment on column marts.cohorts.starting_customers is 'Customers of these whose first order in this currency is of this month: added up over all months, those of the cohort who ever ordered in it.';
comment on column marts.cohorts.orders is 'Their orders of the month.';
comment on column marts.cohorts.net_minor is 'Net sales of these orders, less the standalone refunds of the month, of customers with an order in this currency.';

create table marts.segment_sales (
    source text collate "C" not null,
    currency text not null,
    segment text collate "C" not null,
    customers bigint not null,
    orders bigint not null,
    spent_minor numeric not null,
    constraint segment_sales_pk primary key (source, currency, segment)
);
comment on table marts.segment_sales is 'Customers by segment, as of the last closed run: one order more may move any customer of the source to another segment, so they are counted anew.';
comment on column marts.segment_sales.source is 'Name of the source.';
comment on column marts.segment_sales.currency is 'Currency of the amounts.';
comment on column marts.segment_sales.segment is 'Name of the segment (analytics.customer_segments).';
comment on column marts.segment_sales.customers is 'Number of customers.';
comment on column marts.segment_sales.orders is 'Their orders that count as a sale, of all time.';
comment on column marts.segment_sales.spent_minor is 'Net sales of these orders, in minor units.';

create table marts.score_limits (
    source text collate "C" not null,
    currency text not null,
    score integer not null,
    last_order date,
    orders bigint,
    spent_minor numeric,
    constraint score_limits_pk primary key (source, currency, score)
);
comment on table marts.score_limits is 'The best customer of each score of analytics.customer_segments, as of the last closed run: whoever is worse than that, and better than that of the score below, has this score too.';
comment on column marts.score_limits.source is 'Name of the source.';
comment on column marts.score_limits.currency is 'Currency of the amounts.';
comment on column marts.score_limits.score is 'From 1, the worst, to 5. A score that no customer has by recency, frequency or monetary value has no row.';
comment on column marts.score_limits.last_order is 'The last order, in any currency, of the most recent customer with this score of recency; null if none has it.';
comment on column marts.score_limits.orders is 'The most orders of a customer with this score of frequency; null if none has it.';
comment on column marts.score_limits.spent_minor is 'The most net sales of a customer with this score of monetary value, in minor units; null if none has it.';
