package io.shopflow.extract.files;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.extract.files.FileMapping.FieldMapping;
import io.shopflow.extract.files.FileMapping.FieldMapping.Column;
import io.shopflow.extract.files.FileMapping.FieldMapping.Constant;
import io.shopflow.extract.files.FileMapping.FieldMapping.Fallback;
import io.shopflow.extract.files.FileMapping.FieldMapping.Join;
import io.shopflow.extract.files.FileMapping.FieldMapping.Lookup;
import io.shopflow.extract.files.FileMapping.StreamMapping;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads files by a mapping. Files have no memory of what changed: each run reads them whole, and
 * loading rows again that did not change changes nothing.
 */
public final class FilesReader implements SourceReader {

    private static final String BUCKET_SCHEME = "s3://";

    /**
     * Where uploaded files are. Extract's role also reads states, plans and raw parts, of all
     * sources; a path must not make rows of those.
     */
    private static final String UPLOADS = "files/";

    private final FileMapping mapping;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Scan> scans = new ArrayList<>();

    private FilesReader(FileMapping mapping, SourceFolder folder) {
        this.mapping = mapping;
        FileOpener opener = new FileOpener(folder);
        LookupTables lookups = new LookupTables(opener);
        Set<String> streamFiles = new HashSet<>();
        mapping.streams().forEach(stream -> streamFiles.addAll(stream.files()));
        for (StreamMapping stream : mapping.streams()) {
            Set<String> lookupFiles = new HashSet<>();
            stream.fields().values().forEach(field -> addLookupFiles(field, lookupFiles));
            FilesScan scan = new FilesScan(stream, opener, lookups, lookupFiles, streamFiles);
            problems.addAll(scan.check());
            scans.add(scan);
        }
    }

    /**
     * Looks at the headers of all files.
     *
     * @param path the mapping's, or what the run was asked for: an absolute folder, or {@code
     *     s3://bucket/files/prefix} in the data bucket
     * @param bucket the data bucket's name
     * @throws SourceUnavailableException where the path is none of these
     */
    public static FilesReader open(
            FileMapping mapping, String path, ObjectStore store, String bucket)
            throws SourceUnavailableException {
        if (!path.startsWith(BUCKET_SCHEME)) {
            Path folder = Path.of(path);
            if (!folder.isAbsolute()) {
                throw wrongPath(
                        "'%s' is a relative folder; name it from the root.".formatted(path));
            }
            return new FilesReader(mapping, new LocalFolder(folder));
        }
        String inBucket = BUCKET_SCHEME + bucket + "/";
        String folder = path.endsWith("/") ? path : path + "/";
        if (!folder.startsWith(inBucket + UPLOADS)) {
            throw wrongPath(
                    "'%s' is not under %s, the only place of the data bucket that files are read from; copy the files there first."
                            .formatted(path, inBucket + UPLOADS));
        }
        return new FilesReader(
                mapping, new BucketFolder(store, folder.substring(inBucket.length()), folder));
    }

    private static SourceUnavailableException wrongPath(String message) {
        return new SourceUnavailableException(
                new Problem(null, null, null, "path", "path_wrong", message), null);
    }

    private static void addLookupFiles(FieldMapping field, Set<String> files) {
        switch (field) {
            case Lookup lookup -> files.add(lookup.file());
            case Fallback(FieldMapping first, FieldMapping second) -> {
                addLookupFiles(first, files);
                addLookupFiles(second, files);
            }
            case Column column -> {}
            case Constant constant -> {}
            case Join join -> {}
        }
    }

    @Override
    public SourceFormat format() {
        return mapping.format();
    }

    @Override
    public List<Scan> scans() {
        return List.copyOf(scans);
    }

    @Override
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    @Override
    public void close() {}
}
