package io.shopflow.transform.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.part.Shop.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A part as a whole: what is written, in which order, and how often. */
class TransformPartTest {

    private static final Map<String, String> BAD = Map.of("id", "2", "price", "cheap");

    @Test
    void aPartBecomesCleanRowsAQuarantineAndAReport() throws Exception {
        Result result =
                Shop.inLondon()
                        .transform(
                                StreamName.PRODUCTS,
                                Map.of("id", "1", "name", "Tea, black", "price", "3.50"),
                                BAD,
                                Map.of("id", "3"));

        assertThat(result.counts()).isEqualTo(new CleanCounts(3, 2, 0, 1));
        assertThat(result.text(result.part().cleanKey()))
                .isEqualTo(
                        """
                        id,name,sku,category,price_minor,unit_cost_minor,currency,created_at,updated_at,version_at,source_row
                        1,"Tea, black",,,350,,GBP,,,2026-06-01T02:00:00Z,1
                        3,,,,,,GBP,,,2026-06-01T02:00:00Z,3
                        """);
        assertThat(result.quarantined().get(0))
                .containsEntry("rule", "number_format")
                .containsEntry("field", "price")
                .containsEntry("_position", "products.csv:3")
                .containsEntry("id", "2")
                .containsEntry("price", "***");
        byte[] clean = result.lake().read(result.part().cleanKey()).orElseThrow();
        assertThat(result.lake().head(result.part().cleanKey()).orElseThrow().metadata())
                .isEqualTo(
                        Map.of(
                                "extracted", "3",
                                "clean", "2",
                                "duplicate", "0",
                                "quarantined", "1",
                                "warnings", "0",
                                "snapshot", "true",
                                "pseudonym-key-id", "test-key",
                                "sha256", sha256(clean)));
    }

    @Test
    void onlyThePartsOfASnapshotSayThatTheyAreOfOne() {
        Result result = Shop.inLondon().transform(StreamName.SELLERS, Map.of("id", "1"));

        assertThat(result.lake().head(result.part().cleanKey()).orElseThrow().metadata())
                .containsEntry("snapshot", "false");
    }

    @Test
    void theReportCountsRowsNullsRulesAndOddValues() {
        Result result =
                Shop.inLondon()
                        .transform(
                                StreamName.CUSTOMERS,
                                Map.of("id", "1", "email", "not an address", "phone", "n/a"),
                                Map.of("id", "2", "created_at", "soon"),
                                Map.of("id", "3", "created_at", "later"),
                                Map.of("email", "someone@example.com"));

        assertThat(result.report().toPrettyString()).contains("\"pseudonymKeyId\" : \"test-key\"");
        assertThat(result.report().get("rows").toString())
                .isEqualTo("{\"extracted\":4,\"clean\":1,\"duplicate\":0,\"quarantined\":3}");
        assertThat(result.report().get("fields").get(0).toString())
                .isEqualTo("{\"field\":\"id\",\"required\":true,\"nulls\":1}");
        assertThat(result.report().get("fields").get(1).toString())
                .isEqualTo("{\"field\":\"email\",\"required\":false,\"nulls\":2}");
        assertThat(result.report().get("rejected").toString())
                .isEqualTo(
                        "[{\"rule\":\"date_format\",\"field\":\"created_at\",\"rows\":2,\"position\":\"customers.csv:3\"},"
                                + "{\"rule\":\"required\",\"field\":\"id\",\"rows\":1,\"position\":\"customers.csv:5\"}]");
        assertThat(result.warned("email_format", "email")).isEqualTo(1);
        assertThat(result.warned("phone_format", "phone")).isEqualTo(1);
        assertThat(result.row()).doesNotContainKey("phone_token");
    }

    @Test
    void theCleanPartIsWrittenLastSinceItsEventStartsTheLoad() {
        Result result = Shop.inLondon().transform(StreamName.PRODUCTS, BAD);

        assertThat(result.lake().writes())
                .containsExactly(
                        result.part().quarantineKey(),
                        result.part().reportKey(),
                        result.part().cleanKey());
    }

    @Test
    void nothingIsQuarantinedWhereNothingIsRejected() {
        Result result = Shop.inLondon().transform(StreamName.PRODUCTS, Map.of("id", "1"));

        assertThat(result.lake().writes())
                .containsExactly(result.part().reportKey(), result.part().cleanKey());
    }

