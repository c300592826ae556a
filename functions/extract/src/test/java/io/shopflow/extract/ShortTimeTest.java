package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.stream.StreamName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function whose time is always short still finishes, one part at a time. */
@QuarkusTest
@TestProfile(ShortTimeTest.NoTime.class)
@WithTestResource(LakeResource.class)
class ShortTimeTest {

    /** More time than any invocation has. */
    public static class NoTime implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("shopflow.extract.time-margin", "100H");
        }
    }

    Lake lake;

    @TempDir Path folder;

    @Test
    void aRunThatIsShortOfTimeContinuesByTheQueue() throws Exception {
        StringBuilder csv = new StringBuilder("id\n");
        for (int i = 1; i <= 2_200; i++) {
            csv.append('p').append(i).append('\n');
        }
        Files.writeString(folder.resolve("people.csv"), csv);
        String source =
                lake.source(
                        """
                        kind: files
                        zone: UTC
                        streams:
                          customers: {file: people.csv, fields: {id: id}}
                          sellers: {file: people.csv, fields: {id: id}}
                        """);
        RunId runId = RunId.create();
        List<String> requests = List.of(Lake.request(source, runId, folder.toString()));

        int invocations = 0;
        while (!requests.isEmpty() && ++invocations <= 30) {
            assertThat(lake.post(Map.of("m" + invocations, requests.getFirst()))).isEmpty();
            requests =
                    lake.store().head(RunKeys.manifest(source, runId)).isPresent()
                            ? List.of()
                            : lake.takeQueued();
            assertThat(requests).hasSizeLessThan(2);
        }

        assertThat(invocations).isGreaterThan(4);
        RunManifest manifest = lake.manifest(source, runId);
        assertThat(manifest.problems()).isEmpty();
        for (StreamName stream : List.of(StreamName.CUSTOMERS, StreamName.SELLERS)) {
            assertThat(lake.rows(source, runId, stream))
                    .extracting(row -> row.get("id"))
                    .hasSize(2_200)
                    .doesNotHaveDuplicates();
        }
    }
}
