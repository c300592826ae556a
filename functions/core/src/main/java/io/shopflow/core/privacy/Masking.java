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
        ID;

        /** Whether people write it, rather than programs. */
        boolean isFreeText() {
            return this == TEXT || this == PLACE;
        }
    }

    /** Free text without personal data. */
    public static String text(String text) {
        return masked(text, Kind.TEXT);
    }

    /** A text with {@link #MASK} in place of personal data; the same object if there is none. */
    public static String masked(String text, Kind kind) {
        return masked(text, kind, text.length());
    }

    /**
     * The beginning of a text, with {@link #MASK} in place of personal data, also of what continues
     * after the beginning.
     *
     * @param end the end of the beginning
     */
    public static String masked(String text, Kind kind, int end) {
        BitSet hidden = find(text, kind);
        if (hidden == null) {
            return text.substring(0, end);
        }
        StringBuilder rest = new StringBuilder(end);
        int at = 0;
        while (at < end) {
            int from = hidden.nextSetBit(at);
            if (from < 0 || from >= end) {
                break;
            }
            rest.append(text, at, from).append(MASK);
            at = hidden.nextClearBit(from);
        }
        return rest.append(text, Math.min(at, end), end).toString();
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
        boolean disguised = counts.lookAlikes() || (counts.escapes() && Escape.isIn(text));
        if (!disguised && !mayBePersonal(counts, kind)) {
            return null;
        }
        if (counts.digits() == text.length() && text.charAt(0) != '0') {
            boolean personal =
                    NationalNumbers.isPersonal(text)
                            || (kind.isFreeText() && NationalNumbers.isOldVisa(text));
            return personal ? all(text) : null;
        }
        BitSet hidden;
        if (disguised) {
            hidden = searchDisguised(text, kind);
        } else {
            hidden = search(text, kind, counts);
            Addresses.findWritten(text, hidden);
        }
        return hidden.isEmpty() ? null : hidden;
    }

    /** Also searches the text as written, because what looks like an escape may not be one. */
    private static BitSet searchDisguised(String text, Kind kind) {
        PlainText folded = PlainText.folded(text);
        BitSet found = search(folded.text(), kind, CharacterCounts.of(folded.text()));
        Addresses.findWritten(folded.text(), found);
        BitSet hidden = folded.inOriginal(found);
        PlainText decoded = folded.decoded();
        if (decoded.isObscure()) {
            return all(text);
        }
        if (decoded != folded) {
            found = search(decoded.text(), kind, CharacterCounts.of(decoded.text()));
            hidden.or(decoded.inOriginal(found));
        }
        return hidden;
    }

    private static BitSet search(String text, Kind kind, CharacterCounts counts) {
        BitSet found = new BitSet();
        if (counts.addressMarks()) {
            Addresses.find(text, found);
        }
        if (counts.mayHaveDevice()) {
            NetworkAddresses.findDevices(text, found);
        }
        if (isSpoken(counts)) {
            Addresses.findSpoken(text, found);
        }
        if (counts.mayHaveNumber()) {
            PersonalNumbers.find(text, kind, found);
        }
        if (isPlace(counts, kind)) {
            UkPostcodes.find(text, found);
        }
        return found;
    }

    private static boolean mayBePersonal(CharacterCounts counts, Kind kind) {
        return counts.addressMarks()
                || counts.mayHaveNumber()
                || counts.mayHaveDevice()
                || isSpoken(counts)
                || isPlace(counts, kind);
    }

    private static boolean isSpoken(CharacterCounts counts) {
        return counts.blank() && counts.letters() >= MIN_SPOKEN_LETTERS;
    }

    private static boolean isPlace(CharacterCounts counts, Kind kind) {
        return kind == Kind.PLACE && counts.digits() > 0;
    }

    private static BitSet all(String text) {
        BitSet all = new BitSet();
        all.set(0, text.length());
        return all;
    }
}
