package io.shopflow.transform.row;

import io.shopflow.core.privacy.Masking;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.Privacy;
import org.jspecify.annotations.Nullable;

/**
 * How a column of raw rows, the value of one field, is read.
 *
 * @param index of the field in the schema
 * @param cleanIndex index of its value in the clean row; negative if it has none
 * @param mayBeNegative whether numbers below 0 are valid
 * @param numbers null if the field is not a number
 * @param instants null if it is not an instant
 */
record RawColumn(
        Field field,
        int index,
        int cleanIndex,
        Content content,
        boolean mayBeNegative,
        @Nullable NumberReader numbers,
        @Nullable InstantReader instants) {

    /**
     * Whether {@code NULL} and similar texts mean a missing value here; a town or a product may
     * have such a name.
     */
    boolean hasNulls() {
        return switch (field.type()) {
            case INTEGER, DECIMAL, MONEY, INSTANT, CURRENCY, COUNTRY, IDS -> true;
            case STATUS -> false;
            case TEXT ->
                    switch (content) {
                        case IDENTIFIER, EMAIL, PHONE, CODE -> true;
                        case PLACE -> false;
                        case TEXT -> field.privacy() == Privacy.AREA;
                    };
        };
    }

    /** The content of a field's text beyond its type and privacy. */
    enum Content {
        /**
         * Names a row of this or another stream; an id that is a person's address is replaced by a
         * token.
         */
        IDENTIFIER,
        EMAIL,
        PHONE,
        /** May look like a telephone number but is not one. */
        CODE,
        /** A town or a region. */
        PLACE,
        TEXT;

        /** The kind of search for personal data. */
        Masking.Kind kind() {
            return switch (this) {
                case IDENTIFIER -> Masking.Kind.ID;
                case CODE -> Masking.Kind.CODE;
                case PLACE -> Masking.Kind.PLACE;
                case EMAIL, PHONE, TEXT -> Masking.Kind.TEXT;
            };
        }

        static Content of(Field field) {
            return switch (field.privacy()) {
                case PSEUDONYM -> pseudonym(field.name());
                case PUBLIC, AREA, DROP -> plain(field.name());
            };
        }

        private static Content pseudonym(String name) {
            if (name.endsWith("email")) {
                return EMAIL;
            }
            if (name.endsWith("phone")) {
                return PHONE;
            }
            throw new IllegalStateException(
                    "no way to normalise '" + name + "' before it becomes a pseudonym");
        }

        private static Content plain(String name) {
            if (name.equals("id") || name.endsWith("_id") || name.equals("refund_group")) {
                return IDENTIFIER;
            }
            if (name.endsWith("city") || name.endsWith("region")) {
                return PLACE;
            }
            return name.equals("sku") ? CODE : TEXT;
        }
    }
}
