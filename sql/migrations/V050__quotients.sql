-- Shares and averages as exact numbers: a quotient of numerics has no more than some 16 digits, and rounding it again may go the
-- wrong way where amounts are large.
create function analytics.quotient(part numeric, whole numeric, decimals integer) returns numeric
language sql immutable parallel safe
return round(
    sign(part) * sign(whole)
    * div(2 * abs(part) * power(10::numeric, decimals) + abs(whole), 2 * nullif(abs(whole), 0))
    / power(10::numeric, decimals),
    decimals
);
comment on function analytics.quotient is 'part / whole, rounded to so many decimals, exactly, halves away from 0; null where the whole is 0.';
