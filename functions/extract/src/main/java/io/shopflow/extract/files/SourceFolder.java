package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The folder of a source's files. */
interface SourceFolder {

    /** Why an existing file must not be read; empty if it may be read, or is missing. */
    Optional<Problem> refusal(String name) throws IOException;

    /** A file's size and version without reading it; empty if there is no file to read. */
    Optional<FileVersion> version(String name) throws IOException;

    /** Opens a file that exists. The caller closes it. */
    InputStream open(String name) throws IOException;

    /** The names of the files in the folder, for messages; a few dozen at most. */
    List<String> names() throws IOException;

    /** The names of all files that begin with a prefix and have no slash after it. */
    List<String> names(String prefix) throws IOException;

    /** The folder as a person would write it. */
    String description();

    /** The problem that a failed read causes in the run. */
    FileProblemException unreadable(IOException cause);

    /**
     * A file's current version.
     *
     * @param tag changes with the content
     */
    record FileVersion(long size, String tag) {}
}
