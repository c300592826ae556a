package io.shopflow.transform.privacy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Generalises postcodes to areas of many thousand people. */
public final class Postcodes {

    private static final int AREA_CHARACTERS = 2;

    private Postcodes() {}

    /**
     * The area of a postcode: in the UK its leading letters ({@code ls1 4dy} is in {@code LS}),
     * elsewhere its first two letters or digits; null if it has none.
     *
     * @param country ISO 3166-1 alpha-2 code; null if unknown
     */
    public static @Nullable String area(String postcode, @Nullable String country) {
        return "GB".equals(country) ? ukArea(postcode) : firstCharacters(postcode);
    }

    /** One or two letters, then a digit. */
    private static @Nullable String ukArea(String postcode) {
        int letters = 0;
        while (letters < postcode.length() && isLetter(postcode.charAt(letters))) {
            letters++;
        }
        boolean wellFormed =
                letters > 0
                        && letters <= AREA_CHARACTERS
                        && letters < postcode.length()
                        && isDigit(postcode.charAt(letters));
        return wellFormed ? postcode.substring(0, letters).toUpperCase(Locale.ROOT) : null;
    }

    private static @Nullable String firstCharacters(String postcode) {
        StringBuilder area = new StringBuilder(AREA_CHARACTERS);
        for (int i = 0; i < postcode.length() && area.length() < AREA_CHARACTERS; i++) {
            char c = postcode.charAt(i);
            if (isLetter(c) || isDigit(c)) {
                area.append(Character.toUpperCase(c));
            }
        }
        return area.isEmpty() ? null : area.toString();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
