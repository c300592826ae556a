package io.shopflow.core.workbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.workbook.CellFormats.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SheetNumberTest {

    @ParameterizedTest
    @CsvSource({
        "12.340000000000001, 12.34",
        "0.30000000000000004, 0.3",
        "1234567, 1234567",
        "4500123, 4500123",
        "1E3, 1000",
        "1.5E-7, 0.00000015",
        "-2.50, -2.5",
        "0, 0",
        "-0, 0",
        "999999999999999, 999999999999999",
        "1000000000000000, 1E+15",
        "4.5001234567890099E+18, 4.50012345678901E+18",
        "-4.5E18, -4.5E+18",
        "1E999999999, 1E999999999",
        "NaN, NaN",
        "'', ''",
    })
    void aNumberHasFifteenDigits(String written, String text) {
        assertThat(SheetNumber.text(written, Kind.NUMBER, false)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "45382, 2024-03-31",
        "45382.586805555555, 2024-03-31T14:05:00",
        "45382.99999999, 2024-04-01",
        "1, 1900-01-01",
        "59, 1900-02-28",
        "60, 1900-02-29",
        "61, 1900-03-01",
        "2958465, 9999-12-31",
        "2958466, 2958466",
        "-1, -1",
        "0, 0000-00-00",
        "0.5, 12:00:00",
    })
    void aDayIsCountedFrom1900AsExcelDoes(String written, String text) {
        assertThat(SheetNumber.text(written, Kind.DATE, false)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 1904-01-01", "1, 1904-01-02", "43920, 2024-03-31", "0.25, 1904-01-01T06:00:00"})
    void orFrom1904(String written, String text) {
        assertThat(SheetNumber.text(written, Kind.DATE, true)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 00:00:00", "0.75, 18:00:00", "45382.75, 2024-03-31T18:00:00"})
    void aTimeWithoutADayIsATime(String written, String text) {
        assertThat(SheetNumber.text(written, Kind.TIME, false)).isEqualTo(text);
    }
}
