package io.shopflow.extract.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.configuration.SourceConfigurationParser;
import io.shopflow.extract.run.MemoryStore;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.Collected;
import io.shopflow.extract.source.ConfigurationException;
import io.shopflow.extract.source.Scan.ScanResult;
import io.shopflow.extract.source.SourceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a folder may be something else than a file, or change while it is read. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FilesOnDiskTest {

    @TempDir Path machine;

    private Path shop;
    private Path secrets;

    @BeforeEach
    void folders() throws Exception {
        shop = Files.createDirectories(machine.resolve("shop"));
        secrets = Files.createDirectories(machine.resolve("secrets"));
        Files.writeString(secrets.resolve("sellers.csv"), "id,town\ns1,Leeds\n");
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws Exception {
        Files.createSymbolicLink(shop.resolve("sellers.csv"), secrets.resolve("sellers.csv"));

        assertThat(problems("sellers.csv"))
                .extracting(Problem::rule, Problem::stream, Problem::file)
                .containsExactly(tuple("file_outside", "sellers", "sellers.csv"));
    }

    @Test
    void aLinkedFolderInTheFolderIsNotFollowed() throws Exception {
        Files.createSymbolicLink(shop.resolve("deep"), secrets);

        assertThat(problems("deep/sellers.csv"))
                .extracting(Problem::rule, Problem::file)
                .containsExactly(tuple("file_outside", "deep/sellers.csv"));
    }

    @Test
    void aLinkThatStaysInTheFolderIsFollowed() throws Exception {
        Files.copy(secrets.resolve("sellers.csv"), shop.resolve("sellers-2026.csv"));
        Files.createSymbolicLink(shop.resolve("sellers.csv"), Path.of("sellers-2026.csv"));

        assertThat(problems("sellers.csv")).isEmpty();
    }

    @Test
    void aFolderThatIsItselfALinkIsReadIfTheUserNamedIt() throws Exception {
        Path link = Files.createSymbolicLink(machine.resolve("link"), secrets);

        assertThat(open("sellers.csv", link, link).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "link/..", "link/../secrets"})
    void aRequestCannotNameAFolderBehindALinkOfTheFolder(String path) throws Exception {
        Files.createSymbolicLink(shop.resolve("link"), secrets);
        ThrowingCallable opening = () -> open("sellers.csv", shop, Path.of(shop + "/" + path));

        if (path.equals("link/..")) {
            Files.writeString(machine.resolve("sellers.csv"), "id,town\ns1,Leeds\n");
        }
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e ->
                                assertThat(e.problems())
                                        .extracting(Problem::rule)
                                        .containsExactly("path_not_allowed"));
    }

    @Test
    void aPipeADeviceAndAFolderAreNoFilesAndStopNoRun() throws Exception {
        pipe(shop.resolve("pipe.csv"));
        Files.createDirectory(shop.resolve("folder.csv"));

        assertThat(problems("pipe.csv")).extracting(Problem::rule).containsExactly("file_kind");
        assertThat(problems("folder.csv")).extracting(Problem::rule).containsExactly("file_kind");
        assertThat(open("zero", Path.of("/dev"), Path.of("/dev")).problems())
                .extracting(Problem::rule)
                .containsExactly("file_kind");
    }

    @Test
    void aLinkToNothingIsAMissingFile() throws Exception {
        Files.createSymbolicLink(shop.resolve("sellers.csv"), Path.of("nothing.csv"));

        assertThat(problems("sellers.csv"))
                .extracting(Problem::rule)
                .containsExactly("file_missing");
    }

    @Test
    void aFileThatGrowsWhileItIsReadMakesTheRunIncomplete() throws Exception {
        Path file = shop.resolve("sellers.csv");
        Files.writeString(file, "id,town\ns1,Leeds\n");

        ScanResult result =
                read(() -> Files.writeString(file, "s2,York\n", StandardOpenOption.APPEND));

        assertThat(result.counted()).isEmpty();
        assertThat(result.problems())
                .extracting(Problem::rule, Problem::stream, Problem::file)
                .containsExactly(tuple("file_changed", "sellers", "sellers.csv"));
    }

    @Test
    void aFileThatIsReplacedByOneOfTheSameSizeAndTimeIsNoticed() throws Exception {
        Path file = shop.resolve("sellers.csv");
        Files.writeString(file, "id,town\ns1,Leeds\n");
        Path other = shop.resolve("other.csv");
        Files.writeString(other, "id,town\ns2,Leeds\n");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));

        ScanResult result =
                read(
                        () -> {
                            Files.delete(file);
                            Files.move(other, file);
                        });

        assertThat(result.problems()).extracting(Problem::rule).containsExactly("file_changed");
    }

    @Test
    void aFileThatDisappearsWhileItIsReadIsNoticed() throws Exception {
        Path file = shop.resolve("sellers.csv");
        Files.writeString(file, "id,town\ns1,Leeds\n");

        assertThat(read(() -> Files.delete(file)).problems())
                .extracting(Problem::rule)
                .containsExactly("file_changed");
    }

    private List<Problem> problems(String file) throws Exception {
        return open(file, shop, shop).problems();
    }

    private ScanResult read(Change change) throws Exception {
        SourceReader reader = open("sellers.csv", shop, shop);
        assertThat(reader.problems()).isEmpty();
        return reader.scans()
                .getFirst()
                .read(ChangeWindow.EVERYTHING, null, new ChangingSink(change));
    }

    private SourceReader open(String file, Path named, Path requested) throws Exception {
        Path list = Files.writeString(machine.resolve("readable.txt"), named + "\n");
        FilesKind kind =
                new FilesKind(new MemoryStore(), "bucket", new ReadableFolders(Optional.of(list)));
        String yaml =
                """
                kind: files
                zone: UTC
                streams:
                  sellers:
                    file: %s
                    fields: {id: id, city: town}
                """
                        .formatted(file);
        return new SourceConfigurationParser(List.of(kind), (source, name) -> null)
                .parse("shop", "shop.yaml", yaml.getBytes(UTF_8))
                .source()
                .open(
                        new ExtractRequest(
                                "shop", RunId.create(), requested.toString(), null, false));
    }

    private static void pipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    }

    /** What happens to a file. */
    private interface Change {
        void apply() throws Exception;
    }

    /** Changes the file at its first row. */
    private static final class ChangingSink extends Collected {

        private final Change change;

        ChangingSink(Change change) {
            this.change = change;
        }

        @Override
        public void row(StreamName stream, String[] values) {
            if (rows(stream).isEmpty()) {
                try {
                    change.apply();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
            super.row(stream, values);
        }

        @Override
        public void seen(StreamName stream, String[] values) {}

        @Override
        public void storeIds(StreamName stream, boolean withGone, boolean withLeftOut) {
            assertThat(withGone && withLeftOut).as("nothing is deleted").isTrue();
        }
    }
}
