package io.shopflow.extract;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small foreign files and their expected results. Each case is a folder in {@code cases}: the
 * source's configuration, its files, and the expectations; {@link Case} describes the format.
 */
@QuarkusTest
@WithTestResource(LakeResource.class)
class CasesTest {

    Lake lake;

    @TempDir Path folder;

    static List<String> cases() throws Exception {
        return Case.names();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesOutAsExpected(String name) throws Exception {
        Case.of(name).check(lake, folder);
    }
}
