package io.shopflow.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinorUnitsTest {

    private static final Currency GBP = Currency.getInstance("GBP");

    @ParameterizedTest
    @CsvSource({
        "19.99, EUR, 1999",
        "1999, JPY, 1999",
        "1999.00, JPY, 1999",
        "1.234, KWD, 1234",
        "-0.01, GBP, -1",
        "12.340000, GBP, 1234",
        "92233720368547758.07, GBP, 9223372036854775807",
    })
    void exactAmountsHaveTheDigitsOfTheirCurrency(BigDecimal amount, String currency, long minor) {
        assertThat(MinorUnits.rounded(amount, Currency.getInstance(currency))).isEqualTo(minor);
    }

    @ParameterizedTest
    @CsvSource({"0.005, 1", "0.0049, 0", "-0.005, -1", "19.994999, 1999", "19.995, 2000"})
    void computedAmountsAreRoundedHalfUp(BigDecimal amount, long minor) {
        assertThat(MinorUnits.rounded(amount, GBP)).isEqualTo(minor);
    }

    @Test
    void amountsBeyondALongAreRefusedAlsoWhenRounded() {
        assertThatThrownBy(() -> MinorUnits.rounded(new BigDecimal("92233720368547758.08"), GBP))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void goldIsNoCurrencyToPayWith() {
        assertThatThrownBy(() -> MinorUnits.rounded(BigDecimal.ONE, Currency.getInstance("XAU")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("XAU");
    }

    @Property
    void roundingUndoesTheDecimals(@ForAll long minor, @ForAll @IntRange(max = 6) int zeros) {
        BigDecimal amount = BigDecimal.valueOf(minor, 2).setScale(2 + zeros);

        assertThat(MinorUnits.rounded(amount, GBP)).isEqualTo(minor);
    }
}
