package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.stream.StreamName;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with mistakes: each is reported with file, line, field and rule, and the rest loads. */
@QuarkusTest
@WithTestResource(LakeResource.class)
class BadInputTest {

    private static final String MAPPING =
            """
            kind: files
            zone: UTC
            streams:
              customers:
                file: people.csv
                fields: {id: person, email: mail, city: town}
              sellers:
                file: sellers.csv
                fields: {id: id}
            """;

    private static final String HEADER = "person,mail,town\n";

    Lake lake;

    @TempDir Path folder;

    @BeforeEach
    void theOtherFileIsGood() throws Exception {
        Files.writeString(folder.resolve("sellers.csv"), "id\ns1\n");
    }

    @Test
    void aFileThatIsMissing() {
        RunManifest manifest = run();

        assertThat(onlyProblem(manifest))
                .extracting(Problem::rule, Problem::stream, Problem::file)
                .containsExactly("file_missing", "customers", "people.csv");
        assertThat(onlyProblem(manifest).message()).contains("sellers.csv");
        assertTheRestLoads(manifest);
    }

    @Test
    void aFolderThatIsMissing() {
        RunManifest manifest = lake.run(lake.source(MAPPING), "/no/such/folder");

        assertThat(manifest.problems())
                .extracting(Problem::rule)
                .containsExactly("file_missing", "file_missing");
        assertThat(manifest.problems().getFirst().message()).contains("does not exist");
    }

    /** Any sender of a message could make extract read any file of the machine. */
    @Test
    void aFolderThatTheUserHasNotNamed() {
        for (String folder :
                List.of("/etc", System.getProperty("java.io.tmpdir") + "/../etc", "\0")) {
            RunManifest manifest = lake.run(lake.source(MAPPING), folder);

            assertThat(onlyProblem(manifest).rule()).isEqualTo("path_not_allowed");
            assertThat(onlyProblem(manifest).message()).doesNotContain("etc");
        }
    }

    @Test
    void aFileThatIsEmpty() throws Exception {
        people("");
        assertThat(problemOfFile()).containsExactly("file_empty", null, null);

        people("\uFEFF\n\n");
        assertThat(problemOfFile()).containsExactly("file_empty", null, null);
    }

    @Test
    void aFileWithNothingButAHeaderHasNoRowsAndNoProblem() throws Exception {
        people(HEADER);

        RunManifest manifest = run();

        assertThat(manifest.problems()).isEmpty();
        assertThat(manifest.streams().getFirst().counted()).isZero();
        assertThat(manifest.streams().getFirst().parts()).isEmpty();
    }

    @Test
    void aFileWithoutHeaderDoesNotPutItsFirstRowIntoMessages() throws Exception {
        people("p1,ann@example.org,Leeds\np2,bob@example.org,York\n");

        RunManifest manifest = run();

        assertThat(onlyProblem(manifest))
                .extracting(Problem::rule, Problem::line)
                .containsExactly("header_missing", 1L);
        assertThat(onlyProblem(manifest).message())
                .contains("person", "mail", "town")
                .doesNotContain("ann@example.org", "Leeds");
        assertTheRestLoads(manifest);
    }

    @Test
    void aHeaderThatLacksAColumnNamesThoseThatItHas() throws Exception {
        people("person,email,city\np1,ann@example.org,Leeds\n");

        RunManifest manifest = run();

        assertThat(onlyProblem(manifest))
                .extracting(Problem::rule, Problem::line, Problem::field)
                .containsExactly("column_missing", 1L, "mail");
        assertThat(onlyProblem(manifest).message())
                .contains("lacks mail, town", "has person, email, city");
        assertTheRestLoads(manifest);
    }

    @Test
    void aHeaderThatNamesAColumnTwice() throws Exception {
        people("person,mail,town,mail\n");
        assertThat(problemOfFile()).containsExactly("column_duplicate", 1L, "mail");
    }

    @Test
    void aHeaderWithAQuoteThatIsNeverClosed() throws Exception {
        people("person,\"mail,town\np1,m,t\n");
        assertThat(problemOfFile()).containsExactly("header_broken", 1L, null);
    }

