package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.files.FileFormat.Csv;
import io.shopflow.extract.files.FileFormat.Json;
import io.shopflow.extract.files.SourceFolder.FileVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens a source's files in their format, and reports problems with them. */
final class FileOpener {

    private final SourceFolder folder;

    FileOpener(SourceFolder folder) {
        this.folder = folder;
    }

    /** Opens a file and finds its columns. */
    Records open(String file, FileFormat format, List<Column> columns)
            throws FileProblemException, IOException {
        Optional<Problem> refusal = folder.refusal(file);
        if (refusal.isPresent()) {
            throw new FileProblemException(refusal.get());
        }
        if (folder.version(file).isEmpty()) {
            throw new FileProblemException(
                    Problem.of(
                            "file_missing",
                            "There is no file %s in %s, which %s. Put it there, or correct the mapping or the path."
                                    .formatted(
                                            SafeText.name(file),
                                            SafeText.path(folder.description()),
                                            found())));
        }
        InputStream in = folder.open(file);
        try {
            FileText text = FileText.of(in);
            return switch (format) {
                case Csv csv -> CsvRecords.open(text, csv, columns);
                case Json() -> JsonRecords.open(text.in(), columns);
            };
        } catch (FileProblemException | IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    Optional<FileVersion> version(String file) throws IOException {
        return folder.version(file);
    }

    Problem problem(@Nullable StreamName stream, String file, FileProblemException e) {
        return e.problem().of(stream).in(file);
    }

    Problem unreadable(@Nullable StreamName stream, String file, IOException e) {
        return problem(stream, file, folder.unreadable(e));
    }

    private String found() {
        try {
            List<String> names = folder.names();
            return names.isEmpty() ? "is empty" : "contains " + SafeText.names(names);
        } catch (IOException e) {
            return "does not exist";
        }
    }
}
