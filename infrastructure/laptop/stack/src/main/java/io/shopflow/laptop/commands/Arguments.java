package io.shopflow.laptop.commands;

import io.shopflow.core.run.RunId;
import io.shopflow.core.source.SourceName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Checks the values of options that several commands have. */
final class Arguments {

    private Arguments() {}

    /** The name of a source. */
    static final class Source implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            try {
                return SourceName.check(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** The id of a run. */
    static final class Run implements ITypeConverter<RunId> {
        @Override
        public RunId convert(String value) {
            try {
                return new RunId(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
