package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.files.SourceFolder.FileVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The versions of a stream's files when a run began. */
final class FileVersions {

    private final StreamName stream;
    private final FileOpener opener;
    private final Map<String, FileVersion> versions = new TreeMap<>();

    FileVersions(StreamName stream, FileOpener opener) {
        this.stream = stream;
        this.opener = opener;
    }

    /** Adds a file; returns its version, or nothing if there is no such file. */
    Optional<FileVersion> add(String file) throws IOException {
        Optional<FileVersion> version = opener.version(file);
        version.ifPresent(found -> versions.put(file, found));
        return version;
    }

    /** A fingerprint of all versions. */
    String mark() {
        StringBuilder text = new StringBuilder();
        versions.forEach((file, version) -> text.append(file).append(version));
        return Integer.toHexString(text.toString().hashCode());
    }

    /** The problems with files that are no longer what they were. */
    List<Problem> changed() {
        List<Problem> problems = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        versions.forEach(
                (file, version) -> {
                    try {
                        if (!opener.version(file).equals(Optional.of(version))) {
                            changed.add(file);
                        }
                    } catch (IOException e) {
                        problems.add(opener.unreadable(stream, file, e));
                    }
                });
        if (!changed.isEmpty()) {
            problems.add(changed(changed));
        }
        return problems;
    }

    /** The problem that files changed. */
    Problem changed(List<String> files) {
        return Problem.of(
                        "file_changed",
                        "A file changed while the run was reading it. Run the source again when it is whole.")
                .of(stream)
                .in(String.join(", ", files));
    }
}
