package io.shopflow.core.privacy;

import static io.shopflow.core.privacy.Ascii.isDigit;
import static io.shopflow.core.privacy.Ascii.isLetter;
import static io.shopflow.core.privacy.Ascii.isLetterOrDigit;

import java.util.HashMap;
import java.util.Map;

/** Numbers of bank accounts, ISO 13616: a country, its length, two check digits. */
final class Ibans {

    static final int SHORTEST = 15;

    private static final Map<String, Integer> LENGTHS = new HashMap<>();

    static {
        String table =
                "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24"
                        + " FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20"
                        + " LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29"
                        + " PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20";
        for (String entry : table.split(" ")) {
            LENGTHS.put(entry.substring(0, 2), Integer.parseInt(entry.substring(2)));
        }
    }

    private Ibans() {}

    /**
     * The end of an IBAN that begins at this index, including its blanks; -1 if there is none.
     *
     * @param text with ASCII digits
     */
    static int end(String text, int from) {
        if (from + SHORTEST > text.length()
                || !isLetter(text.charAt(from))
                || !isLetter(text.charAt(from + 1))) {
            return -1;
        }
        Integer length =
                LENGTHS.get(text.substring(from, from + 2).toUpperCase(java.util.Locale.ROOT));
        if (length == null) {
            return -1;
        }
        StringBuilder iban = new StringBuilder(length);
        int at = from;
        while (at < text.length() && iban.length() < length) {
            char c = text.charAt(at);
            if (isLetterOrDigit(c)) {
                iban.append(Character.toUpperCase(c));
            } else if (c != ' ' && c != '-') {
                return -1;
            }
            at++;
        }
        boolean ends =
                iban.length() == length
                        && (at == text.length() || !isLetterOrDigit(text.charAt(at)));
        return ends && isDigit(iban.charAt(2)) && isDigit(iban.charAt(3)) && checks(iban) ? at : -1;
    }

    private static boolean checks(StringBuilder iban) {
        int rest = 0;
        for (int i = 0; i < iban.length(); i++) {
            char c = iban.charAt((i + 4) % iban.length());
            int value = isDigit(c) ? c - '0' : c - 'A' + 10;
            rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
        }
        return rest == 1;
    }
}
