package io.shopflow.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamSchemaTest {

    private static final Set<String> PERSONAL =
            Set.of(
                    "email",
                    "phone",
                    "first_name",
                    "last_name",
                    "company",
                    "street",
                    "postcode",
                    "ship_postcode",
                    "note",
                    "reviewer",
                    "reviewer_email",
                    "title",
                    "body",
                    "reason");

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void rawRowsBeginWithPositionDefectAndId(StreamName stream) {
        StreamSchema schema = StreamSchema.of(stream);

        assertThat(schema.stream()).isEqualTo(stream);
        assertThat(schema.rawHeader())
                .startsWith("_position", "_defect", "id")
                .endsWith("updated_at")
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z_]+"));
        assertThat(schema.fields().get(0).required()).isTrue();
        assertThat(schema.fields()).allMatch(field -> field.description().endsWith("."));
    }

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void cleanRowsBeginWithIdAndEndWithVersionAndSourceRow(StreamName stream) {
        StreamSchema schema = StreamSchema.of(stream);

        assertThat(schema.cleanHeader())
                .startsWith("id")
                .endsWith("version_at", "source_row")
                .doesNotHaveDuplicates();
        assertThat(schema.cleanColumns())
                .extracting(CleanColumn::sqlType)
                .isSubsetOf(
                        "text", "text[]", "bigint", "numeric", "boolean", "timestamptz", "date");
    }

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void personalFieldsNeverBecomeColumnsOfTheirOwnName(StreamName stream) {
        for (Field field : StreamSchema.of(stream).fields()) {
            boolean personal =
                    PERSONAL.contains(field.name())
                            || (field.name().equals("name") && stream == StreamName.ORDERS);
            assertThat(field.privacy() == Privacy.PUBLIC)
                    .as(stream + "." + field.name())
                    .isEqualTo(!personal);
            field.cleanColumn()
                    .filter(column -> personal)
                    .ifPresent(column -> assertThat(column.name()).matches(".*_(token|area)"));
        }
    }

    @Test
    void whatAFieldBecomesFollowsFromItsTypeAndPrivacy() {
        assertThat(column(FieldType.MONEY, Privacy.PUBLIC))
                .isEqualTo(new CleanColumn("f_minor", "bigint", true));
        assertThat(column(FieldType.INSTANT, Privacy.PUBLIC))
                .isEqualTo(new CleanColumn("f", "timestamptz", true));
        assertThat(column(FieldType.TEXT, Privacy.PSEUDONYM))
                .isEqualTo(new CleanColumn("f_token", "text", false));
        assertThat(column(FieldType.TEXT, Privacy.AREA))
                .isEqualTo(new CleanColumn("f_area", "text", false));
        assertThat(new Field("f", FieldType.TEXT, true, Privacy.DROP, "").cleanColumn()).isEmpty();
    }

    private static CleanColumn column(FieldType type, Privacy privacy) {
        return new Field("f", type, true, privacy, "").cleanColumn().orElseThrow();
    }

    @Test
    void streamsAndStatesHaveCanonicalNames() {
        assertThat(StreamName.ofCanonicalName("order_items")).contains(StreamName.ORDER_ITEMS);
        assertThat(StreamName.ofCanonicalName("ORDERS")).isEmpty();
        assertThat(OrderStatus.ofCanonicalName("refunded")).contains(OrderStatus.REFUNDED);
        assertThat(OrderStatus.ofCanonicalName("Completed")).isEmpty();
        assertThat(List.of(OrderStatus.values()))
                .extracting(OrderStatus::canonicalName)
                .containsExactly(
                        "pending", "processing", "completed", "cancelled", "failed", "refunded");
    }

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void aTombstoneNeedsNothingButItsId(StreamName stream) {
        StreamSchema schema = StreamSchema.of(stream);
        List<String> required =
                schema.cleanColumns().stream()
                        .filter(CleanColumn::required)
                        .map(CleanColumn::name)
                        .toList();

        if (schema.keepsTombstones()) {
            assertThat(required).containsExactly("id", "is_deleted", "version_at", "source_row");
        } else {
            assertThat(schema.cleanHeader()).doesNotContain("is_deleted");
        }
    }

    @Test
    void theOrdersOfTheDesignAreAllThere() {
        assertThat(StreamSchema.of(StreamName.ORDERS).cleanHeader())
                .contains("email_token", "ship_postcode_area", "ordered_on", "total_minor")
                .doesNotContain("email", "name", "street", "phone", "note");
        assertThat(StreamSchema.of(StreamName.ORDER_ITEMS).cleanHeader())
                .contains("unit_price_minor", "gross_minor", "discount_minor", "net_minor");
    }

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void aPartOfAReleaseThatDidNotHaveAFieldIsReadable(StreamName stream) {
        StreamSchema schema = StreamSchema.of(stream);
        List<String> raw = without("updated_at", schema.rawHeader());
        List<String> clean = without("updated_at", schema.cleanHeader());

        assertThat(schema.columnsOfRaw(String.join(",", raw))).contains(raw);
        assertThat(schema.columnsOfClean(String.join(",", clean))).contains(clean);
        assertThat(schema.columnsOfRaw(String.join(",", schema.rawHeader())))
                .contains(schema.rawHeader());
    }

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void aPartWithOtherColumnsIsNotReadable(StreamName stream) {
        StreamSchema schema = StreamSchema.of(stream);
        String raw = String.join(",", schema.rawHeader());
        String clean = String.join(",", schema.cleanHeader());

        for (String header :
                List.of(
                        "",
                        raw + ",",
                        raw + ",unknown",
                        raw + ",id",
                        raw.replace("_position,_defect,", "_defect,_position,"),
                        String.join(",", without("id", schema.rawHeader())),
                        String.join(",", without("_defect", schema.rawHeader())))) {
            assertThat(schema.columnsOfRaw(header)).as(header).isEmpty();
        }
        for (String header :
                List.of(
                        "",
                        clean + ",unknown",
                        String.join(",", without("id", schema.cleanHeader())),
                        String.join(",", without("version_at", schema.cleanHeader())),
                        String.join(",", without("source_row", schema.cleanHeader())))) {
            assertThat(schema.columnsOfClean(header)).as(header).isEmpty();
        }
    }

    private static List<String> without(String name, List<String> header) {
        return header.stream().filter(column -> !column.equals(name)).toList();
    }
}