    @ParameterizedTest
    @EnumSource(StreamName.class)
    void anEmptyPartBecomesACleanPartWithAHeaderOnly(StreamName stream) {
        Result result = Shop.inLondon().transform(stream, List.of());

        assertThat(result.counts()).isEqualTo(new CleanCounts(0, 0, 0, 0));
        assertThat(result.text(result.part().cleanKey()))
                .isEqualTo(String.join(",", StreamSchema.of(stream).cleanHeader()) + "\n");
    }

    @Test
    void theSamePartGivesTheSameBytesTwice() {
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            rows.add(
                    Map.of(
                            "id", "c" + i % 400,
                            "email", i % 7 + "@example.com",
                            "updated_at",
                                    i % 11 == 0 ? "never" : "2026-05-01 10:00:" + (10 + i % 50)));
        }
        Result first = Shop.inLondon().transform(StreamName.CUSTOMERS, rows);
        Result second = Shop.inLondon().transform(StreamName.CUSTOMERS, rows);

        for (String key : first.lake().writes()) {
            assertThat(second.text(key)).as(key).isEqualTo(first.text(key));
        }
        assertThat(first.lake().writes()).hasSize(3);
    }

    @Test
    void theNewestVersionOfAnIdIsKeptAndOthersAreCounted() {
        Result result =
                Shop.inLondon()
                        .transform(
                                StreamName.PRODUCTS,
                                product("a", "first", "2026-05-02T00:00:00Z"),
                                product("b", "other", "2026-05-01T00:00:00Z"),
                                product("a", "newest", "2026-05-03T00:00:00Z"),
                                product("a", "oldest", "2026-05-01T00:00:00Z"));

        assertThat(result.counts()).isEqualTo(new CleanCounts(4, 2, 2, 0));
        assertThat(result.clean())
                .extracting(row -> row.get("name"))
                .containsExactly("other", "newest");
        assertThat(result.clean())
                .extracting(row -> row.get("source_row"))
                .containsExactly("2", "3");
    }

    @Test
    void ofEqualVersionsTheLaterRowIsKept() {
        Result result =
                Shop.inLondon()
                        .transform(
                                StreamName.PRODUCTS,
                                Map.of("id", "a", "name", "first"),
                                Map.of("id", "a", "name", "last"));

        assertThat(result.row()).containsEntry("name", "last").containsEntry("source_row", "2");
        assertThat(result.counts().duplicate()).isEqualTo(1);
    }

    @Test
    void ofADatedAndAnUndatedRowTheLaterOneIsKept() {
        Result datedLast =
                Shop.inLondon()
                        .transform(
                                StreamName.PRODUCTS,
                                Map.of("id", "a", "name", "undated"),
                                product("a", "dated", "2026-05-02T00:00:00Z"));
        Result undatedLast =
                Shop.inLondon()
                        .transform(
                                StreamName.PRODUCTS,
                                product("a", "dated", "2026-05-02T00:00:00Z"),
                                Map.of("id", "a", "name", "undated"));

        assertThat(datedLast.row()).containsEntry("name", "dated");
        assertThat(undatedLast.row()).containsEntry("name", "undated");
    }

    @Test
    void aRejectedRowDoesNotHideAnOlderOneThatCanBeLoaded() {
        Result result =
                Shop.inLondon()
                        .transform(
                                StreamName.PRODUCTS,
                                product("a", "good", "2026-05-02T00:00:00Z"),
                                Map.of(
                                        "id",
                                        "a",
                                        "price",
                                        "-",
                                        "updated_at",
                                        "2026-05-03T00:00:00Z"));

        assertThat(result.counts()).isEqualTo(new CleanCounts(2, 1, 0, 1));
        assertThat(result.row()).containsEntry("name", "good");
    }

    @Test
    void aRowThatExtractFoundSupersededCountsAsDuplicate() {
        Result result =
                Shop.inLondon()
                        .transform(
                                StreamName.PRODUCTS,
                                Map.of(
                                        "id",
                                        "a",
                                        "_defect",
                                        StreamSchema.SUPERSEDED + ": by line 9"),
                                Map.of("id", "b"));

        assertThat(result.counts()).isEqualTo(new CleanCounts(2, 1, 1, 0));
        assertThat(result.row()).containsEntry("id", "b").containsEntry("source_row", "2");
    }

    @Test
    void manyIdsAreDistinguishedOutsideOfMemoryAsWithin() {
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            rows.add(
                    product(
                            "p" + i * 7919L % 3_000,
                            "row " + i,
                            "2026-05-01T00:00:0%dZ".formatted(i % 10)));
        }
        Result within = Shop.inLondon().transform(StreamName.PRODUCTS, rows);
        Result outside = Shop.inLondon().withIdsInMemory(100).transform(StreamName.PRODUCTS, rows);

        assertThat(within.counts()).isEqualTo(new CleanCounts(5_000, 3_000, 2_000, 0));
        assertThat(outside.counts()).isEqualTo(within.counts());
        assertThat(outside.text(outside.part().cleanKey()))
                .isEqualTo(within.text(within.part().cleanKey()));
    }

    @Test
    void aPartWithoutPlanOrWithoutRowsFailsAndSaysWhatIsMissing() {
        MemoryLake lake = new MemoryLake();
        TransformPart transform = Shop.inLondon().transformPart(lake);
        assertThatThrownBy(() -> transform.transform(Shop.part(StreamName.ORDERS)))
                .isInstanceOf(UnreadablePartException.class)
                .hasMessageContaining("no plan 'runs/shop/" + Shop.RUN + "/plan.json'");

        lake.put(
                RunKeys.plan(Shop.SOURCE, Shop.RUN),
                RunJson.write(Shop.inLondon().plan(Shop.RUN)),
                "",
                Map.of());
        assertThatThrownBy(() -> transform.transform(Shop.part(StreamName.ORDERS)))
                .isInstanceOf(UnreadablePartException.class)
                .hasMessageContaining("no raw part 'raw/year=");
        assertThat(lake.writes()).hasSize(1);
    }

    @Test
    void plansAreReadOncePerRun() {
        MemoryLake lake = new MemoryLake();
        String plan = RunKeys.plan(Shop.SOURCE, Shop.RUN);
        lake.put(plan, RunJson.write(Shop.inLondon().plan(Shop.RUN)), "", Map.of());
        byte[] raw = Shop.rawCsv(StreamName.PRODUCTS, List.of(Map.of("id", "1")));
        lake.put(Shop.part(StreamName.PRODUCTS).rawKey(), raw, "", Map.of());
        TransformPart transform = Shop.inLondon().transformPart(lake);
        CleanCounts first = transform.transform(Shop.part(StreamName.PRODUCTS));

        lake.put(plan, "broken".getBytes(StandardCharsets.UTF_8), "", Map.of());

        assertThat(transform.transform(Shop.part(StreamName.PRODUCTS))).isEqualTo(first);
    }

    @Test
    void aPartThatIsNotWhatExtractWroteFailsAndWritesNothing() throws Exception {
        byte[] raw = Shop.rawCsv(StreamName.PRODUCTS, List.of(Map.of("id", "1")));
        String sha256 = sha256(raw);
        Shop shop = Shop.inLondon();

        assertThat(
                        shop.transform(
                                        StreamName.PRODUCTS,
                                        raw,
                                        Map.of(PartMetadata.ROWS, "1", PartMetadata.SHA256, sha256))
                                .counts()
                                .clean())
                .isEqualTo(1);
        assertThatThrownBy(
                        () ->
                                shop.transform(
                                        StreamName.PRODUCTS, raw, Map.of(PartMetadata.ROWS, "2")))
                .isInstanceOf(UnreadablePartException.class)
                .hasMessageContaining("has 1 rows, but extract wrote 2");
        assertThatThrownBy(
                        () ->
                                shop.transform(
                                        StreamName.PRODUCTS,
                                        raw,
                                        Map.of(PartMetadata.SHA256, "00")))
                .isInstanceOf(UnreadablePartException.class)
                .hasMessageContaining("SHA-256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id,name\n1,Tea\n", "\n", "\u0000"})
    void aPartWithAnotherHeaderFails(String raw) {
        assertThatThrownBy(
                        () ->
                                Shop.inLondon()
                                        .transform(
                                                StreamName.PRODUCTS,
                                                raw.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadablePartException.class)
                .hasMessageContaining("header");
    }

    @Test
    void noTemporaryFileIsLeftBehind() throws Exception {
        List<Path> before = temporaryFolders();

        Shop.inLondon()
                .withIdsInMemory(1)
                .transform(StreamName.PRODUCTS, Map.of("id", "1"), Map.of("id", "2"), BAD);
        assertThatThrownBy(
                        () ->
                                Shop.inLondon()
                                        .transform(
                                                StreamName.PRODUCTS,
                                                "x".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadablePartException.class);

        assertThat(temporaryFolders()).isSubsetOf(before);
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static List<Path> temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("transform-"))
                    .toList();
        }
    }

    private static Map<String, String> product(String id, String name, String updatedAt) {
        return Map.of("id", id, "name", name, "updated_at", updatedAt);
    }
}
