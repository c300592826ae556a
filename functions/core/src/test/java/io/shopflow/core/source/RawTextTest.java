package io.shopflow.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ", "\t", "\r\n", "\u0000", "\u0085", "\u00a0", "\u00ad", "\u180e", "\u2003",
                "\u2007", "\u200b", "\u200d", "\u200f", "\u2028", "\u202f", "\u2060", "\u3000",
                "\ufeff"
            })
    void blanksAtTheEndsAreDroppedAndThoseWithinStay(String blank) {
        assertThat(RawText.trimmed(blank + "a" + blank + "b" + blank)).isEqualTo("a" + blank + "b");
        assertThat(RawText.trimmed(blank + blank)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "0", "~", "-", "\u4e2d", "🛒", "\u2010"})
    void lettersDigitsAndMarksStay(String text) {
        assertThat(RawText.trimmed(text)).isEqualTo(text);
    }

    @Test
    void lettersWithAccentsAreComparedInOneForm() {
        assertThat(RawText.comparable(" Cafe\u0301\u00a0")).isEqualTo("Caf\u00e9");
        assertThat(RawText.composed("Caf\u00e9")).isEqualTo("Caf\u00e9");
        assertThat(RawText.composed("Tee")).isSameAs("Tee");
    }

    @Test
    void whatDatabasesExportForNoneIsNull() {
        assertThat(Stream.of("NULL", "null", "\\N")).allMatch(RawText::isNull);
        assertThat(Stream.of("", "Null", "N", "0", "NaN")).noneMatch(RawText::isNull);
    }
}
