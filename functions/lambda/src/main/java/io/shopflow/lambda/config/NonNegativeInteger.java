package io.shopflow.lambda.config;

import org.eclipse.microprofile.config.spi.Converter;

/** A setting that is a whole number of at least 0. */
public final class NonNegativeInteger implements Converter<Integer> {

    private static final long serialVersionUID = 1;

    @Override
    public Integer convert(String value) {
        int number = Integer.parseInt(value.strip());
        if (number >= 0) {
            return number;
        }
        throw new IllegalArgumentException(value + " is not a whole number of at least 0");
    }
}
