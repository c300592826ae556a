package io.shopflow.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.privacy.Masking.Kind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is hidden of a text; transform's {@code PrivacyTest} has the values that must not pass. */
class MaskingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mug for ada @ example.com, blue | Mug for ***, blue",
                "Mug for ada%2540example.com | Mug for ***",
                "ada&commat;example.com & Co | *** & Co",
                "ada=40example.com.|***.",
                "(ada\\u0040example.com)|(***)",
                "100%25 for %2B44 20 7946 0958|100%25 for ***",
                "at [2a02::1234:5678]:443, IP:fe80::1ff:fe23:|at [***]:443, IP:***:",
                "card CC4111111111111111 and 4111-1111-1111-1111x|card CC*** and ***x",
                "𝐀 x\u200b ada\u200b@example.com y|𝐀 x\u200b *** y",
            })
    void onlyWhatIsPersonalIsHiddenWhereverItIsWritten(String text, String masked) {
        assertThat(Masking.text(text)).isEqualTo(masked);
    }

    /** Groups of digits were read in windows that did not overlap. */
    @Test
    void aCardIsFoundAfterAnyNumberOfOtherDigits() {
        for (int before = 0; before < 200; before++) {
            assertThat(Masking.text("1 ".repeat(before) + "4111 1111 1111 1111"))
                    .as("%d digits before", before)
                    .doesNotContain("1111");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4, 13",
        "4, 16",
        "4, 19",
        "51, 16",
        "2221, 16",
        "2720, 16",
        "37, 15",
        "36, 14",
        "6011, 16",
        "6011, 19",
        "644, 16",
        "649, 16",
        "65, 16",
        "3528, 16",
        "2200, 16",
        "2204, 19",
        "60, 16",
        "81, 16",
        "82, 16",
        "62, 16",
        "62, 17",
        "62, 18",
        "62, 19",
        "5018, 12",
        "5020, 13",
        "5038, 14",
        "5893, 15",
        "6304, 16",
        "6759, 17",
        "6761, 18",
        "6762, 19",
        "6763, 12"
    })
    void cardsOfAllIssuersAreFound(String prefix, int length) {
        String start = prefix + "7".repeat(length - 1 - prefix.length());
        List<String> found =
                IntStream.range(0, 10)
                        .mapToObj(check -> start + check)
                        .filter(number -> !Masking.text(number).equals(number))
                        .toList();

        assertThat(found).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "EAN 4006381333931, TEXT",
        "4222222222222, ID",
        "4222222222222, CODE",
        "0f8fad5bd9cb469fa16570867728950e, ID",
        "3fcard4111111111111111, CODE"
    })
    void numbersOfArticlesAndShopsAreNoCards(String text, Kind kind) {
        assertThat(Masking.masked(text, kind)).isEqualTo(text);
    }

    @Test
    void theBeginningOfATextShowsNothingOfWhatEndsAfterIt() {
        String text = "see ada.lovelace@example.com";

        assertThat(Masking.masked(text, Kind.TEXT, 8)).isEqualTo("see ***");
        assertThat(Masking.masked(text, Kind.TEXT, 4)).isEqualTo("see ");
        assertThat(Masking.masked("see nobody", Kind.TEXT, 5)).isEqualTo("see n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%25", "&amp;", "=3D", "\\u005c", "a@ ", "@", "a@b.", "&#0", "%EF", "＠", "1 ", "1,",
                "a:", "1::2", "0-", "aa1. ", "\u034f", "X-1"
            })
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLongHostileTextIsSearchedInTime(String repeated) {
        String text = repeated.repeat(1_000_000 / repeated.length());

        for (Kind kind : Kind.values()) {
            assertThat(Masking.masked(text, kind)).isNotNull();
        }
    }
}
