package io.shopflow.extract.files;

import io.shopflow.core.archive.ContentException;
import io.shopflow.core.run.Problem;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.files.FileFormat.Csv;
import io.shopflow.extract.files.FileFormat.Json;
import io.shopflow.extract.files.FileFormat.Xlsx;
import io.shopflow.extract.files.SourceFolder.FileVersion;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens a source's files in their format, and reports problems with them. */
final class FileOpener {

    /** The most files that one pattern may match. */
    private static final int MAX_MATCHES = 1_000;

    private final SourceFolder folder;

    FileOpener(SourceFolder folder) {
        this.folder = folder;
    }

    /** Opens a file and finds its columns. */
    Records open(String file, FileFormat format, List<Column> columns)
            throws FileProblemException, IOException {
        return open(file, format, columns, null);
    }

    /**
     * Opens a file and finds its columns.
     *
     * @param list name of a list in JSON, whose items are the rows; null: each object is a row
     */
    Records open(String file, FileFormat format, List<Column> columns, @Nullable String list)
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
        Closeable open = folder.open(file);
        try {
            FileContent content = FileContent.of((InputStream) open);
            open = content;
            return switch (format) {
                case Csv csv ->
                        TableRecords.open(
                                CsvTokenizer.of(FileText.of(content.bytes()), csv),
                                csv.until(),
                                columns);
                case Xlsx xlsx ->
                        TableRecords.open(
                                SheetTable.of(content.workbook(), xlsx), xlsx.until(), columns);
                case Json() -> JsonRecords.open(FileText.of(content.bytes()).in(), columns, list);
            };
        } catch (FileProblemException | IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /**
     * The names of the files that match a pattern, sorted; the pattern itself if there are none.
     */
    List<String> names(String pattern) throws FileProblemException, IOException {
        NamePattern names = new NamePattern(pattern);
        List<String> found =
                folder.names(NamePattern.prefix(pattern)).stream()
                        .filter(names::matches)
                        .sorted()
                        .toList();
        if (found.size() > MAX_MATCHES) {
            throw new FileProblemException(
                    Problem.of(
                            "file_too_many",
                            "%d files match this pattern, and at most %d are read. Join them, or use a narrower pattern."
                                    .formatted(found.size(), MAX_MATCHES)));
        }
        return found.isEmpty() ? List.of(pattern) : found;
    }

    Optional<FileVersion> version(String file) throws IOException {
        return folder.version(file);
    }

    Problem problem(@Nullable StreamName stream, String file, FileProblemException e) {
        return e.problem().of(stream).in(file);
    }

    Problem unreadable(@Nullable StreamName stream, String file, IOException e) {
        return problem(
                stream,
                file,
                e instanceof ContentException content
                        ? new FileProblemException(Problem.of(content.rule(), content.getMessage()))
                        : folder.unreadable(e));
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
