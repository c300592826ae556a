package io.shopflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.dashboard.page.Formats;
import io.shopflow.dashboard.sales.Change;
import io.shopflow.dashboard.sales.DateRange;
import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.SalesFigures.Coverage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "99999 | GBP | £999.99 | £999.99",
                "100000 | GBP | £1,000.00 | £1,000",
                "9999949 | GBP | £99,999.49 | £99,999",
                "12345678 | GBP | £123,456.78 | £123.5k",
                "99994999 | GBP | £999,949.99 | £999.9k",
                "99995000 | GBP | £999,950.00 | £1m",
                "123456789 | GBP | £1,234,567.89 | £1.23m",
                "-12345678 | GBP | −£123,456.78 | −£123.5k",
                "1999 | JPY | JP¥1,999 | JP¥1,999",
                "1999 | KWD | KWD 1.999 | KWD 1.999",
                "-21106 | KWD | −KWD 21.106 | −KWD 21.106",
                "123456789 | CHF | CHF 1,234,567.89 | CHF 1.23m",
                "123456 | BRL | R$1,234.56 | R$1,235",
            })
    void moneyIsWrittenInFullAndShort(long minor, String currency, String full, String compact) {
        Money money = new Money(minor, Currency.getInstance(currency));
        assertThat(Formats.money(money).replace('\u00a0', ' ')).isEqualTo(full);
        assertThat(Formats.compactMoney(money).replace('\u00a0', ' ')).isEqualTo(compact);
    }

    @Test
    void countsAreShortenedOnlyWhereTheyAreLong() {
        assertThat(Formats.compactCount(99_999)).isEqualTo("99,999");
        assertThat(Formats.compactCount(123_456)).isEqualTo("123.5k");
        assertThat(Formats.compactCount(12_345_678)).isEqualTo("12.35m");
    }

    /** Amounts had a hyphen before them, and growth beside them a minus. */
    @Test
    void allFiguresHaveTheSameMinus() {
        assertThat(Formats.count(-1234)).isEqualTo("−1,234");
        assertThat(Formats.compactCount(-123_456)).isEqualTo("−123.5k");
        assertThat(Formats.units(new BigDecimal("-1.5"))).isEqualTo("−1.5");
        assertThat(Formats.percent(-1, 8)).isEqualTo("−12.5%");
        assertThat(Formats.change(new Change(new BigDecimal("-4")))).isEqualTo("−4.0%");
    }

    @Test
    void aShareOfNothingIsNoNumber() {
        assertThat(Formats.percent(1, 8)).isEqualTo("12.5%");
        assertThat(Formats.percent(0, 0)).isEqualTo("–");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, –", "0, 9, 0.0%", "1, 99999, 0.1%", "99998, 99999, 99.9%", "5, 5, 100.0%"})
    void aCoverageIsWholeOnlyIfNothingIsLeftOut(long part, long whole, String shown) {
        Currency pound = Currency.getInstance("GBP");
        assertThat(Formats.coverage(new Coverage(new Money(part, pound), new Money(whole, pound))))
                .isEqualTo(shown);
    }

    @Test
    void changesCarryASignThatDoesNotNeedColour() {
        assertThat(written(100, 110)).isEqualTo("+10.0% up");
        assertThat(written(100, 96)).isEqualTo("−4.0% down");
        assertThat(written(100, 100)).isEqualTo("±0.0% level");
        assertThat(Change.between(BigInteger.ZERO, BigInteger.TEN)).isNull();
    }

    @Test
    void differencesCarryASignToo() {
        Currency pound = Currency.getInstance("GBP");
        assertThat(Formats.difference(new Money(123_450, pound))).isEqualTo("+£1,234.50");
        assertThat(Formats.difference(new Money(-400, pound))).isEqualTo("−£4.00");
        assertThat(Formats.difference(new Money(0, pound))).isEqualTo("±£0.00");
    }

    private static String written(long before, long now) {
        Change change = Change.between(BigInteger.valueOf(before), BigInteger.valueOf(now));
        assertThat(change).isNotNull();
        return Formats.change(change) + " " + change.direction();
    }

    @Test
    void durationsUseTheUnitThatFits() {
        assertThat(Formats.duration(Duration.ofMillis(420))).isEqualTo("420 ms");
        assertThat(Formats.duration(Duration.ofSeconds(12))).isEqualTo("12 s");
        assertThat(Formats.duration(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
    }

    @Test
    void unknownPlacesAreShownAsUnknown() {
        assertThat(Formats.region("unknown")).isEqualTo("Unknown region");
        assertThat(Formats.country("unknown")).isEqualTo("unknown country");
        assertThat(Formats.country("GB")).isEqualTo("United Kingdom");
        assertThat(Formats.country("England")).isEqualTo("England");
    }

    @Test
    void amountsOfDifferentCurrenciesCannotBeMixed() {
        Money pound = new Money(100, Currency.getInstance("GBP"));
        Money real = new Money(100, Currency.getInstance("BRL"));
        assertThatThrownBy(() -> pound.minus(real)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRangeEndsNotBeforeItBegins() {
        LocalDate day = LocalDate.of(2026, 3, 1);
        assertThatThrownBy(() -> new DateRange(day, day.minusDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new DateRange(day, day).previous())
                .isEqualTo(new DateRange(day.minusDays(1), day.minusDays(1)));
    }
}
