package io.shopflow.core.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.workbook.CellFormats.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellFormatsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "General|NUMBER",
                "0.00|NUMBER",
                "#,##0.00 [$€-407]|NUMBER",
                "0.00 \"days\"|NUMBER",
                "0 \\d|NUMBER",
                "_-* #,##0.00 _m_-;-* 0_d|NUMBER",
                "[Red]0.00;[Blue]-0.00|NUMBER",
                "0.00E+00|NUMBER",
                "@|NUMBER",
                "[h]:mm:ss|NUMBER",
                "[mm]:ss|NUMBER",
                "yyyy-mm-dd|DATE",
                "dd.mm.yyyy hh:mm|DATE",
                "[$-F800]dddd, mmmm dd, yyyy|DATE",
                "mmm|DATE",
                "[$-409]d/m/yy h:mm AM/PM;@|DATE",
                "hh:mm:ss|TIME",
                "h:mm AM/PM|TIME",
                "mm:ss.0|TIME",
            })
    void aFormatOfDatesHasTheirLetters(String code, Kind kind) throws IOException {
        String escaped = code.replace("\"", "&quot;");
        assertThat(
                        formats(
                                        "<numFmts><numFmt numFmtId='164' formatCode=\"%s\"/></numFmts><cellXfs><xf/><xf numFmtId='164'/></cellXfs>"
                                                .formatted(escaped))
                                .of("1"))
                .isEqualTo(kind);
    }

    @Test
    void impliedFormatsAndThoseThatAreMissing() throws IOException {
        CellFormats formats =
                formats(
                        "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='21'/><xf numFmtId='46'/></cellXfs>");

        assertThat(formats.of("0")).isEqualTo(Kind.NUMBER);
        assertThat(formats.of("1")).isEqualTo(Kind.DATE);
        assertThat(formats.of("2")).isEqualTo(Kind.DATE);
        assertThat(formats.of("3")).isEqualTo(Kind.TIME);
        assertThat(formats.of("4")).isEqualTo(Kind.NUMBER);
        for (String none : new String[] {null, "", "5", "-1", "99999999999", "x"}) {
            assertThat(formats.of(none)).isEqualTo(Kind.NUMBER);
        }
    }

    private static CellFormats formats(String inner) throws IOException {
        String xml = "<styleSheet>%s</styleSheet>".formatted(inner);
        return CellFormats.read(
                new XmlTokenizer(
                        new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)),
                        "the formats"));
    }
}
