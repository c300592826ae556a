package io.shopflow.core.privacy;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Hides personal data where it does not belong, such as in a product's name, a town or an article
 * number: e-mail addresses, telephone numbers, cards and accounts, national numbers, internet
 * addresses, even if disguised. Names and streets cannot be distinguished from other words.
 */
public final class Masking {

    /** Replaces a hidden text. */
    public static final String MASK = "***";

    /** Letters of {@code a at b dot cc}. */
    private static final int MIN_SPOKEN_LETTERS = 8;

    private Masking() {}

    /** The kind of a text, which decides what it may contain. */
    public enum Kind {
        /** Free text. */
        TEXT,
        /** A town or a region, in which postcodes are hidden as well. */
        PLACE,
        /** An article number, which may look like a national telephone number. */
        CODE,
        /** An id; only forms that an order number cannot have are hidden. */
        ID
    }

    /** Free text without personal data. */
    public static String text(String text) {
        return masked(text, Kind.TEXT);
    }

    /** A text with {@link #MASK} in place of personal data; the same object if there is none. */
    public static String masked(String text, Kind kind) {
        BitSet hidden = find(text, kind);
        if (hidden == null) {
            return text;
        }
        StringBuilder rest = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int from = hidden.nextSetBit(at);
            if (from < 0) {
                break;
            }
            rest.append(text, at, from).append(MASK);
            at = hidden.nextClearBit(from);
        }
        return rest.append(text, Math.min(at, text.length()), text.length()).toString();
    }

    /** Whether an id is or contains personal data. */
    public static boolean isPersonal(String id) {
        return find(id, Kind.ID) != null;
    }

    /**
     * The characters to hide; null if there are none. One pass over the characters rules out most
     * texts, which cannot contain an address or a number.
     */
    private static @Nullable BitSet find(String text, Kind kind) {
        CharacterCounts counts = CharacterCounts.of(text);
        boolean numbers = counts.mayHaveNumber();
        boolean spoken = counts.blank() && counts.letters() >= MIN_SPOKEN_LETTERS;
        boolean place = kind == Kind.PLACE && counts.digits() > 0;
        if (!counts.lookAlikes() && !counts.addressMarks() && !place && !numbers && !spoken) {
            return null;
        }
        if (counts.digits() == text.length() && text.charAt(0) != '0') {
            return NationalNumbers.isPersonal(text) ? all(text) : null;
        }
        String folded = counts.lookAlikes() ? Folding.folded(text) : text;
        BitSet hidden = new BitSet();
        if (counts.addressMarks() || counts.lookAlikes()) {
            Addresses.find(folded, hidden);
        }
        if (spoken) {
            Addresses.findSpoken(folded, hidden);
        }
        if (numbers || counts.lookAlikes()) {
            PersonalNumbers.find(folded, kind, hidden);
        }
        if (place) {
            UkPostcodes.find(folded, hidden);
        }
        return hidden.isEmpty() ? null : hidden;
    }

    private static BitSet all(String text) {
        BitSet all = new BitSet();
        all.set(0, text.length());
        return all;
    }
}
