package io.shopflow.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.privacy.Masking.Kind;
import java.util.concurrent.TimeUnit;
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
                "𝐀 x\u200b ada\u200b@example.com y|𝐀 x\u200b *** y",
            })
    void onlyWhatIsPersonalIsHiddenWhereverItIsWritten(String text, String masked) {
        assertThat(Masking.text(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%25", "&amp;", "=3D", "\\u005c", "a@ ", "@", "a@b.", "&#0", "%EF", "＠"})
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLongHostileTextIsSearchedInTime(String repeated) {
        String text = repeated.repeat(1_000_000 / repeated.length());

        for (Kind kind : Kind.values()) {
            assertThat(Masking.masked(text, kind)).isNotNull();
        }
    }
}
