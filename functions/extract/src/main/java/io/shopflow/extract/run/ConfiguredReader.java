package io.shopflow.extract.run;

import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.SourceReader;
import java.util.List;

/** A connector's reader, with the hash of the configuration that it was made from. */
record ConfiguredReader(SourceReader reader, String configuration) implements SourceReader {

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