    @Test
    void aFileInUtf16WithoutAByteOrderMark() throws Exception {
        people(HEADER + "p1,m,Leeds\n", StandardCharsets.UTF_16LE);
        assertThat(problemOfFile()).containsExactly("file_encoding", 1L, null);
    }

    @Test
    void aFileInLatin1SpoilsTheRowsWithUmlautsOnly() throws Exception {
        people(HEADER + "p1,m,Leeds\np2,m,Zürich\np3,m,York\n", StandardCharsets.ISO_8859_1);

        assertThat(customers(run()))
                .extracting(row -> row.get("id"), row -> row.get("city"), row -> row.get("_defect"))
                .containsExactly(
                        tuple("p1", "Leeds", ""),
                        tuple("p2", "", "wrong_encoding: column town has bytes that are not UTF-8"),
                        tuple("p3", "York", ""));
    }

    @Test
    void aFileInLatin1IsReadWhereTheMappingSaysSo() throws Exception {
        people(HEADER + "p2,m,Zürich\n", StandardCharsets.ISO_8859_1);
        String source =
                lake.source(
                        MAPPING.replace("zone: UTC", "zone: UTC\nformat: {encoding: ISO-8859-1}"));

        RunManifest manifest = lake.run(source, folder.toString());

        assertThat(lake.rows(source, manifest.runId(), StreamName.CUSTOMERS))
                .extracting(row -> row.get("city"))
                .containsExactly("Zürich");
    }

    @Test
    void raggedRows() throws Exception {
        people(HEADER + "p1,m,Leeds\np2,m\np3,m,York,more\np4,m,Bath\n");

        RunManifest manifest = run();

        assertThat(manifest.problems()).isEmpty();
        assertThat(manifest.streams().getFirst())
                .extracting(StreamExtract::counted, StreamExtract::extracted)
                .containsExactly(4L, 4L);
        assertThat(customers(manifest))
                .extracting(
                        row -> row.get("_position"),
                        row -> row.get("id"),
                        row -> row.get("_defect"))
                .containsExactly(
                        tuple("people.csv:2", "p1", ""),
                        tuple(
                                "people.csv:3",
                                "p2",
                                "ragged_row: the row has 2 fields, the header 3"),
                        tuple(
                                "people.csv:4",
                                "p3",
                                "ragged_row: the row has 4 fields, the header 3"),
                        tuple("people.csv:5", "p4", ""));
    }

    @Test
    void anUnclosedQuoteSpoilsItsOwnLineOnly() throws Exception {
        people(HEADER + "p1,m,\"Leeds\np2,m,York\np3,\"m\",\"Ba\"\"th\"\np4,\"m\",Ely\n");

        assertThat(customers(run()))
                .extracting(
                        row -> row.get("_position"),
                        row -> row.get("id"),
                        row -> row.get("city"),
                        row -> row.get("_defect"))
                .containsExactly(
                        tuple(
                                "people.csv:2",
                                "p1",
                                "",
                                "unclosed_quote: the quote opened in line 2, field 3 is not closed"),
                        tuple("people.csv:3", "p2", "York", ""),
                        tuple("people.csv:4", "p3", "Ba\"th", ""),
                        tuple("people.csv:5", "p4", "Ely", ""));
    }

    @Test
    void anUnclosedQuoteInALargeFileLosesNoOtherRow() throws Exception {
        StringBuilder csv = new StringBuilder(HEADER).append("p0,m,\"Leeds\n");
        for (int i = 1; i <= 60_000; i++) {
            csv.append('p').append(i).append(",someone@example.org,Leeds\n");
        }
        people(csv.toString());

        RunManifest manifest = run();

        assertThat(manifest.problems()).isEmpty();
        assertThat(manifest.streams().getFirst().extracted()).isEqualTo(60_001);
        assertThat(customers(manifest))
                .filteredOn(row -> !row.get("_defect").isEmpty())
                .extracting(row -> row.get("id"))
                .containsExactly("p0");
    }

