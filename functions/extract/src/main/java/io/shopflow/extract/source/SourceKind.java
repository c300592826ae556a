package io.shopflow.extract.source;

import io.shopflow.extract.yaml.YamlObject;
import java.util.Optional;
import java.util.Set;

/** A kind of source: how its files in {@code sources/} are read. */
public interface SourceKind {

    /** The value of {@code kind} in the file. */
    String name();

    /**
     * Keys at the root whose values change no rows, such as credentials and time-outs. If any other
     * value changes, the next run reads everything again.
     */
    Set<String> keysWithoutEffectOnRows();

    /**
     * Reads a configuration; reports mistakes to the object.
     *
     * @param source the source's name
     * @param file the configuration's name in messages
     * @param root of the configuration
     * @return empty if a mistake was reported
     */
    Optional<ConfiguredSource> parse(String source, String file, YamlObject root);
}
