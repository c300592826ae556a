package io.shopflow.transform.privacy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import io.shopflow.core.privacy.Masking;
import io.shopflow.core.privacy.PlainText;
import io.shopflow.core.privacy.Pseudonymiser;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Normalises personal identifiers and replaces them by tokens. The same address gives the same
 * token in every stream, so that streams can be joined. Not thread-safe.
 */
public final class Tokens {

    /** Orders of one customer are close together: a small cache saves most of the hashing. */
    private static final int CACHE_SIZE = 1 << 12;

    private final Pseudonymiser pseudonymiser;
    private final @Nullable String region;
    private final Cache<String> emails = new Cache<>();
    private final Cache<Phone> phones = new Cache<>();

    /**
     * @param region ISO 3166-1 code of the country of telephone numbers without prefix; null if
     *     unknown
     */
    public Tokens(Pseudonymiser pseudonymiser, @Nullable String region) {
        this.pseudonymiser = pseudonymiser;
        this.region = region;
    }

    /** The token of an e-mail address, compared without case; also of a malformed one. */
    public String email(String address) {
        String known = emails.get(address);
        if (known != null) {
            return known;
        }
        return emails.put(address, pseudonymiser.token(address.toLowerCase(Locale.ROOT)));
    }

    /** The token of a telephone number. */
    public Phone phone(String number) {
        Phone known = phones.get(number);
        if (known != null) {
            return known;
        }
        String e164 = e164(number);
        String normalised = e164 == null ? digits(number) : e164;
        return phones.put(
                number,
                new Phone(
                        normalised.isEmpty() ? null : pseudonymiser.token(normalised),
                        e164 != null));
    }

    /**
     * An id or a reference: unchanged, unless it is or contains a personal identifier, because the
     * source identifies people by address or number; then a token.
     */
    public String identifier(String id) {
        if (id.indexOf('@') >= 0) {
            return email(id);
        }
        if (!Masking.isPersonal(id) && !isNationalPhone(id)) {
            return id;
        }
        String plain = PlainText.read(id);
        String token = plain.startsWith("+") && !hasLetter(plain) ? phone(plain).token() : null;
        return token == null ? email(plain) : token;
    }

    /** {@code 02079460958}. A known country decides, since an order's number may look the same. */
    private boolean isNationalPhone(String id) {
        boolean possible =
                (id.length() == 10 || id.length() == 11)
                        && id.charAt(0) == '0'
                        && id.charAt(1) != '0'
                        && id.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!possible || region == null) {
            return possible;
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            return numbers.isValidNumber(numbers.parse(id, region));
        } catch (NumberParseException unreadable) {
            return false;
        }
    }

    private static boolean hasLetter(String text) {
        return text.chars().anyMatch(Character::isLetter);
    }

    /** Whether an address has one {@code @} with text before it and a domain after it. */
    public static boolean isWellFormedEmail(String address) {
        int at = address.indexOf('@');
        int dot = address.lastIndexOf('.');
        return at > 0
                && address.indexOf('@', at + 1) < 0
                && dot > at + 1
                && dot < address.length() - 1
                && address.chars().noneMatch(Character::isWhitespace);
    }

    private @Nullable String e164(String number) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            return numbers.format(numbers.parse(number, region), PhoneNumberFormat.E164);
        } catch (NumberParseException unreadable) {
            return null;
        }
    }

    private static String digits(String number) {
        StringBuilder digits = new StringBuilder();
        number.chars()
                .filter(Character::isDigit)
                .forEach(digit -> digits.append(Character.digit(digit, 10)));
        return digits.toString();
    }

    /**
     * A telephone number's token.
     *
     * @param token of the number in E.164 form; of its digits alone if it cannot be parsed; null if
     *     it has none
     * @param readable whether it can be parsed
     */
    public record Phone(@Nullable String token, boolean readable) {}

    /** Direct mapped: a value replaces another one with the same hash. */
    private static final class Cache<T> {
        private final @Nullable String[] values = new String[CACHE_SIZE];
        private final Map<Integer, T> tokens = new HashMap<>();

        @Nullable T get(String value) {
            int index = index(value);
            return value.equals(values[index]) ? tokens.get(index) : null;
        }

        T put(String value, T token) {
            int index = index(value);
            values[index] = value;
            tokens.put(index, token);
            return token;
        }

        private static int index(String value) {
            int hash = value.hashCode();
            return (hash ^ (hash >>> 16)) & (CACHE_SIZE - 1);
        }
    }
}
