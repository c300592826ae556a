package io.shopflow.core.stream;

import java.util.Optional;

/**
 * One field of a canonical stream.
 *
 * @param name its name in raw CSV headers and in mappings
 * @param required whether a row without it is rejected
 * @param description one sentence for the data dictionary
 */
public record Field(
        String name, FieldType type, boolean required, Privacy privacy, String description) {

    /**
     * The column that this field becomes in clean files and in the warehouse; empty if it is
     * dropped.
     */
    public Optional<CleanColumn> cleanColumn() {
        return switch (privacy) {
            case DROP -> Optional.empty();
            case PSEUDONYM -> Optional.of(new CleanColumn(name + "_token", "text", false));
            case AREA -> Optional.of(new CleanColumn(name + "_area", "text", false));
            case PUBLIC ->
                    Optional.of(
                            new CleanColumn(
                                    type.isAmount() ? name + "_minor" : name,
                                    type.sqlType(),
                                    required));
        };
    }
}
