package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.stream.CleanColumn;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.Privacy;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The Glue tables have the columns of {@link StreamSchema}, each with how sensitive it is. With
 * {@code -Dshopflow.update=true} the file that Terraform reads is rewritten.
 */
class GlueCatalogTest {

    private static final Path STREAMS =
            Path.of(System.getProperty("shopflow.home"))
                    .resolve("infrastructure/terraform/modules/governance/streams.json");

    @Test
    void theCatalogsColumnsAreThoseOfTheSchema() throws IOException {
        String expected = streams();
        if (Boolean.getBoolean("shopflow.update")) {
            Files.writeString(STREAMS, expected);
        }
        assertThat(Files.readString(STREAMS))
                .as("%s; write it anew with -Dshopflow.update=true", STREAMS)
                .isEqualTo(expected);
    }

    @Test
    void nothingCleanIsPersonalAndEveryStreamOfPersonsIsRawPersonal() {
        for (StreamName stream : StreamName.values()) {
            StreamSchema schema = StreamSchema.of(stream);
            assertThat(clean(schema))
                    .extracting(Column::sensitivity)
                    .as("clean %s", stream)
                    .doesNotContain(Sensitivity.PII);
        }
        for (StreamName stream :
                List.of(StreamName.CUSTOMERS, StreamName.ORDERS, StreamName.REVIEWS)) {
            assertThat(raw(StreamSchema.of(stream)))
                    .extracting(Column::sensitivity)
                    .as("raw %s", stream)
                    .contains(Sensitivity.PII);
            assertThat(clean(StreamSchema.of(stream)))
                    .extracting(Column::sensitivity)
                    .as("clean %s", stream)
                    .contains(Sensitivity.PSEUDONYMISED);
        }
    }

    private record Column(String name, String comment, Sensitivity sensitivity) {
        String json() {
            return "{ \"name\": \"%s\", \"classification\": \"%s\", \"comment\": \"%s\" }"
                    .formatted(name, sensitivity.word(), comment.replace("\"", "\\\""));
        }
    }

    private static List<Column> raw(StreamSchema schema) {
        boolean ofPersons = schema.fields().stream().anyMatch(personal());
        List<Column> columns = new ArrayList<>();
        columns.add(
                new Column(
                        StreamSchema.POSITION,
                        "Where the row stood in its source",
                        Sensitivity.PUBLIC));
        columns.add(
                new Column(
                        StreamSchema.DEFECT,
                        "Why the row could not be read, which may quote it",
                        ofPersons ? Sensitivity.PII : Sensitivity.PUBLIC));
        for (Field field : schema.fields()) {
            columns.add(
                    new Column(
                            field.name(),
                            field.type().name().toLowerCase(Locale.ROOT)
                                    + ": "
                                    + field.description(),
                            personal().test(field)
                                    ? Sensitivity.PII
                                    : passing(schema, field.name())));
        }
        return columns;
    }

    private static List<Column> clean(StreamSchema schema) {
        List<Column> columns = new ArrayList<>();
        for (CleanColumn column : schema.cleanColumns()) {
            Sensitivity sensitivity =
                    schema.fields().stream()
                                    .filter(personal())
                                    .anyMatch(
                                            field ->
                                                    field.cleanColumn()
                                                            .filter(column::equals)
                                                            .isPresent())
                            ? Sensitivity.PSEUDONYMISED
                            : passing(schema, column.name());
            columns.add(new Column(column.name(), column.sqlType(), sensitivity));
        }
        return columns;
    }

    private static Predicate<Field> personal() {
        return field -> field.privacy() != Privacy.PUBLIC;
    }

    /** The sensitivity of a column that is kept as it is. */
    private static Sensitivity passing(StreamSchema schema, String column) {
        boolean personsOwnKey = schema.stream() == StreamName.CUSTOMERS && column.equals("id");
        return personsOwnKey ? Sensitivity.PSEUDONYMISED : Sensitivity.ofKept(column);
    }

    private static String streams() {
        return Arrays.stream(StreamName.values())
                .map(StreamSchema::of)
                .map(
                        schema ->
                                "  \"%s\": {\n%s,\n%s\n  }"
                                        .formatted(
                                                schema.stream().canonicalName(),
                                                table("raw", raw(schema)),
                                                table("clean", clean(schema))))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    private static String table(String layer, List<Column> columns) {
        Sensitivity strictest = Collections.max(columns.stream().map(Column::sensitivity).toList());
        return columns.stream()
                .map(column -> "        " + column.json())
                .collect(
                        Collectors.joining(
                                ",\n",
                                "    \"%s\": {\n      \"classification\": \"%s\",\n      \"columns\": [\n"
                                        .formatted(layer, strictest.word()),
                                "\n      ]\n    }"));
    }
}
