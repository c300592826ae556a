package io.shopflow.transform.part;

import static io.shopflow.lambda.tests.SqsMessage.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.lambda.tests.SqsMessage;
import io.shopflow.transform.LakeResource;
import io.shopflow.transform.part.Shop.Result;
import io.shopflow.transform.part.ValueCasesTest.Case;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The same, against the packaged function: a native executable lacks formats, zones and charsets
 * that were not found when it was built.
 */
@QuarkusIntegrationTest
@WithTestResource(LakeResource.class)
class ValueCasesIT {

    ObjectStore lake;

    @Test
    void eachValueIsReadOrRejectedAsItsCaseExpects() throws IOException {
        List<Case> cases = ValueCasesTest.cases();
        assertSoftly(
                softly ->
                        cases.forEach(
                                expected ->
                                        softly.assertThatCode(() -> check(expected))
                                                .as(expected.toString())
                                                .doesNotThrowAnyException()));
    }

    private void check(Case expected) {
        PartId part = new PartId(Shop.SOURCE, RunId.create(), expected.stream(), 1);
        lake.put(
                RunKeys.plan(Shop.SOURCE, part.runId()),
                RunJson.write(expected.shop().plan(part.runId())),
                "application/json",
                Map.of());
        byte[] raw = Shop.rawCsv(expected.stream(), List.of(expected.row()));
        lake.put(part.rawKey(), raw, "text/csv", Map.of());

        assertThat(send(SqsMessage.ofObjects("m", LakeResource.BUCKET, part.rawKey()))).isEmpty();

        MemoryLake results = new MemoryLake();
        for (String key : List.of(part.cleanKey(), part.quarantineKey(), part.reportKey())) {
            lake.read(key).ifPresent(body -> results.put(key, body, "", Map.of()));
        }
        CleanCounts counts =
                CleanCounts.ofMetadata(lake.head(part.cleanKey()).orElseThrow().metadata());
        ValueCasesTest.check(expected, new Result(part, results, counts));
    }
}
