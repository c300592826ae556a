package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.lake.ObjectStore.StoredObject;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.lambda.tests.AnswersFailures;
import io.shopflow.lambda.tests.AnswersSmokeTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests arrive in Lambda's format; results are in the bucket and in the queue. */
@QuarkusTest
@WithTestResource(LakeResource.class)
class ExtractFunctionTest implements AnswersFailures, AnswersSmokeTest {

    private static final String MAPPING =
            """
            kind: files
            zone: Europe/London
            currency: GBP
            country: GB
            statuses: {paid: processing}
            streams:
              customers:
                file: people.csv
                fields:
                  id: person
                  city: town
                  country: {constant: GB}
              orders:
                file: [spring.csv, summer.csv]
                where:
                  - {column: type, is: sale}
                fields:
                  id: {columns: [shop, number], join: "-"}
                  customer_id: who
                  status: state
                  ordered_at: {column: at, dates: dd/MM/yyyy HH:mm}
                  ship_city:
                    lookup: {file: people.csv, on: who, key: person, column: town}
                    fallback: {constant: unknown}
            """;

    Lake lake;

    @TempDir Path folder;

    @Override
    public String function() {
        return "extract";
    }

    @Test
    void aFolderOfFilesBecomesRawPartsWithAManifest() throws Exception {
        files();
        String source = lake.source(MAPPING);

        RunManifest manifest = lake.run(source, folder.toString());

        assertThat(manifest.problems()).isEmpty();
        assertThat(manifest.full()).isTrue();
        assertThat(manifest.streams())
                .extracting(StreamExtract::stream, StreamExtract::counted, StreamExtract::extracted)
                .containsExactly(tuple("customers", 2L, 2L), tuple("orders", 3L, 3L));
        assertThat(lake.rows(source, manifest.runId(), StreamName.CUSTOMERS))
                .extracting(
                        row -> row.get("_position"),
                        row -> row.get("_defect"),
                        row -> row.get("id"),
                        row -> row.get("city"),
                        row -> row.get("country"),
                        row -> row.get("email"))
                .containsExactly(
                        tuple("people.csv:2", "", "p1", "Leeds, north", "GB", ""),
                        tuple("people.csv:3", "", "p2", "a \"b\"\nc", "GB", ""));
        assertThat(lake.rows(source, manifest.runId(), StreamName.ORDERS))
                .extracting(
                        row -> row.get("_position"),
                        row -> row.get("id"),
                        row -> row.get("ordered_at"),
                        row -> row.get("ship_city"))
                .containsExactly(
                        tuple("spring.csv:2", "S-1", "01/04/2026 10:00", "Leeds, north"),
                        tuple("spring.csv:4", "", "02/04/2026 10:00", "unknown"),
                        tuple("summer.csv:2", "S-4", "01/06/2026 10:00", "a \"b\"\nc"));
    }

    @Test
    void aPartHasItsRowCountAndHash() throws Exception {
        files();
        String source = lake.source(MAPPING);

        RunManifest manifest = lake.run(source, folder.toString());

        RawPart part = manifest.streams().getFirst().parts().getFirst();
        StoredObject object = lake.store().head(part.key()).orElseThrow();
        assertThat(object.metadata())
                .containsEntry("rows", "2")
                .containsEntry("sha256", part.sha256())
                .containsEntry("progress", "1.0000");
        assertThat(part.key())
                .isEqualTo(new PartId(source, manifest.runId(), StreamName.CUSTOMERS, 1).rawKey());
        String csv =
                new String(lake.store().read(part.key()).orElseThrow(), StandardCharsets.UTF_8);
        assertThat(csv)
                .startsWith(
                        String.join(",", StreamSchema.of(StreamName.CUSTOMERS).rawHeader()) + "\n");
    }

    @Test
    void thePlanSaysHowTheSourceWritesItsValues() throws Exception {
        files();
        String source = lake.source(MAPPING);

        RunManifest manifest = lake.run(source, folder.toString());

        RunPlan plan =
                RunJson.read(
                        lake.store().read(RunKeys.plan(source, manifest.runId())).orElseThrow(),
                        RunPlan.class);
        assertThat(plan.format().zone().getId()).isEqualTo("Europe/London");
        assertThat(plan.format().currency()).isEqualTo("GBP");
        assertThat(plan.format().statuses()).containsEntry("paid", "processing");
        assertThat(plan.format().fields().get("orders.ordered_at").dates().patterns())
                .containsExactly("dd/MM/yyyy HH:mm");
    }

