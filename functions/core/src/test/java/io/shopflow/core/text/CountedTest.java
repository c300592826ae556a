package io.shopflow.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | row | 0 rows",
                "1 | row | 1 row",
                "1200 | row | 1,200 rows",
                "1 | more finding | 1 more finding",
                "2 | more finding | 2 more findings",
                "2 | category | 2 categories",
                "2 | day | 2 days",
                "2 | address | 2 addresses",
                "-1 | row | -1 rows",
            })
    void aNounAgreesWithItsNumber(long number, String noun, String text) {
        assertThat(Counted.of(number, noun)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1, 1 row is", "0, 0 rows are", "2, 2 rows are"})
    void aVerbAgreesToo(long number, String text) {
        assertThat(Counted.be(number, "row")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | orders in two currencies | 1 order in two currencies",
                "2 | orders in two currencies | 2 orders in two currencies",
                "1 | currencies in which | 1 currency in which",
                "1 | of 5 rows | 1 of 5 rows",
                "1 | rows | 1 row",
            })
    void aTextThatBeginsWithANounAgrees(long number, String text, String all) {
        assertThat(Counted.before(number, text)).isEqualTo(all);
    }
}
