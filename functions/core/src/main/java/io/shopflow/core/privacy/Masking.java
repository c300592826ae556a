package io.shopflow.core.privacy;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Hides what identifies people where it does not belong, in a product's name, a town, an article
 * number: e-mail addresses, telephone numbers, cards and accounts, national numbers, internet
 * addresses; also where they are disguised. Names and streets cannot be told from other words.
 */
public final class Masking {

    /** What stands in the place of something hidden. */
    public static final String MASK = "***";

    /** Of {@code a at b dot cc}. */
    private static final int MIN_SPOKEN_LETTERS = 8;

    private Masking() {}

    /** What a text is, as far as that decides what may stand in it. */
    public enum Kind {
        /** Whatever a person wrote. */
        TEXT,
        /** A town or a region, in which a postcode is one too many. */
        PLACE,
        /** An article number, which may look like a national telephone number. */
        CODE,
        /** An id; only what is no number of an order by its form is looked for. */
        ID
    }

    /** Text that a person wrote, without what identifies people. */
    public static String text(String text) {
        return masked(text, Kind.TEXT);
    }

    /**
     * A text with {@link #MASK} in the place of what identifies people; itself where nothing does.
     */
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

    /** Whether an id is, or has within it, what identifies a person. */
    public static boolean isPersonal(String id) {
        return find(id, Kind.ID) != null;
    }

    /**
     * The characters to hide; null where there are none, as nearly always: most texts have nothing
     * of what makes an address or a number, which one look at their characters tells.
     */
    private static @Nullable BitSet find(String text, Kind kind) {
        Signs signs = Signs.of(text);
        boolean numbers = signs.mayHaveNumber();
        boolean spoken = signs.blank() && signs.letters() >= MIN_SPOKEN_LETTERS;
        boolean place = kind == Kind.PLACE && signs.digits() > 0;
        if (!signs.foreign() && !signs.marks() && !place && !numbers && !spoken) {
            return null;
        }
        if (signs.digits() == text.length() && text.charAt(0) != '0') {
            return NationalNumbers.isPersonal(text) ? all(text) : null;
        }
        String folded = signs.foreign() ? Folding.folded(text) : text;
        BitSet hidden = new BitSet();
        if (signs.marks() || signs.foreign()) {
            Addresses.find(folded, hidden);
        }
        if (spoken) {
            Addresses.findSpoken(folded, hidden);
        }
        if (numbers || signs.foreign()) {
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
