package io.shopflow.extract.run;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.SourceReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connector's reader, with the hash of its configuration. */
record ConfiguredReader(SourceReader reader, String hash) implements SourceReader {

    private static final String BESIDE = "; ";

    /** The hash, followed by the source's own settings that affect all its rows. */
    @Override
    public String configuration() {
        String ownSettings = reader.configuration();
        return ownSettings == null ? hash : hash + BESIDE + ownSettings;
    }

    /** The source's own settings at the time of this configuration. */
    static String ownSettings(@Nullable String configuration) {
        int beside = configuration == null ? -1 : configuration.indexOf(BESIDE);
        return configuration == null || beside < 0
                ? ""
                : configuration.substring(beside + BESIDE.length());
    }

    @Override
    public SourceFormat format() {
        return reader.format();
    }

    @Override
    public List<Scan> scans() {
        return reader.scans();
    }

    @Override
    public List<Problem> problems() {
        return reader.problems();
    }

    @Override
    public void close() {
        reader.close();
    }
}
