package io.shopflow.laptop.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.files.FolderLock;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.StackRecord.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folders are accepted, and which are rejected. */
class DataFolderTest {

    @TempDir Path temporary;

    @Test
    void aFolderIsMadeWhereMissing() {
        DataFolder folder = DataFolder.at(temporary.resolve("a/b"));
        assertThat(folder.exists()).isFalse();
        folder.prepare();
        assertThat(folder.logs()).isDirectory();
        assertThat(folder.record().running()).isEmpty();
    }

    @Test
    void whatIsWrittenIsRead() {
        DataFolder folder = DataFolder.at(temporary);
        StackRecord record =
                new StackRecord(
                        DataFolder.FORMAT_VERSION,
                        ProcessRecord.of("stack", ProcessHandle.current()),
                        true,
                        new Ports(1, 2, 3, 4, 8080),
                        List.of(new ProcessRecord("load", 5, null)));
        folder.write(record);
        assertThat(folder.record()).isEqualTo(record);
        assertThat(folder.record().running()).contains(ProcessHandle.current());
        assertThat(folder.record().dashboard()).hasToString("Optional[http://localhost:8080]");
        assertThat(folder.exists()).isTrue();
    }

    @Test
    void aProcessThatReusesTheNumberOfAnotherIsNotTakenForIt() {
        ProcessRecord earlier =
                new ProcessRecord("stack", ProcessHandle.current().pid(), Instant.EPOCH);
        assertThat(earlier.running()).isEmpty();
    }

    @Test
    void aFolderOfANewerVersionIsLeftAlone() throws Exception {
        Files.writeString(
                temporary.resolve("stack.json"),
                "{\"formatVersion\":99,\"ready\":false,\"ports\":{},\"children\":[],\"new\":1}");
        assertThatThrownBy(() -> DataFolder.at(temporary).prepare())
                .isInstanceOf(StackException.class)
                .hasMessageContaining("newer ShopFlow")
                .hasMessageContaining("--data");
    }

    @Test
    void aBrokenRecordSaysWhatToDo() throws Exception {
        Files.writeString(temporary.resolve("stack.json"), "{");
        assertThatThrownBy(() -> DataFolder.at(temporary).record())
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Delete that file alone");
    }

    @Test
    void aFolderWhoseFirstStackWasKilledInItsFirstInstantsIsTaken() throws Exception {
        Files.createDirectories(temporary.resolve("logs"));
        Files.writeString(temporary.resolve("stack.lock"), "");
        Files.writeString(temporary.resolve("stack.json.next"), "{");
        DataFolder.at(temporary).prepare();
        assertThat(DataFolder.at(temporary).record().running()).isEmpty();
    }

    @Test
    void otherUsersMayNotReadAFolder() throws Exception {
        Path root = temporary.resolve("data");
        DataFolder.at(root).prepare();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
    }

    @Test
    void aFolderOfOtherThingsIsRefused() throws Exception {
        Files.writeString(temporary.resolve("thesis.txt"), "");
        assertThatThrownBy(() -> DataFolder.at(temporary).prepare())
                .hasMessageContaining("is not empty and holds no ShopFlow data");
    }

    @Test
    void aFolderWithSourcesAloneIsTaken() throws Exception {
        Files.createDirectories(temporary.resolve("sources"));
        DataFolder.at(temporary).prepare();
        assertThat(DataFolder.at(temporary).functions()).isDirectory();
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(() -> DataFolder.at(file).prepare())
                .isInstanceOf(StackException.class)
                .hasMessageContaining("--data");
    }

    @Test
    void onlyOneHoldsAFolderAtATime() {
        DataFolder folder = DataFolder.at(temporary);
        try (FolderLock lock = folder.tryLock().orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(folder.tryLock()).isEmpty();
        }
        try (FolderLock again = folder.tryLock().orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void secretsStayTheSame() {
        DataFolder folder = DataFolder.at(temporary);
        String key = folder.pseudonymKey();
        assertThat(key).hasSize(44);
        assertThat(folder.pseudonymKey()).isEqualTo(key);
        assertThat(folder.dashboardPassword())
                .hasSize(64)
                .isEqualTo(DataFolder.at(temporary).dashboardPassword());
    }
}
