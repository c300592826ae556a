package io.shopflow.core.privacy;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds full postcodes of the United Kingdom, which cover only a few houses, in a town or a region.
 */
final class UkPostcodes {

    private static final Pattern POSTCODE =
            Pattern.compile(
                    "(?i)(?<!\\p{Alnum})([a-z]{1,2})\\d[a-z\\d]?[-. ]{0,3}\\d[abd-hjlnp-uw-z]{2}(?!\\p{Alnum})");

    private static final Set<String> AREAS =
            Set.of(
                    ("AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN"
                                    + " EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU"
                                    + " M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP"
                                    + " SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE")
                            .split(" "));

    private UkPostcodes() {}

    static void find(String text, BitSet hidden) {
        Matcher matcher = POSTCODE.matcher(text);
        while (matcher.find()) {
            if (AREAS.contains(matcher.group(1).toUpperCase(Locale.ROOT))) {
                hidden.set(matcher.start(), matcher.end());
            }
        }
    }
}
