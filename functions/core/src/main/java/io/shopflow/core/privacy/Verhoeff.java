package io.shopflow.core.privacy;

/** Verhoeff's check digit, with which India's Aadhaar numbers end. */
final class Verhoeff {

    private static final String[] PRODUCTS = {
        "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
        "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"
    };

    private static final String[] PERMUTATIONS = {
        "0123456789", "1576283094", "5803796142", "8916043527",
        "9453126870", "4286573901", "2793806415", "7046913258"
    };

    private Verhoeff() {}

    /** Whether these digits, from 0 to 9, end with their check digit. */
    static boolean isValid(CharSequence digits) {
        int check = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int permuted = PERMUTATIONS[i % 8].charAt(digit) - '0';
            check = PRODUCTS[check].charAt(permuted) - '0';
        }
        return check == 0;
    }
}
