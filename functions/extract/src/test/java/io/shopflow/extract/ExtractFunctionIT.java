package io.shopflow.extract;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The same, against the packaged function, with all cases: each format has a reader of its own. */
@QuarkusIntegrationTest
class ExtractFunctionIT extends ExtractFunctionTest {

    @Test
    void eachCaseComesOutAsExpected() throws Exception {
        for (String name : Case.names()) {
            Case.of(name).check(lake, Files.createDirectory(folder.resolve(name)));
        }
    }
}
