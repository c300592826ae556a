package io.shopflow.transform;

import static io.shopflow.lambda.tests.SqsMessage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.privacy.Pseudonymiser;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.lambda.tests.AnswersFailures;
import io.shopflow.lambda.tests.AnswersSmokeTest;
import io.shopflow.lambda.tests.SqsMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Events arrive in Lambda's format; results are in the bucket. */
@QuarkusTest
@WithTestResource(LakeResource.class)
class TransformFunctionTest implements AnswersFailures, AnswersSmokeTest {

    private static final String SOURCE = "web_shop";
    private static final String HEADER =
            String.join(",", StreamSchema.of(StreamName.CUSTOMERS).rawHeader()) + "\n";

    ObjectStore lake;

    private PartId rawPart(int number, String rows) {
        RunId run = RunId.create();
        PartId part = new PartId(SOURCE, run, StreamName.CUSTOMERS, number);
        lake.put(
                RunKeys.plan(SOURCE, run),
                RunJson.write(
                        new RunPlan(
                                SOURCE,
                                run,
                                Instant.parse("2026-06-01T02:00:00Z"),
                                false,
                                new SourceFormat(
                                        ZoneId.of("Europe/London"),
                                        "GBP",
                                        "GB",
                                        DateFormat.iso(),
                                        NumberFormat.plain(),
                                        Map.of(),
                                        Map.of()),
                                null,
                                null,
                                Set.of())),
                "application/json",
                Map.of());
        lake.put(
                part.rawKey(),
                (HEADER + rows).getBytes(StandardCharsets.UTF_8),
                "text/csv",
                Map.of(PartMetadata.ROWS, Long.toString(rows.lines().count())));
        return part;
    }

    private String text(String key) {
        return new String(lake.read(key).orElseThrow(), StandardCharsets.UTF_8);
    }

    @Override
    public String function() {
        return "transform";
    }

    @Test
    void anEventOfARawPartMakesItsCleanPart() {
        PartId part =
                rawPart(
                        1,
                        "c.csv:2,,1,Ada@Example.com,020 7946 0958,Ada,Lovelace,,12 Row,Leeds,,LS1 4DY,GB,2026-01-01,\n"
                                + "c.csv:3,,,bob@example.com,,Bob,,,,,,,,,\n");

        assertThat(send(SqsMessage.ofObjects("m1", LakeResource.BUCKET, part.rawKey()))).isEmpty();

        Pseudonymiser pseudonyms = new Pseudonymiser("test-key", LakeResource.KEY);
        assertThat(text(part.cleanKey()))
                .isEqualTo(
                        "id,email_token,phone_token,city,region,postcode_area,country,created_at,updated_at,version_at,source_row\n"
                                + "1,%s,%s,Leeds,,LS,GB,2026-01-01T00:00:00Z,,2026-06-01T02:00:00Z,1\n"
                                        .formatted(
                                                pseudonyms.token("ada@example.com"),
                                                pseudonyms.token("+442079460958")));
        Map<String, String> metadata = lake.head(part.cleanKey()).orElseThrow().metadata();
        assertThat(CleanCounts.ofMetadata(metadata)).isEqualTo(new CleanCounts(2, 1, 0, 1));
        assertThat(metadata).containsEntry("pseudonym-key-id", "test-key");
        assertThat(text(part.quarantineKey()))
                .isEqualTo(
                        "rule,field,message,"
                                + HEADER
                                + "required,id,\"The field is required, but empty.\",c.csv:3,,,***,,***,,,,,,,,,\n");
        assertThat(text(part.reportKey()))
                .contains("\"source\" : \"web_shop\"", part.runId().value(), "\"quarantined\" : 1");
    }

    @Test
    void theSameEventAgainWritesTheSameBytes() {
        PartId part = rawPart(2, "c.csv:2,,1,,,,,,,,,,,,\nc.csv:3,,1,,,,,,,,,,,x,\n");
        SqsMessage message = SqsMessage.ofObjects("m1", LakeResource.BUCKET, part.rawKey());
        send(message);
        List<String> first =
                List.of(text(part.cleanKey()), text(part.quarantineKey()), text(part.reportKey()));

        assertThat(send(message, message)).isEmpty();

        assertThat(
                        List.of(
                                text(part.cleanKey()),
                                text(part.quarantineKey()),
                                text(part.reportKey())))
                .isEqualTo(first);
    }

    @Test
    void onlyMessagesThatFailComeAgain() {
        PartId good = rawPart(3, "c.csv:2,,1,,,,,,,,,,,,\n");
        PartId missing = new PartId(SOURCE, good.runId(), StreamName.ORDERS, 1);
        PartId unplanned = new PartId(SOURCE, RunId.create(), StreamName.ORDERS, 1);

        assertThat(
                        send(
                                SqsMessage.ofObjects(
                                        "no object", LakeResource.BUCKET, missing.rawKey()),
                                SqsMessage.ofObjects("good", LakeResource.BUCKET, good.rawKey()),
                                SqsMessage.ofObjects(
                                        "no plan", LakeResource.BUCKET, unplanned.rawKey()),
                                SqsMessage.ofObjects("other bucket", "elsewhere", good.rawKey()),
                                new SqsMessage("no json", "{")))
                .containsExactly("no object", "no plan", "other bucket", "no json");
        assertThat(lake.head(good.cleanKey())).isPresent();
    }

    @Test
    void otherObjectsAndTestEventsAreIgnored() {
        PartId part = rawPart(4, "c.csv:2,,1,,,,,,,,,,,,\n");

        assertThat(
                        send(
                                SqsMessage.ofObjects(
                                        "others",
                                        LakeResource.BUCKET,
                                        part.cleanKey(),
                                        "raw/notes.csv",
                                        part.rawKey().replace("year=", "year=1"),
                                        part.rawKey().replace("-00004", "-00000"),
                                        part.rawKey()
                                                .replace(part.runId().value(), "I".repeat(26))),
                                new SqsMessage(
                                        "test",
                                        "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\"}")))
                .isEmpty();
        assertThat(lake.head(part.cleanKey())).isEmpty();
    }

    /** The log of the running process: this one, or the native executable. */
    @Test
    void theLogHasCountsAndNothingOfTheRows() throws IOException {
        PartId part =
                rawPart(
                        5,
                        "c.csv:2,,1,Ada@Example.com,020 7946 0958,Ada,Lovelace,,12 Row,Leeds,,LS1 4DY,GB,soon,\n"
                                + "c.csv:3,,ada@example.com,x,y,Ada,Lovelace,,12 Row\n"
                                + "c.csv:4,oops: Ada Lovelace,3,x,y,Ada,Lovelace,,12 Row,,,,,,\n");
        PartId broken = rawPart(6, "c.csv:2,,1,Ada@Example.com,,,Lovelace,,,,,,,,\n");
        lake.put(
                broken.rawKey(),
                "Lovelace,Ada@Example.com\n".getBytes(StandardCharsets.UTF_8),
                "text/csv",
                Map.of());

        send(
                SqsMessage.ofObjects("good", LakeResource.BUCKET, part.rawKey()),
                SqsMessage.ofObjects("broken", LakeResource.BUCKET, broken.rawKey()));

        String log = Files.readString(LakeResource.LOG);
        assertThat(log)
                .contains(part.runId().value(), "part_transformed", "quarantined=3")
                .contains(broken.runId().value(), "transform_failed");
        assertThat(log.toLowerCase(Locale.ROOT))
                .doesNotContain("lovelace", "ada@", "7946", "12 row");
    }
}
