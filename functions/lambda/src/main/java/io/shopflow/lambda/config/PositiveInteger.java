package io.shopflow.lambda.config;

import org.eclipse.microprofile.config.spi.Converter;

/** A setting that is a whole number of at least 1. */
public final class PositiveInteger implements Converter<Integer> {

    private static final long serialVersionUID = 1;

    @Override
    public Integer convert(String value) {
        int number = Integer.parseInt(value.strip());
        if (number >= 1) {
            return number;
        }
        throw new IllegalArgumentException(value + " is not a whole number of at least 1");
    }
}
