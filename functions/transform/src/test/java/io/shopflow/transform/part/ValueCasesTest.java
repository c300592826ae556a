package io.shopflow.transform.part;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.stream.CleanColumn;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.part.Shop.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads the values in {@code src/test/resources/values}: a folder a field, a line a case. The
 * column {@code expected} is the clean value, or {@code !} and the rule that rejects the row. The
 * other columns are the row's currency and the format of the field: {@code dates} (a pattern),
 * {@code decimal}, {@code grouping}, {@code symbols}.
 */
class ValueCasesTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "values");

    static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
                    csv.forEach(record -> cases.add(Case.of(file, record)));
                }
            }
        }
        return cases;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aValueIsReadOrRejectedAsItsCaseExpects(Case expected) {
        check(expected, expected.shop().transform(expected.stream(), expected.row()));
    }

    static void check(Case expected, Result result) {
        if (expected.get("expected").startsWith("!")) {
            assertThat(result.rejection())
                    .isEqualTo(
                            "%s %s %s.csv:2"
                                    .formatted(
                                            expected.get("expected").substring(1),
                                            expected.field().name(),
                                            expected.stream().canonicalName()));
        } else {
            assertThat(result.row())
                    .containsEntry(
                            expected.field().cleanColumn().map(CleanColumn::name).orElseThrow(),
                            expected.get("expected"));
        }
    }

    /** One line of a file. */
    record Case(String name, StreamName stream, Field field, Map<String, String> columns) {

        static Case of(Path file, NamedCsvRecord record) {
            String[] names = file.getParent().getFileName().toString().split("\\.");
            StreamName stream = StreamName.ofCanonicalName(names[0]).orElseThrow();
            Field field =
                    StreamSchema.of(stream).fields().stream()
                            .filter(known -> known.name().equals(names[1]))
                            .findFirst()
                            .orElseThrow();
            return new Case(
                    "%s:%d".formatted(FOLDER.relativize(file), record.getStartingLineNumber()),
                    stream,
                    field,
                    record.getFieldsAsMap());
        }

        /** A column; empty if the file does not have it. */
        String get(String column) {
            return columns.getOrDefault(column, "");
        }

        Map<String, String> row() {
            Map<String, String> row = new HashMap<>(Shop.validRow(stream));
            if (!get("currency").isEmpty()) {
                row.put("currency", get("currency"));
            }
            row.put(field.name(), get("value"));
            return row;
        }

        Shop shop() {
            return Shop.inLondon()
                    .withField(
                            "%s.%s".formatted(stream.canonicalName(), field.name()),
                            new FieldFormat(dates(), numbers()));
        }

        private DateFormat dates() {
            return get("dates").isEmpty() ? null : new DateFormat(List.of(get("dates")), null);
        }

        private NumberFormat numbers() {
            return get("decimal").isEmpty()
                    ? null
                    : new NumberFormat(
                            get("decimal"), get("grouping"), get("symbols").equals("yes"));
        }

        @Override
        public String toString() {
            return "%s '%s'".formatted(name, get("value"));
        }
    }
}
