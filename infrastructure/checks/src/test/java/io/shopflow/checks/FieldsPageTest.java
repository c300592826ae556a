package io.shopflow.checks;

import io.shopflow.core.stream.CleanColumn;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/reference/fields.md lists the fields of {@link StreamSchema}, which sources can map. */
class FieldsPageTest {

    private static final MadeTables FIELDS =
            new MadeTables(
                    "docs/reference/fields.md",
                    "<!-- fields of StreamSchema, by FieldsPageTest -->");

    @Test
    void thePageHasTheFieldsOfTheSchema() throws IOException {
        FIELDS.check(
                Arrays.stream(StreamName.values())
                        .map(StreamSchema::of)
                        .map(FieldsPageTest::section)
                        .collect(Collectors.joining("\n\n")));
    }

    private static String section(StreamSchema schema) {
        List<String> lines = new ArrayList<>();
        lines.add("## `" + schema.stream().canonicalName() + "`\n");
        lines.add("| field | type | required | becomes | what it is |");
        lines.add("| --- | --- | --- | --- | --- |");
        for (Field field : schema.fields()) {
            lines.add(
                    "| `%s` | %s | %s | %s | %s |"
                            .formatted(
                                    field.name(),
                                    field.type().name().toLowerCase(Locale.ROOT),
                                    field.required() ? "yes" : "",
                                    field.cleanColumn()
                                            .map(CleanColumn::name)
                                            .map("`%s`"::formatted)
                                            .orElse("is never written"),
                                    field.description()));
        }
        return String.join("\n", lines);
    }
}
