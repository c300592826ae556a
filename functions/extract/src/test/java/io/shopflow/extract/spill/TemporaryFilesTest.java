package io.shopflow.extract.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryFilesTest {

    @Test
    void filesAreDeletedAtTheEndAtTheLatest() throws Exception {
        Path one;
        Path other;
        try (TemporaryFiles files = new TemporaryFiles()) {
            one = files.create(1);
            other = Files.writeString(files.create(5), "12345");
            files.delete(one);
            assertThat(one).doesNotExist();
            assertThat(other).exists();
        }
        assertThat(other).doesNotExist();
    }

    @Test
    void nothingIsBegunThatDoesNotFit() {
        try (TemporaryFiles files = TemporaryFiles.limited(() -> 3L << 20)) {
            assertThat(files.create(3 << 20)).exists();
            assertThatThrownBy(() -> files.create((3 << 20) + 1))
                    .isInstanceOf(TemporarySpaceException.class)
                    .hasMessage("4 MiB more are needed for temporary files, and 3 MiB are free");
        }
    }
}
