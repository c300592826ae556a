package io.shopflow.extract;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same, against the packaged function, with all cases: each format has its own reader. */
@QuarkusIntegrationTest
class ExtractFunctionIT extends ExtractFunctionTest {

    @Test
    void eachCaseComesOutAsExpected() throws Exception {
        List<String> names = Case.names();
        assertSoftly(
                softly ->
                        names.forEach(
                                name ->
                                        softly.assertThatCode(() -> check(name))
                                                .as(name)
                                                .doesNotThrowAnyException()));
    }

    private void check(String name) throws Exception {
        Case.of(name).check(lake, Files.createDirectory(folder.resolve(name)));
    }
}
