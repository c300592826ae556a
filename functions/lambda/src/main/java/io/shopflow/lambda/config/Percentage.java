package io.shopflow.lambda.config;

import org.eclipse.microprofile.config.spi.Converter;

/** A setting from 0 to 100. */
public final class Percentage implements Converter<Double> {

    private static final long serialVersionUID = 1;

    @Override
    public Double convert(String value) {
        double percent = Double.parseDouble(value.strip());
        if (percent >= 0 && percent <= 100) {
            return percent;
        }
        throw new IllegalArgumentException(value + " is not a number from 0 to 100");
    }
}
