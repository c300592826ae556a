package io.shopflow.dashboard.page;

import io.quarkus.arc.Arc;
import io.quarkus.qute.TemplateExtension;
import io.shopflow.core.text.Counted;
import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.geography.AreaMetric;
import io.shopflow.dashboard.geography.HeatMap;
import io.shopflow.dashboard.geography.HiddenAreas;
import io.shopflow.dashboard.sales.AreaSales;
import io.shopflow.dashboard.sales.Change;
import io.shopflow.dashboard.sales.DateRange;
import io.shopflow.dashboard.sales.Grain;
import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.SalesFigures.Coverage;
import io.shopflow.dashboard.sales.SalesOverTime.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Currency;
import java.util.Locale;

/** The format of figures on pages: British English, money in its own currency. */
@TemplateExtension(namespace = "fmt")
public final class Formats {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.UK);
    private static final DateTimeFormatter DAY_OF_YEAR =
            DateTimeFormatter.ofPattern("d MMM", Locale.UK);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm z", Locale.UK);
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("MMM uuuu", Locale.UK);

    /** The views' value for an order without region or country. */
    private static final String UNKNOWN = "unknown";

    private static final String NONE = "–";

    /**
     * As long as a plus; the hyphen of keyboards is shorter, and screen readers may not read it.
     */
    private static final char MINUS = '−';

    private static final char NO_BREAK_SPACE = '\u00a0';

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal SHORTEN_FROM = BigDecimal.valueOf(100_000);

    private Formats() {}

    /** 1,234. */
    public static String count(long number) {
        return numberFormat(0).format(number);
    }

    /** 1 product, 1,234 products; the noun in the singular. */
    public static String counted(long number, String noun) {
        return Counted.of(number, noun);
    }

    /** The same; Qute does not widen an int. */
    public static String counted(int number, String noun) {
        return Counted.of(number, noun);
    }

    /** 1,234 or 1.5: quantities may have decimals. */
    public static String units(BigDecimal units) {
        return numberFormat(6).format(units);
    }

    /** 98,765 in full; from 100,000 on 123.5k, from a million on 1.23m. */
    public static String compactCount(long number) {
        return Math.abs(number) < 100_000 ? count(number) : shortened(BigDecimal.valueOf(number));
    }

    /** £1,234.50. */
    public static String money(Money money) {
        return moneyFormat(money, money.currency().getDefaultFractionDigits())
                .format(money.amount());
    }

    /** +£12.00, −£4.00, ±£0.00. */
    public static String difference(Money money) {
        return switch (money.minor().signum()) {
            case 1 -> "+" + money(money);
            case -1 -> money(money);
            default -> "±" + money(money);
        };
    }

    /** £98,765 without pence from 1,000 on; from 100,000 on £123.5k, from a million on £1.23m. */
    public static String compactMoney(Money money) {
        BigDecimal amount = money.amount();
        if (amount.abs().compareTo(BigDecimal.valueOf(1000)) < 0) {
            return money(money);
        }
        if (amount.abs().compareTo(SHORTEN_FROM) < 0) {
            return moneyFormat(money, 0).format(amount);
        }
        String sign = amount.signum() < 0 ? String.valueOf(MINUS) : "";
        return sign + prefix(money.currency()) + shortened(amount.abs());
    }

    /** What precedes amounts of a currency: its symbol, or its code and a space. */
    public static String symbol(String currencyCode) {
        return prefix(Currency.getInstance(currencyCode));
    }

    /** The number of decimals of amounts of a currency. */
    public static int decimals(String currencyCode) {
        return Math.max(0, Currency.getInstance(currencyCode).getDefaultFractionDigits());
    }

    private static String prefix(Currency currency) {
        String symbol = currency.getSymbol(Locale.UK);
        return Character.isLetter(symbol.charAt(symbol.length() - 1))
                ? symbol + NO_BREAK_SPACE
                : symbol;
    }

    /** The amount as charts read it: 1234.50. */
    public static String plain(Money money) {
        return money.amount().toPlainString();
    }

    private static NumberFormat moneyFormat(Money money, int digits) {
        Currency currency = money.currency();
        DecimalFormat format = (DecimalFormat) NumberFormat.getCurrencyInstance(Locale.UK);
        format.setCurrency(currency);
        DecimalFormatSymbols symbols = format.getDecimalFormatSymbols();
        symbols.setCurrencySymbol(prefix(currency));
        symbols.setMinusSign(MINUS);
        format.setDecimalFormatSymbols(symbols);
        format.setRoundingMode(RoundingMode.HALF_UP);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format;
    }

    private static NumberFormat numberFormat(int mostDigits) {
        DecimalFormat format = (DecimalFormat) NumberFormat.getNumberInstance(Locale.UK);
        DecimalFormatSymbols symbols = format.getDecimalFormatSymbols();
        symbols.setMinusSign(MINUS);
        format.setDecimalFormatSymbols(symbols);
        format.setMaximumFractionDigits(mostDigits);
        return format;
    }

    private static String shortened(BigDecimal number) {
        boolean millions = number.abs().compareTo(new BigDecimal("999950")) >= 0;
        NumberFormat format = numberFormat(millions ? 2 : 1);
        format.setRoundingMode(RoundingMode.HALF_UP);
        BigDecimal unit = millions ? MILLION : BigDecimal.valueOf(1000);
        return format.format(number.divide(unit, 6, RoundingMode.HALF_UP)) + (millions ? "m" : "k");
    }

    /** Part of a whole as 12.3%; a whole of zero has no share. */
    public static String percent(long part, long whole) {
        return share(BigInteger.valueOf(part), BigInteger.valueOf(whole));
    }

    /** The same for amounts of one currency. */
    public static String share(BigInteger part, BigInteger whole) {
        return whole.signum() == 0 ? NONE : oneDecimal(percentage(part, whole)) + "%";
    }

    /** The same of a coverage; 0.0% and 100.0% only if they are exact. */
    public static String coverage(Coverage coverage) {
        BigInteger part = coverage.covered().minor();
        BigInteger whole = coverage.all().minor();
        if (whole.signum() == 0) {
            return NONE;
        }
        BigDecimal shown = percentage(part, whole);
        if (part.signum() > 0 && part.compareTo(whole) < 0) {
            shown = shown.max(new BigDecimal("0.1")).min(new BigDecimal("99.9"));
        }
        return oneDecimal(shown) + "%";
    }

    /** +12.3%, −4.0%, ±0.0%. */
    public static String change(Change change) {
        String sign =
                switch (change.percent().signum()) {
                    case 1 -> "+";
                    case -1 -> String.valueOf(MINUS);
                    default -> "±";
                };
        return sign + oneDecimal(change.percent().abs()) + "%";
    }

    private static BigDecimal percentage(BigInteger part, BigInteger whole) {
        return new BigDecimal(part)
                .movePointRight(2)
                .divide(new BigDecimal(whole), 4, RoundingMode.HALF_UP);
    }

    private static String oneDecimal(BigDecimal number) {
        return number.setScale(1, RoundingMode.HALF_UP).toPlainString().replace('-', MINUS);
    }

    /** 31 Jan 2026. */
    public static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** Jan 2026. */
    public static String month(YearMonth month) {
        return MONTH.format(month);
    }

    /** 31 Jan 2026; 26 Jan – 1 Feb 2026; 29 Dec 2025 – 4 Jan 2026. */
    public static String days(DateRange days) {
        if (days.days() == 1) {
            return day(days.from());
        }
        boolean oneYear = days.from().getYear() == days.to().getYear();
        return (oneYear ? DAY_OF_YEAR : DAY).format(days.from()) + " – " + day(days.to());
    }

    /** 31 Jan 2026; 26 Jan – 1 Feb 2026 for a week; Jan 2026 for a month. */
    public static String period(Period period) {
        return period.grain() == Grain.MONTH
                ? month(YearMonth.from(period.days().from()))
                : days(period.days());
    }

    /** The same as short as under a column: 31 Jan; the Monday of a week. */
    public static String tick(Period period, boolean ofSeveralYears) {
        if (period.grain() == Grain.MONTH) {
            return period(period);
        }
        return (ofSeveralYears ? DAY : DAY_OF_YEAR).format(period.days().from());
    }

    /** What else identifies it: Saturday; week 5, only 3 days; 10–31 only; empty for a month. */
    public static String detail(Period period) {
        LocalDate from = period.days().from();
        LocalDate to = period.days().to();
        return switch (period.grain()) {
            case DAY -> from.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.UK);
            case WEEK ->
                    "week %d".formatted(from.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))
                            + (period.partial()
                                    ? ", only " + counted(period.days().days(), "day")
                                    : "");
            case MONTH ->
                    period.partial()
                            ? "%d–%d only".formatted(from.getDayOfMonth(), to.getDayOfMonth())
                            : "";
        };
    }

    /** 31 Jan 2026, 14:05 GMT, in the configured zone. */
    public static String time(Instant instant) {
        return DAY_AND_TIME.withZone(zone()).format(instant);
    }

    /** 420 ms, 12 s, 3 min 5 s. */
    public static String duration(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return duration.toSeconds() + " s";
        }
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    /** A region as the shop writes it. */
    public static String region(String region) {
        return region.equals(UNKNOWN) ? "Unknown region" : region;
    }

    /** The name of a country at the beginning of a row. */
    public static String countryName(String country) {
        return country.equals(UNKNOWN) ? "Unknown country" : country(country);
    }

    /** A figure of an area; – if it has none. */
    public static String area(AreaMetric metric, AreaSales sales) {
        return switch (metric) {
            case NET -> money(sales.net());
            case ORDERS -> count(sales.orders());
            case CUSTOMERS -> count(sales.customers());
            case AVERAGE -> {
                Money average = sales.perOrder().value();
                yield average == null ? NONE : money(average);
            }
            case GROWTH -> {
                Change growth = sales.growth();
                yield growth == null ? NONE : change(growth);
            }
        };
    }

    /** The total of several areas; – for figures that do not add up. */
    public static String sum(AreaMetric metric, HiddenAreas.Sum sum) {
        return switch (metric) {
            case NET -> money(sum.net());
            case ORDERS -> count(sum.orders());
            case CUSTOMERS, AVERAGE, GROWTH -> NONE;
        };
    }

    /** What a map does not show: 2 areas with fewer than 5 customers and orders without an area. */
    public static String hidden(HeatMap map) {
        HiddenAreas hidden = map.hidden();
        if (hidden == null) {
            return NONE;
        }
        String noun = map.kind().noun();
        String others =
                hidden.withoutArea()
                        ? "orders without %s %s".formatted(noun.equals("area") ? "an" : "a", noun)
                        : "";
        if (hidden.areas().isEmpty()) {
            return others;
        }
        return "%s %s%s"
                .formatted(
                        counted(hidden.count(), noun),
                        hidden.isOfFew()
                                ? "with fewer than %d customers".formatted(map.fewest())
                                : "with the fewest customers",
                        others.isEmpty() ? "" : " and " + others);
    }

    /** The length of a bar in percent of the longest one; less than 0 has none. */
    public static int bar(Money money, Money longest) {
        return money.minor().signum() <= 0
                ? 0
                : percentage(money.minor(), longest.minor())
                        .setScale(0, RoundingMode.UP)
                        .intValue();
    }

    /** The name of a country within a sentence; text that is not an ISO 3166 code is unchanged. */
    public static String country(String country) {
        if (country.equals(UNKNOWN)) {
            return "unknown country";
        }
        return country.matches("[A-Z]{2}")
                ? Locale.of("", country).getDisplayCountry(Locale.UK)
                : country;
    }

    private static ZoneId zone() {
        return Arc.container().instance(DashboardConfig.class).get().zone();
    }
}
