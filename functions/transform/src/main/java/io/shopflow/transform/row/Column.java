package io.shopflow.transform.row;

import io.shopflow.core.privacy.Masking;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.Privacy;
import org.jspecify.annotations.Nullable;

/**
 * How one field is read.
 *
 * @param place of the field in the schema
 * @param target of its value in the clean row; -1 where it has none
 * @param mayBeNegative whether numbers below 0 are meant
 * @param numbers null where the field is no number
 * @param instants null where it is no instant
 */
record Column(
        Field field,
        int place,
        int target,
        Content content,
        boolean mayBeNegative,
        @Nullable NumberReader numbers,
        @Nullable InstantReader instants) {

    /**
     * Whether {@code NULL} and its like are no value here: nothing of this kind is called so, while
     * a town or a product may be.
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

    /** What a field's text is, as far as its type and privacy do not tell. */
    enum Content {
        /**
         * Names a row of this or another stream; if it names a person by an address, a token does.
         */
        IDENTIFIER,
        EMAIL,
        PHONE,
        /** May look like a telephone number, and is none. */
        CODE,
        /** A town or a region. */
        PLACE,
        TEXT;

        /** As what it is searched for what identifies people. */
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
