package io.shopflow.extract.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Where a source's files are. */
interface SourceFolder {

    /** A file's size and version without reading it; empty where there is none of this name. */
    Optional<FileVersion> version(String name) throws IOException;

    /** Opens a file that exists. The caller closes it. */
    InputStream open(String name) throws IOException;

    /** The names of what is there, for messages; a few dozen at most. */
    List<String> names() throws IOException;

    /** The folder as a person would write it. */
    String description();

    /** What a failed read means for the run. */
    FileProblemException unreadable(IOException cause);

    /**
     * What a file is at the moment.
     *
     * @param tag differs when the content does
     */
    record FileVersion(long size, String tag) {}
}