    @Test
    void filesUnderAPrefixOfTheBucketAreReadAsFromAFolder() throws Exception {
        files();
        String source = lake.source(MAPPING);
        for (String name : List.of("people.csv", "spring.csv", "summer.csv")) {
            lake.store().put("files/uploads/" + name, folder.resolve(name), "text/csv", Map.of());
        }

        RunManifest manifest = lake.run(source, "s3://shopflow-data/files/uploads");

        assertThat(manifest.problems()).isEmpty();
        assertThat(manifest.streams().get(1).extracted()).isEqualTo(3);
    }

    @Test
    void manyRowsMakeManyPartsInOrder() throws Exception {
        String source = lake.source(onlyCustomers());
        Files.writeString(folder.resolve("people.csv"), people(3_200));

        RunManifest manifest = lake.run(source, folder.toString());

        StreamExtract customers = manifest.streams().getFirst();
        assertThat(customers.parts()).extracting(RawPart::number).containsExactly(1, 2, 3, 4);
        assertThat(customers.parts().stream().mapToLong(RawPart::rows).sum()).isEqualTo(3_200);
        assertThat(lake.rows(source, manifest.runId(), StreamName.CUSTOMERS))
                .extracting(row -> row.get("id"))
                .startsWith("p1", "p2")
                .endsWith("p3200")
                .doesNotHaveDuplicates()
                .hasSize(3_200);
    }

