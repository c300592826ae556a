package io.shopflow.core.privacy;

/**
 * Personal numbers of countries and banks, detected by their check digits. One in ten or a hundred
 * other numbers passes such a check by chance and is hidden as well, which does no harm.
 */
final class NationalNumbers {

    private static final int[] PESEL_WEIGHTS = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};
    private static final int[] NORWEGIAN_1 = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
    private static final int[] NORWEGIAN_2 = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    private static final int[] CHINESE_WEIGHTS = {
        7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2
    };
    private static final String CHINESE_CHECKS = "10X98765432";
    private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

    static final int SHORTEST_CARD = 12;

    private static final int LONGEST_CARD = 19;

    private NationalNumbers() {}

    /** Whether digits without marks between them are a personal number. */
    static boolean isPersonal(CharSequence digits) {
        return switch (digits.length()) {
            case 11 ->
                    isCpf(digits)
                            || isPesel(digits)
                            || isGermanTaxId(digits)
                            || isNorwegian(digits);
            case 12, 13, 14, 16, 17, 19 -> isCard(digits);
            case 15 -> isCard(digits) || isFrench(digits);
            case 18 -> isCard(digits) || isChinese(digits, digits.charAt(17));
            default -> false;
        };
    }

    /**
     * A payment card: an issuer's first digits and the check digit of ISO/IEC 7812. A barcode,
     * which has another check digit, is none.
     */
    static boolean isCard(CharSequence digits) {
        int length = digits.length();
        if (length < SHORTEST_CARD || length > LONGEST_CARD) {
            return false;
        }
        int two = number(digits, 0, 2);
        int four = number(digits, 0, 4);
        boolean issued =
                isMaestro(four)
                        || switch (length) {
                            case 14 -> two == 36 || two == 38 || (four >= 3000 && four <= 3059);
                            case 15 -> two == 34 || two == 37;
                            case 16 -> isOfSixteen(two, four);
                            case 17, 18 -> isOfUpToNineteen(two, four);
                            case 19 ->
                                    isOfUpToNineteen(two, four)
                                            || two / 10 == 4
                                            || two == 63
                                            || two == 67;
                            default -> false;
                        };
        return issued && passesLuhn(digits) && !isBarcode(digits);
    }

    private static boolean isOfSixteen(int two, int four) {
        return isOfUpToNineteen(two, four)
                || two / 10 == 4
                || (two >= 50 && two <= 58)
                || (four >= 2221 && four <= 2720)
                || two == 60
                || two == 81
                || two == 82;
    }

    /** Discover, JCB, Mir, UnionPay. */
    private static boolean isOfUpToNineteen(int two, int four) {
        return four == 6011
                || (four >= 6440 && four <= 6499)
                || two == 65
                || (four >= 3528 && four <= 3589)
                || (four >= 2200 && four <= 2204)
                || two == 62;
    }

    private static boolean isMaestro(int four) {
        return switch (four) {
            case 5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763 -> true;
            default -> false;
        };
    }

    /** A Visa card of 13 digits. Ids of shops and barcodes have as many. */
    static boolean isOldVisa(CharSequence digits) {
        return digits.length() == 13
                && digits.charAt(0) == '4'
                && passesLuhn(digits)
                && !isBarcode(digits);
    }

    /** A GTIN of 12 or 13 digits: weights of 3 and 1 from the right. */
    private static boolean isBarcode(CharSequence digits) {
        int length = digits.length();
        if (length != 12 && length != 13) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += digit(digits, length - 1 - i) * (i % 2 == 1 ? 3 : 1);
        }
        return sum % 10 == 0;
    }

    /** The check digit of cards, of Swedish and of Canadian numbers. */
    static boolean passesLuhn(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digit(digits, digits.length() - 1 - i);
            int doubled = i % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /** Brazil's CPF, with two check digits. */
    static boolean isCpf(CharSequence digits) {
        if (digits.length() != 11 || isOneDigit(digits)) {
            return false;
        }
        for (int checked = 9; checked < 11; checked++) {
            int sum = 0;
            for (int i = 0; i < checked; i++) {
                sum += digit(digits, i) * (checked + 1 - i);
            }
            if (sum * 10 % 11 % 10 != digit(digits, checked)) {
                return false;
            }
        }
        return true;
    }

    /** Poland's PESEL: a date of birth, whose month encodes the century, and a check digit. */
    private static boolean isPesel(CharSequence digits) {
        int month = number(digits, 2, 4) % 20;
        int day = number(digits, 4, 6);
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= 31
                && weighted(digits, PESEL_WEIGHTS) % 10 == 0;
    }

    /** Germany's tax id: one of the first ten digits occurs more than once; ISO 7064 MOD 11,10. */
    private static boolean isGermanTaxId(CharSequence digits) {
        int[] counts = new int[10];
        for (int i = 0; i < 10; i++) {
            counts[digit(digits, i)]++;
        }
        int repeated = 0;
        for (int count : counts) {
            if (count > 3) {
                return false;
            }
            repeated += count > 1 ? 1 : 0;
        }
        if (repeated != 1 || digits.charAt(0) == '0') {
            return false;
        }
        int product = 10;
        for (int i = 0; i < 10; i++) {
            int sum = (digit(digits, i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digit(digits, 10);
    }

    /** Norway's birth number, with two check digits. */
    private static boolean isNorwegian(CharSequence digits) {
        return isDayOfMonth(number(digits, 0, 2) % 40, number(digits, 2, 4) % 40)
                && weighted(digits, NORWEGIAN_1) % 11 == 0
                && weighted(digits, NORWEGIAN_2) % 11 == 0;
    }

    /** France's social security number: sex, month of birth, and a key of two digits. */
    private static boolean isFrench(CharSequence digits) {
        char sex = digits.charAt(0);
        int month = number(digits, 3, 5);
        if ((sex != '1' && sex != '2') || month < 1 || (month > 12 && month < 20) || month > 42) {
            return false;
        }
        long id = Long.parseLong(digits, 0, 13, 10);
        return 97 - id % 97 == number(digits, 13, 15);
    }

    /** China's resident number: 17 digits with a date of birth, and a check digit or X. */
    static boolean isChinese(CharSequence digits, char check) {
        int year = number(digits, 6, 10);
        return year >= 1900
                && year <= 2100
                && isDayOfMonth(number(digits, 12, 14), number(digits, 10, 12))
                && CHINESE_CHECKS.charAt(weighted(digits, CHINESE_WEIGHTS) % 11)
                        == Character.toUpperCase(check);
    }

    /** Denmark's and Sweden's numbers: a date of birth, a dash, four digits. */
    static boolean isNordic(CharSequence date) {
        int from = date.length() - 6;
        int middle = number(date, from + 2, from + 4);
        return isDayOfMonth(number(date, from, from + 2), middle)
                || isDayOfMonth(number(date, from + 4, from + 6), middle);
    }

    /** A social security number of the United States, in the ranges that are issued. */
    static boolean isSocialSecurity(CharSequence digits) {
        int area = number(digits, 0, 3);
        return area != 0
                && area != 666
                && area < 900
                && number(digits, 3, 5) != 0
                && number(digits, 5, 9) != 0;
    }

    /** Spain's DNI and NIE: eight digits, or a letter and seven, and a check letter. */
    static boolean isSpanish(String code) {
        if (code.length() != 9) {
            return false;
        }
        String digits =
                switch (Character.toUpperCase(code.charAt(0))) {
                    case 'X' -> "0" + code.substring(1, 8);
                    case 'Y' -> "1" + code.substring(1, 8);
                    case 'Z' -> "2" + code.substring(1, 8);
                    default -> code.substring(0, 8);
                };
        for (int i = 0; i < 8; i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return DNI_LETTERS.charAt(Integer.parseInt(digits) % 23)
                == Character.toUpperCase(code.charAt(8));
    }

    private static boolean isDayOfMonth(int day, int month) {
        return day >= 1 && day <= 31 && month >= 1 && month <= 12;
    }

    private static boolean isOneDigit(CharSequence digits) {
        return digits.chars().allMatch(c -> c == digits.charAt(0));
    }

    private static int weighted(CharSequence digits, int[] weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * digit(digits, i);
        }
        return sum;
    }

    private static int number(CharSequence digits, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + digit(digits, i);
        }
        return number;
    }

    private static int digit(CharSequence digits, int at) {
        return digits.charAt(at) - '0';
    }
}