    @Test
    void textAfterAClosingQuote() throws Exception {
        people(HEADER + "p1,m,\"Leeds\" north\np2,m,York\n");

        assertThat(customers(run()))
                .extracting(row -> row.get("id"), row -> row.get("_defect"))
                .containsExactly(
                        tuple(
                                "p1",
                                "stray_quote: there is text after the closing quote in line 2, field 3"),
                        tuple("p2", ""));
    }

    @Test
    void numbersDatesAndIdsAreLeftToTheTransformAsTheyAre() throws Exception {
        people(HEADER + ",\"1,5\",2026-02-30\n");

        assertThat(customers(run()))
                .extracting(row -> row.get("id"), row -> row.get("email"), row -> row.get("city"))
                .containsExactly(tuple("", "1,5", "2026-02-30"));
    }

    @Test
    void aFileToLookUpInThatIsMissingLeavesTheStreamUnread() throws Exception {
        people(HEADER + "p1,m,Leeds\n");
        String source =
                lake.source(
                        MAPPING.replace(
                                "city: town",
                                "city: {lookup: {file: towns.csv, on: town, column: name}}"));

        RunManifest manifest = lake.run(source, folder.toString());

        assertThat(onlyProblem(manifest))
                .extracting(Problem::rule, Problem::file)
                .containsExactly("file_missing", "towns.csv");
        assertThat(manifest.streams().getFirst().extracted()).isZero();
        assertTheRestLoads(manifest);
    }

    @Test
    void aBrokenRowInAFileToLookUpInIsReported() throws Exception {
        people(HEADER + "p1,m,L\np2,m,Y\n");
        Files.writeString(folder.resolve("towns.csv"), "town,name\nL\nY,York\n");
        String source =
                lake.source(
                        MAPPING.replace(
                                "city: town",
                                "city: {lookup: {file: towns.csv, on: town, column: name}, fallback: town}"));

        RunManifest manifest = lake.run(source, folder.toString());

        assertThat(onlyProblem(manifest))
                .extracting(Problem::rule, Problem::file, Problem::line)
                .containsExactly("lookup_row_broken", "towns.csv", 2L);
        assertThat(lake.rows(source, manifest.runId(), StreamName.CUSTOMERS))
                .extracting(row -> row.get("city"))
                .containsExactly("L", "York");
    }

    @Test
    void jsonInBothForms() throws Exception {
        json(
                """
                [
                  {"person": 1, "address": {"town": "Leeds"}, "mail": null, "tags": ["x"]},
                  {"person": "2", "address": {"town": "York", "more": {"deep": 1}}, "mail": "m"}
                ]
                """);
        RunManifest array = lake.run(jsonSource(), folder.toString());
        assertThat(array.problems()).isEmpty();
        assertThat(customers(array))
                .extracting(
                        row -> row.get("_position"),
                        row -> row.get("id"),
                        row -> row.get("city"),
                        row -> row.get("email"))
                .containsExactly(
                        tuple("people.json:2", "1", "Leeds", ""),
                        tuple("people.json:3", "2", "York", "m"));

        json(
                """
                {"person": 1, "address": {"town": "Leeds"}, "mail": "m"}

                {"person": 12.50, "address": {"town": true}}
                """);
        RunManifest lines = lake.run(jsonSource(), folder.toString());
        assertThat(customers(lines))
                .extracting(
                        row -> row.get("_position"), row -> row.get("id"), row -> row.get("city"))
                .containsExactly(
                        tuple("people.json:1", "1", "Leeds"),
                        tuple("people.json:3", "12.50", "true"));
    }

    @Test
    void brokenLinesOfJsonSpoilThemselvesOnly() throws Exception {
        json(
                """
                {"person": 1, "mail": "m", "address": {"town": "Leeds"}}
                {"person": 2, "mail": "m", "address"
                7
                {"person": 3, "mail": "m", "address": {"town": ["York"]}}
                {"person": 4} {"person": 5}
                {"person": 6}
                """);

        assertThat(customers(lake.run(jsonSource(), folder.toString())))
                .extracting(row -> row.get("id"), row -> row.get("_defect").replaceAll(":.*", ""))
                .containsExactly(
                        tuple("1", ""),
                        tuple("2", "json_malformed"),
                        tuple("", "json_no_object"),
                        tuple("3", "json_list"),
                        tuple("4", "json_malformed"),
                        tuple("6", ""));
    }