    @Test
    void theSameMessageTwiceIsOneRun() throws Exception {
        files();
        String source = lake.source(MAPPING);
        Map<String, String> message =
                Map.of("same", "{\"source\":\"%s\",\"path\":\"%s\"}".formatted(source, folder));
        RunId runId = RunId.ofMessage("same", Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(lake.post(message)).isEmpty();
        List<StoredObject> before = lake.store().list("runs/" + source + "/");

        assertThat(lake.post(message)).isEmpty();

        assertThat(lake.store().list("runs/" + source + "/")).isEqualTo(before).hasSize(2);
        assertThat(lake.store().list(PartId.rawPrefix(source, runId, StreamName.ORDERS)))
                .hasSize(1);
    }

    @Test
    void aRequestForALeasedSourceIsQueuedAgain() {
        String source = lake.source(MAPPING);
        RunId other = RunId.create();
        lake.store()
                .put(
                        RunKeys.state(source),
                        """
                        {"source":"%s","lease":{"runId":"%s","expiresAt":"2999-01-01T00:00:00Z"},"watermarks":{}}
                        """
                                .formatted(source, other)
                                .getBytes(StandardCharsets.UTF_8),
                        "application/json",
                        Map.of());
        RunId runId = RunId.create();

        assertThat(lake.post(Map.of("m", Lake.request(source, runId, "/nowhere")))).isEmpty();

        assertThat(lake.store().list("runs/" + source + "/")).isEmpty();
        assertThat(lake.takeQueued())
                .anySatisfy(
                        body -> {
                            ExtractRequest again =
                                    RunJson.read(
                                            body.getBytes(StandardCharsets.UTF_8),
                                            ExtractRequest.class);
                            assertThat(again.source()).isEqualTo(source);
                            assertThat(again.runId()).isEqualTo(runId);
                            assertThat(again.path()).isEqualTo("/nowhere");
                        });
    }

    @Test
    void aDeadRunsLeaseRunsOut() throws Exception {
        files();
        String source = lake.source(MAPPING);
        lake.store()
                .put(
                        RunKeys.state(source),
                        """
                        {"source":"%s","lease":{"runId":"%s","expiresAt":"2020-01-01T00:00:00Z"},"watermarks":{}}
                        """
                                .formatted(source, RunId.create())
                                .getBytes(StandardCharsets.UTF_8),
                        "application/json",
                        Map.of());

        RunManifest manifest = lake.run(source, folder.toString());

        assertThat(manifest.problems()).isEmpty();
        assertThat(
                        new String(
                                lake.store().read(RunKeys.state(source)).orElseThrow(),
                                StandardCharsets.UTF_8))
                .contains("\"lease\" : null")
                .contains(manifest.runId().value());
    }

    @Test
    void onlyTheMessageThatCannotBeReadFails() throws Exception {
        files();
        String source = lake.source(MAPPING);
        RunId runId = RunId.create();

        List<String> failed =
                lake.post(
                        Map.of(
                                "a", "no json",
                                "b", Lake.request(source, runId, folder.toString()),
                                "c", Lake.request("Not A Name", RunId.create(), null)));

        assertThat(failed).containsExactly("a", "c");
        assertThat(lake.manifest(source, runId).problems()).isEmpty();
    }

    @Test
    void aSourceWithoutConfigurationEndsIncomplete() {
        RunManifest manifest = lake.run("nobody", null);

        assertThat(manifest.streams()).isEmpty();
        assertThat(manifest.problems())
                .extracting(Problem::rule, Problem::file)
                .containsExactly(tuple("configuration_missing", "config/sources/nobody.yaml"));
    }

    @Test
    void aMappingWithMistakesStopsBeforeTheFirstRow() throws Exception {
        files();
        String source = lake.source(MAPPING.replace("  city: town", "  ctiy: town"));

        RunManifest manifest = lake.run(source, folder.toString());

        assertThat(manifest.problems())
                .extracting(Problem::rule, Problem::file, Problem::line, Problem::field)
                .containsExactly(
                        tuple(
                                "mapping_unknown_field",
                                "sources/" + source + ".yaml",
                                11L,
                                "streams.customers.fields.ctiy"));
        assertThat(lake.store().list(PartId.rawPrefix(source, manifest.runId(), StreamName.ORDERS)))
                .isEmpty();
    }

    @Test
    void aRunWithoutAPathOrWithAWrongOneSaysWhatToDo() {
        String source = lake.source(MAPPING);

        assertThat(lake.run(source, null).problems())
                .extracting(Problem::rule)
                .containsExactly("path_missing");
        assertThat(lake.run(source, "data/olist").problems())
                .extracting(Problem::rule)
                .containsExactly("path_wrong");
        assertThat(lake.run(source, "s3://another-bucket/x").problems().getFirst().message())
                .contains("s3://shopflow-data/files/");
    }

    @Test
    void ofTheBucketOnlyUploadedFilesAreRead() throws Exception {
        files();
        String source = lake.source(MAPPING);
        for (String folder : List.of("raw", "state", "runs", "clean", "filesystem", "config")) {
            for (String name : List.of("people.csv", "spring.csv", "summer.csv")) {
                lake.store()
                        .put(
                                folder + "/x/" + name,
                                this.folder.resolve(name),
                                "text/csv",
                                Map.of());
            }
            RunManifest manifest = lake.run(source, "s3://shopflow-data/" + folder + "/x");
            assertThat(manifest.problems())
                    .as(folder)
                    .extracting(Problem::rule)
                    .containsExactly("path_wrong");
        }
        assertThat(lake.run(source, "s3://shopflow-data/").problems())
                .extracting(Problem::rule)
                .containsExactly("path_wrong");
    }

    @Test
    void aShopWhoseSecretsAreNotSetNamesTheVariables() {
        String source =
                lake.source(
                        """
                        kind: woocommerce
                        url: ${NO_SUCH_URL}
                        key: ${NO_SUCH_KEY}
                        secret: literal
                        """);

        assertThat(lake.run(source, null).problems())
                .extracting(Problem::rule, Problem::line)
                .containsExactly(tuple("variable_missing", 2L), tuple("variable_missing", 3L));
    }

    @Test
    void rawKeysArePartitionedByTheDayOfTheRequest() throws Exception {
        files();
        String source = lake.source(MAPPING);

        RunManifest manifest = lake.run(source, folder.toString());

        var day = manifest.runId().requestedAt().atZone(ZoneOffset.UTC);
        assertThat(manifest.streams().getFirst().parts().getFirst().key())
                .startsWith(
                        "raw/year=%d/month=%02d/day=%02d/customers/%s-"
                                .formatted(
                                        day.getYear(),
                                        day.getMonthValue(),
                                        day.getDayOfMonth(),
                                        source));
    }

    private void files() throws Exception {
        // A byte order mark, both kinds of line ends, quotes, a line break within a field.
        Files.writeString(
                folder.resolve("people.csv"),
                "\uFEFFperson,town\r\np1,\"Leeds, north\"\r\np2,\"a \"\"b\"\"\nc\"\r\n");
        Files.writeString(
                folder.resolve("spring.csv"),
                """
                type,shop,number,who,state,at
                sale,S,1,p1,paid,01/04/2026 10:00
                return,S,2,p1,paid,01/04/2026 11:00
                sale,S,,p9,paid,02/04/2026 10:00
                """);
        Files.writeString(
                folder.resolve("summer.csv"),
                "at,who,number,shop,type,state\n01/06/2026 10:00,p2,4,S,sale,paid");
    }

    private static String onlyCustomers() {
        return """
        kind: files
        zone: UTC
        streams:
          customers:
            file: people.csv
            fields: {id: person, city: town}
        """;
    }

    private static String people(int count) {
        StringBuilder csv = new StringBuilder("person,town\n");
        for (int i = 1; i <= count; i++) {
            csv.append('p').append(i).append(",Leeds\n");
        }
        return csv.toString();
    }
}
