package io.shopflow.extract.files;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of any text, checked on random ones; the name of a failure contains the seed. */
class CsvTokenizerTest {

    private static final String[] PIECES = {
        "a", "b1", "\"", "\"\"", ",", "\n", "\r\n", "\r", " ", "ü", "€", "😀", "\uFFFD", ";", ""
    };

    private record Parsed(long line, List<String> fields, String defect) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatAWriterWroteIsReadBackHoweverItArrives(int seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            List<List<String>> records = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                List<String> fields = new ArrayList<>();
                for (int j = random.nextInt(5); j >= 0; j--) {
                    fields.add(text(random));
                }
                // A single empty field would be a blank line, which is not a record.
                fields.set(0, "x" + fields.getFirst());
                records.add(fields);
            }
            boolean windows = random.nextBoolean();
            StringWriter text = new StringWriter();
            try (CsvWriter writer =
                    CsvWriter.builder()
                            .lineDelimiter(windows ? LineDelimiter.CRLF : LineDelimiter.LF)
                            .quoteStrategy(
                                    random.nextBoolean()
                                            ? QuoteStrategies.ALWAYS
                                            : QuoteStrategies.REQUIRED)
                            .build(text)) {
                records.forEach(writer::writeRecord);
            }

            List<Parsed> parsed = parse(text.toString(), random);

            assertThat(parsed).allSatisfy(record -> assertThat(record.defect()).isNull());
            assertThat(parsed.stream().map(Parsed::fields)).isEqualTo(records);
            assertThat(parsed.stream().map(Parsed::line)).isEqualTo(lines(records));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 12, 13, 14})
    void anyTextIsReadToItsEndWithRecordsOnAscendingLines(int seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }

            List<Parsed> parsed = parse(text.toString(), random);

            long lines = lineEnds(text.toString()) + 1;
            long before = 0;
            for (Parsed record : parsed) {
                assertThat(record.line())
                        .as(text.toString().replace("\n", "<LF>").replace("\r", "<CR>"))
                        .isGreaterThan(before)
                        .isLessThanOrEqualTo(lines);
                before = record.line();
            }
            assertThat(parse(text.toString(), new Random(1))).isEqualTo(parsed);
        }
    }

    @Test
    void aQuoteLeftOpenInALaterLineOfARecordSpoilsUpToThatLine() throws Exception {
        List<Parsed> parsed = parse("a,\"two\nlines\",\"open\nb,c\n", new Random(1));

        assertThat(parsed)
                .extracting(Parsed::line, Parsed::fields)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(1L, List.of("a", "two\nlines")),
                        org.assertj.core.api.Assertions.tuple(3L, List.of("b", "c")));
        assertThat(parsed.getFirst().defect())
                .isEqualTo("unclosed_quote: the quote opened in line 2, field 3 is not closed");
    }

    @Test
    void aRecordLongerThanAllowedIsADefectAndNotAFullMemory() throws Exception {
        String endless = "x".repeat(3 * CsvTokenizer.MAX_RECORD_BYTES);

        List<Parsed> parsed = parse("a,b\n" + endless + "\nc,d\n", new Random(1));

        assertThat(parsed.get(1).defect()).startsWith("record_too_long");
        assertThat(parsed.get(1).line()).isEqualTo(2);
        assertThat(parsed.get(2).fields()).containsExactly("c", "d");
        assertThat(parsed).hasSize(3);
    }

    @Test
    void bytesThatAreNotInTheEncodingAreSeen() throws Exception {
        byte[] bytes = {
            'a', ',', (byte) 0xC3, '\n', (byte) 0xEF, (byte) 0xBF, (byte) 0xBD, ',', 'b'
        };
        try (CsvTokenizer tokens =
                new CsvTokenizer(new ByteArrayInputStream(bytes), ',', StandardCharsets.UTF_8)) {
            assertThat(tokens.next()).isTrue();
            assertThat(tokens.text(0)).isEqualTo("a");
            assertThat(tokens.text(1)).isNull();
            assertThat(tokens.next()).isTrue();
            assertThat(tokens.text(0)).isEqualTo("\uFFFD");
            assertThat(tokens.next()).isFalse();
        }
    }

    private static List<Long> lines(List<List<String>> records) {
        List<Long> lines = new ArrayList<>();
        long line = 1;
        for (List<String> record : records) {
            lines.add(line);
            line += 1 + record.stream().mapToLong(CsvTokenizerTest::lineEnds).sum();
        }
        return lines;
    }

    private static long lineEnds(String text) {
        return Pattern.compile("\r\n|\r|\n").matcher(text).results().count();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static List<Parsed> parse(String text, Random random) throws IOException {
        List<Parsed> parsed = new ArrayList<>();
        InputStream in =
                new Drops(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), random);
        try (CsvTokenizer tokens = new CsvTokenizer(in, ',', StandardCharsets.UTF_8)) {
            while (tokens.next()) {
                List<String> fields = new ArrayList<>();
                for (int i = 0; i < tokens.fieldCount(); i++) {
                    fields.add(tokens.text(i));
                }
                parsed.add(new Parsed(tokens.line(), fields, tokens.defect()));
            }
        }
        return parsed;
    }

    /** Returns a few bytes at a time, like a network. */
    private static final class Drops extends InputStream {

        private final InputStream in;
        private final Random random;

        Drops(InputStream in, Random random) {
            this.in = in;
            this.random = random;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int most = in.available() > 1000 ? length : Math.min(length, 1 + random.nextInt(4));
            return in.read(target, offset, most);
        }
    }
}