    @Test
    void anArrayOfJsonThatBreaksOffLoadsWhatCameBefore() throws Exception {
        json(
                "[\n{\"person\": 1, \"mail\": \"m\", \"address\": {\"town\": \"t\"}},\n5,\n{\"person\": 2");

        RunManifest manifest = lake.run(jsonSource(), folder.toString());

        assertThat(onlyProblem(manifest))
                .extracting(Problem::rule, Problem::line)
                .containsExactly("json_malformed", 4L);
        assertThat(manifest.streams().getFirst())
                .extracting(StreamExtract::counted, StreamExtract::extracted)
                .containsExactly(null, 2L);
        assertThat(customers(manifest))
                .extracting(row -> row.get("_defect").replaceAll(":.*", ""))
                .containsExactly("", "json_no_object");
    }

    @Test
    void jsonThatIsNone() throws Exception {
        json("");
        assertThat(jsonProblem()).isEqualTo("file_empty");
        json("\n\n person,mail\n");
        assertThat(jsonProblem()).isEqualTo("json_malformed");
        json("[{\"person\": 1}");
        assertThat(jsonProblem()).isEqualTo("json_malformed");
        Files.write(folder.resolve("people.json"), new byte[] {(byte) 0xFF, (byte) 0xFE, '[', 0});
        assertThat(jsonProblem()).isEqualTo("json_malformed");
    }

    @Test
    void aNameThatNoObjectOfJsonHasIsReported() throws Exception {
        json("{\"person\": 1, \"mail\": \"m\", \"adress\": {}}\n");

        RunManifest manifest = lake.run(jsonSource(), folder.toString());

        assertThat(onlyProblem(manifest))
                .extracting(Problem::rule, Problem::field)
                .containsExactly("column_missing", "address.town");
    }

    private String jsonSource() {
        lastSource =
                lake.source(
                        """
                        kind: files
                        zone: UTC
                        streams:
                          customers:
                            file: people.json
                            format: {type: json}
                            fields: {id: person, email: {column: mail, optional: true}, city: address.town}
                        """);
        return lastSource;
    }

    private String jsonProblem() {
        return onlyProblem(lake.run(jsonSource(), folder.toString())).rule();
    }

    private String lastSource = "";

    private RunManifest run() {
        lastSource = lake.source(MAPPING);
        return lake.run(lastSource, folder.toString());
    }

    private List<Map<String, String>> customers(RunManifest manifest) {
        return lake.rows(manifest.source(), manifest.runId(), StreamName.CUSTOMERS);
    }

    private List<Object> problemOfFile() {
        RunManifest manifest = run();
        assertTheRestLoads(manifest);
        Problem problem = onlyProblem(manifest);
        assertThat(problem.file()).isEqualTo("people.csv");
        return java.util.Arrays.asList(problem.rule(), problem.line(), problem.field());
    }

    private static Problem onlyProblem(RunManifest manifest) {
        assertThat(manifest.problems()).hasSize(1);
        return manifest.problems().getFirst();
    }

    private static void assertTheRestLoads(RunManifest manifest) {
        assertThat(manifest.streams().getFirst().counted()).isNull();
        assertThat(manifest.streams().get(1))
                .extracting(StreamExtract::stream, StreamExtract::extracted)
                .containsExactly("sellers", 1L);
    }

    private void people(String content) throws Exception {
        people(content, StandardCharsets.UTF_8);
    }

    private void people(String content, Charset charset) throws Exception {
        Files.write(folder.resolve("people.csv"), content.getBytes(charset));
    }

    private void json(String content) throws Exception {
        Files.writeString(folder.resolve("people.json"), content);
    }
}
