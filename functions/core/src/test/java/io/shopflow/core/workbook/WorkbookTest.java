package io.shopflow.core.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.core.archive.ContentException;
import io.shopflow.core.archive.ZipArchive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkbookTest {

    private static final String RELATIONSHIPS =
            """
            <Relationships>
              <Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
              <Relationship Id="r2" Type="http://x/sharedStrings" Target="/xl/texts.xml"/>
              <Relationship Id="r3" Type="http://x/worksheet" Target="../../../xl/./sheet2.xml"/>
              <Relationship Id="r4" Type="http://x/chartsheet" Target="chart.xml"/>
            </Relationships>
            """;
    private static final String BOOK =
            """
            <x:workbook xmlns:x="m" xmlns:r="n"><x:sheets>
              <x:sheet name="Chart" sheetId="3" r:id="r4"/>
              <x:sheet name="Notes" sheetId="2" state="hidden" r:id="r3"/>
              <x:sheet name="Orders &amp; more" sheetId="1" r:id="r1"/>
            </x:sheets></x:workbook>
            """;

    @Test
    void whatAnotherProgramWroteIsRead() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var book = new org.dhatim.fastexcel.Workbook(out, "Test", "1.0")) {
            Worksheet sheet = book.newWorksheet("Orders");
            sheet.value(0, 0, "id");
            sheet.value(0, 1, "total <net>");
            sheet.value(0, 2, "at");
            sheet.value(2, 0, 4500123456L);
            sheet.value(2, 1, 12.34);
            sheet.value(2, 2, LocalDateTime.of(2024, 3, 31, 14, 5));
            sheet.style(2, 2).format("dd.mm.yyyy hh:mm").set();
            sheet.value(2, 4, true);
            sheet.inlineString(3, 0, "inline");
            book.newWorksheet("Empty");
        }

        try (Workbook book = Workbook.in(archive(out.toByteArray()))) {
            assertThat(book.sheets()).containsExactly("Orders", "Empty");
            assertThat(rows(book, "orders "))
                    .containsExactly(
                            "1: id|total <net>|at",
                            "3: #4500123456|#12.34|#2024-03-31T14:05:00||true",
                            "4: inline");
            assertThat(rows(book, "Empty")).isEmpty();
            assertThat(book.rows("None")).isEmpty();
        }
    }

    @Test
    void sheetsAreThoseWithCellsAndTheFirstIsOneThatIsShown() throws IOException {
        try (Workbook book = Workbook.in(archive(parts("<row/>")))) {
            assertThat(book.sheets()).containsExactly("Notes", "Orders & more");
            assertThat(book.firstSheet()).contains("Orders & more");
            assertThat(rows(book, "Notes")).containsExactly("7: of notes");
        }
    }

    @Test
    void cellsHaveTheirStoredTexts() throws IOException {
        assertThat(
                        rows(
                                """
                                <row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>
                                <row r="3" spans="1:9"><c r="B3" t="str"><f>A1&amp;"x"</f><v>ax</v></c><c><f>1+1</f><v>2</v></c>
                                <c r="E3" t="e"><v>#DIV/0!</v></c><c t="b"><v>0</v></c><c r="z3" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c></row>
                                <row r="4"><c r="A4" s="1"/><c r="B4"><v></v></c></row>
                                <row r="5"><c t="d"><v>2024-03-31</v></c><c t="n"><v>x</v></c></row>
                                """))
                .containsExactly(
                        "1: a\nb|rich",
                        "3: |ax|#2||#DIV/0!|false||||||||||||||||||||inline",
                        "5: 2024-03-31|#x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<row r='0'/>",
                "<row r='-1'/>",
                "<row r='x'/>",
                "<row r=''/>",
                "<row r='1048577'/>",
                "<row r='99999999999999999999'/>",
                "<row r='2'/><row r='2'/>",
                "<row r='2'/><row r='1'/>",
                "<row r='1'><c r='XFE1'><v>1</v></c></row>",
                "<row r='1'><c r='ZZZZZZZZZZZZZ1'><v>1</v></c></row>",
                "<row r='1'><c r=''><v>1</v></c></row>",
                "<row r='1'><c r='1'><v>1</v></c></row>",
                "<row r='1'><c r='A'><v>1</v></c></row>",
                "<row r='1'><c r='A2'><v>1</v></c></row>",
                "<row r='1'><c r='Ä1'><v>1</v></c></row>",
                "<row r='1'><c r='B1'/><c r='A1'/></row>",
                "<row r='1'><c r='A1'/><c r='A1'/></row>",
                "<row r='1'><c r='XFD1'/><c/></row>",
                "<row><c t='s'><v>2</v></c></row>",
                "<row><c t='s'><v>2000000000</v></c></row>",
                "<row><c t='s'><v>-1</v></c></row>",
                "<row><c t='s'><v>x</v></c></row>",
                "<row><c><v><v/></v></c></row>",
                "<row><c>",
                "<row><c><v>&file;</v></c></row>",
            })
    void aSheetThatContradictsItselfIsDamaged(String rows) {
        assertRefused(() -> rows(rows), "file_damaged", "The workbook cannot be read to its end");
    }

    @Test
    void theLastColumnIsReadAndMemoryDoesNotGrowWithReferences() throws IOException {
        assertThat(rows("<row><c r='XFD1'><v>1</v></c></row>")).hasSize(1);
    }

    @Test
    void anEntityIsNeverResolved() {
        Map<String, String> parts = parts("");
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><worksheet><sheetData><row><c t='str'><v>&x;</v></c></row></sheetData></worksheet>");

        assertRefused(() -> rows(parts), "file_damaged", "a document type");
    }

    @Test
    void whatTheWorkbookLacksIsNamed() {
        Map<String, String> noTexts = parts("<row><c t='s'><v>0</v></c></row>");
        noTexts.remove("xl/texts.xml");
        assertRefused(() -> rows(noTexts), "file_damaged", "a text that the workbook lacks");

        Map<String, String> noSheet = parts("");
        noSheet.remove("xl/worksheets/sheet1.xml");
        assertRefused(() -> rows(noSheet), "file_damaged", "lacks its part xl/worksheets/sheet1");
    }

    @Test
    void textsThatUnpackWithoutEndAreRefused() {
        Map<String, String> texts = parts("");
        texts.put("xl/texts.xml", "<sst>" + "<si><t/></si>".repeat(6 << 20) + "</sst>");
        assertRefused(() -> rows(texts), "file_too_large", "more than 64 MiB");

        Map<String, String> cell =
                parts("<row><c t='str'><v>" + "x".repeat(2 << 20) + "</v></c></row>");
        assertRefused(() -> rows(cell), "file_too_large", "a value has more than");
        String pieces = ("x".repeat(1 << 19) + "<!-- -->").repeat(3);
        assertRefused(
                () -> rows(parts("<row><c t='str'><v>" + pieces + "</v></c></row>")),
                "file_too_large",
                "A cell of the workbook");
    }

    @Test
    void aRowThatIsTooLongIsCutAndTheNextIsRead() throws IOException {
        String cell = "<c t='str'><v>" + "x".repeat(700_000) + "</v></c>";
        try (Workbook book =
                        Workbook.in(
                                archive(
                                        parts(
                                                "<row>"
                                                        + cell
                                                        + cell
                                                        + "</row><row><c><v>1</v></c></row>")));
                SheetRows rows = book.rows("Orders & more").orElseThrow()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.isCut()).isTrue();
            assertThat(rows.count()).isEqualTo(1);
            assertThat(rows.next()).isTrue();
            assertThat(rows.isCut()).isFalse();
        }
    }

    @Test
    void aCopyThatWasCutOffOrChangedIsDamaged() throws IOException {
        byte[] whole = zip(parts("<row><c><v>1</v></c></row>".repeat(500)));
        for (int length = 4; length < whole.length; length += 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertRefused(() -> archive(cut).close(), "file_damaged", "cut off");
        }
        for (int at = 40; at < whole.length / 2; at += 31) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x55;
            try {
                assertThat(rows(changed)).hasSize(500);
            } catch (ContentException e) {
                assertThat(e.rule()).isIn("file_damaged", "file_too_large");
            }
        }
    }

    private static void assertRefused(Reading reading, String rule, String message) {
        assertThatThrownBy(reading::read)
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.rule()).isEqualTo(rule))
                .hasMessageContaining(message);
    }

    private interface Reading {
        void read() throws IOException;
    }

    private static Map<String, String> parts(String rows) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("../../tmp/evil.sh", "nothing is written under this name");
        parts.put("xl/_rels/workbook.xml.rels", RELATIONSHIPS);
        parts.put(
                "xl/texts.xml",
                "<sst><si><t>a_x000A_b</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></si></sst>");
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<worksheet><sheetData>" + rows + "</sheetData><extLst/></worksheet>");
        parts.put(
                "xl/sheet2.xml",
                "<x:worksheet><x:sheetData><x:row r='7'><x:c r='A7' t='str'><x:v>of notes</x:v></x:c></x:row></x:sheetData></x:worksheet>");
        parts.put("xl/workbook.xml", BOOK);
        return parts;
    }

    private static byte[] zip(Map<String, String> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static ZipArchive archive(Map<String, String> parts) throws IOException {
        return archive(zip(parts));
    }

    private static ZipArchive archive(byte[] bytes) throws IOException {
        return ZipArchive.copyOf(new ByteArrayInputStream(bytes));
    }

    private static List<String> rows(String rows) throws IOException {
        return rows(parts(rows));
    }

    private static List<String> rows(Map<String, String> parts) throws IOException {
        return rows(zip(parts));
    }

    private static List<String> rows(byte[] bytes) throws IOException {
        try (Workbook book = Workbook.in(archive(bytes))) {
            return rows(book, "Orders & more");
        }
    }

    private static List<String> rows(Workbook book, String sheet) throws IOException {
        List<String> all = new ArrayList<>();
        try (SheetRows rows = book.rows(sheet).orElseThrow()) {
            while (rows.next()) {
                all.add(
                        IntStream.range(0, rows.count())
                                .mapToObj(i -> (rows.isNumber(i) ? "#" : "") + rows.text(i))
                                .reduce((a, b) -> a + "|" + b)
                                .map(text -> rows.number() + ": " + text)
                                .orElseThrow());
            }
        }
        return all;
    }
}
