package io.shopflow.transform.row;

import io.shopflow.core.privacy.Masking;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.Privacy;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.transform.privacy.Tokens;
import io.shopflow.transform.row.RawColumn.Content;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides which values of a row a person may see. A wrong mapping or a shifted row can put any
 * value into any field, so a typed field's value is shown only if it resembles the field's type: a
 * price with the sign of a currency, a date in another order, a status, a country. Anything else
 * may be a telephone number, a card or a name.
 */
public final class ShownValues {

    /** Longer values are cut in quarantine. */
    private static final int MAX_CHARACTERS = 200;

    /** Longer values are not used as examples. */
    private static final int MAX_EXAMPLE = 100;

    private static final int MAX_POSITION = 120;

    private static final int MAX_CODE = 3;

    private static final int MAX_SHORT_STATUS = 2;

    /** A price or a count has no more digits before its decimals; personal numbers have more. */
    private static final int MAX_PLAIN_DIGITS = 8;

    /** The shortest card has as many digits, wherever somebody puts separators. */
    private static final int CARD_DIGITS = 13;

    /** No telephone number with its country has fewer digits. */
    private static final int MIN_PHONE_DIGITS = 8;

    /** Groups of three separated by commas or apostrophes, which telephone numbers never have. */
    private static final Pattern GROUPED =
            Pattern.compile(
                    "\\d{1,3}(?:,\\d{3})+(?:\\.\\d{0,20})?|\\d{1,3}(?:['’]\\d{3})+(?:[.,]\\d{0,20})?|\\d{1,3}(?:[. \u00a0\u202f]\\d{3})+,\\d{1,2}");

    private static final Pattern PLAIN =
            Pattern.compile("(\\d{1,40})(?:[.,]\\d{0,30})?|[.,]\\d{1,30}");

    private static final Pattern SCIENTIFIC =
            Pattern.compile("\\d(?:[.,]\\d{1,16})?[Ee][-+]?\\d{1,3}");

    private static final Pattern MONTH_OR_DAY =
            Pattern.compile(
                    "(?i)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|st|nd|rd|th|t|z|am|pm|utc|gmt|cet|cest|bst|est|edt|cst|cdt|mst|mdt|pst|pdt)");

    private static final Pattern DATE_WORDS = Pattern.compile("\\p{L}+");

    private static final Pattern TIME =
            Pattern.compile(
                    "\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?\\s?(?:[-+]\\d{2}:?\\d{2})?\\s?$");

    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private static final Pattern NO_DIGITS = Pattern.compile("\\D+");

    private static final Pattern STATUS = Pattern.compile("[\\p{L} \\-_/.,:&+()]{1,60}");

    private static final Pattern NO_LETTERS = Pattern.compile("\\P{L}+");

    private final StreamSchema schema;
    private final List<Content> contents;
    private final Tokens tokens;

    /** For a stream; ids become the tokens that clean rows would have. */
    public ShownValues(StreamSchema schema, Tokens tokens) {
        this.schema = schema;
        this.contents = schema.fields().stream().map(Content::of).toList();
        this.tokens = tokens;
    }

    /** A value as an example in a report; null if it must not be shown or is too long. */
    @Nullable String of(int index, String value) {
        Field field = schema.fields().get(index);
        if (field.privacy() != Privacy.PUBLIC) {
            return null;
        }
        String shown = masked(index, value);
        return shown.equals(Masking.MASK) || shown.length() > MAX_EXAMPLE ? null : shown;
    }

    /** A value as quarantine shows it: itself, masked in part, or {@link Masking#MASK}. */
    String masked(int index, String value) {
        Field field = schema.fields().get(index);
        return switch (field.privacy()) {
            case DROP, PSEUDONYM, AREA -> Masking.MASK;
            case PUBLIC ->
                    switch (field.type()) {
                        case TEXT -> text(index, value);
                        case INTEGER, DECIMAL, MONEY -> shownIf(isNearlyNumber(value), value);
                        case INSTANT -> shownIf(isNearlyDate(value), value);
                        case STATUS -> shownIf(isNearlyStatus(value), value);
                        case CURRENCY -> shownIf(isNearlyCurrency(value), value);
                        case COUNTRY -> shownIf(isCode(value), value);
                        case IDS -> Masking.MASK;
                    };
        };
    }

    /** A row's position in its source, masked where necessary: a file may be named after people. */
    @Nullable String position(RawRow row) {
        String position = row.position();
        return position == null ? null : cut(Masking.text(position), MAX_POSITION);
    }

    private String text(int index, String value) {
        Content content = contents.get(index);
        if (content == Content.IDENTIFIER) {
            return value.length() > MAX_CHARACTERS ? Masking.MASK : tokens.identifier(value);
        }
        return cut(Masking.masked(value, content.kind()), MAX_CHARACTERS);
    }

    /** {@code $12.99}, {@code (1.299,00 €)}, {@code 12.99-}, {@code 10 %}, {@code 1.25E7}. */
    private static boolean isNearlyNumber(String value) {
        if (value.length() > MAX_EXAMPLE || mayIdentify(value)) {
            return false;
        }
        AmountSymbols symbols = new AmountSymbols();
        String plain = value.endsWith("%") ? value.substring(0, value.length() - 1) : value;
        if (!symbols.strip(plain) || !symbols.namesKnownCurrencyOrNone()) {
            return false;
        }
        String digits = symbols.digits();
        if (GROUPED.matcher(digits).matches() || SCIENTIFIC.matcher(digits).matches()) {
            return true;
        }
        var matcher = PLAIN.matcher(digits);
        if (!matcher.matches()) {
            return false;
        }
        String whole = matcher.group(1);
        return whole == null || whole.length() <= MAX_PLAIN_DIGITS;
    }

    /** Whether the digits, without their separators, may be a card or a telephone number. */
    private static boolean mayIdentify(String value) {
        String digits = digitsOf(value);
        return digits.length() >= CARD_DIGITS
                || (digits.length() >= MIN_PHONE_DIGITS && value.strip().startsWith("+"))
                || Masking.isPersonal(digits);
    }

    private static String digitsOf(String value) {
        return NO_DIGITS.matcher(value).replaceAll("");
    }

    /** Numbers that could be day, month and year in some order, with or without a time. */
    private static boolean isNearlyDate(String value) {
        if (value.length() > 40 || Masking.isPersonal(digitsOf(value))) {
            return false;
        }
        var words = DATE_WORDS.matcher(value);
        boolean namesMonth = false;
        while (words.find()) {
            if (!MONTH_OR_DAY.matcher(words.group()).matches()) {
                return false;
            }
            namesMonth |= words.group().length() >= 3;
        }
        var time =
                TIME.matcher(value.replaceAll("(?i)\\s*(?:am|pm|z|utc|gmt|[a-z]{3,4})\\s*$", ""));
        String day = time.find() ? time.replaceFirst("") : value;
        int[] sizes = new int[4];
        int count = 0;
        boolean hasYear = false;
        var digits = DIGITS.matcher(day);
        while (digits.find()) {
            String number = digits.group();
            if (count == 3) {
                return false;
            }
            sizes[count++] = number.length();
            if (number.length() == 4) {
                int year = Integer.parseInt(number);
                if (hasYear || (year != 0 && (year < 1900 || year > 2100) && year != 9999)) {
                    return false;
                }
                hasYear = true;
            } else if (number.length() > 2) {
                return count == 1 && isCompactDate(number) && !digits.find();
            }
        }
        String marks = day.replaceAll("[\\p{L}\\d]", "").strip();
        boolean harmless = marks.chars().allMatch(c -> "-/., ".indexOf(c) >= 0);
        return harmless
                && (count == 3 || (namesMonth && count >= 1) || (count == 1 && day.length() <= 6));
    }

    /** {@code 20260131}, or a spreadsheet's number of a day. */
    private static boolean isCompactDate(String digits) {
        if (digits.length() <= 6) {
            return true;
        }
        if (digits.length() != MAX_PLAIN_DIGITS) {
            return false;
        }
        int year = Integer.parseInt(digits.substring(0, 4));
        int month = Integer.parseInt(digits.substring(4, 6));
        int day = Integer.parseInt(digits.substring(6));
        return year >= 1900 && year <= 2100 && month <= 12 && day <= 31;
    }

    /**
     * Only words that occur in statuses: any other may be a name. Two characters, such as {@code 3}
     * or {@code P}, say nothing about a person.
     */
    private static boolean isNearlyStatus(String value) {
        if (value.length() <= MAX_SHORT_STATUS) {
            return value.chars().allMatch(c -> c < 0x80);
        }
        return STATUS.matcher(value).matches()
                && NO_LETTERS
                        .splitAsStream(value)
                        .filter(word -> !word.isEmpty())
                        .allMatch(StatusWords::contains);
    }

    private static boolean isNearlyCurrency(String value) {
        return isCode(value) || AmountSymbols.isKnown(value);
    }

    /** Three letters with one in lower case may be a first name. */
    private static boolean isCode(String value) {
        return value.length() <= MAX_CODE
                && value.chars().allMatch(c -> Character.isLetter(c) && c < 0x80)
                && (value.length() < MAX_CODE || value.equals(value.toUpperCase(Locale.ROOT)));
    }

    private static String cut(String text, int characters) {
        return text.length() <= characters ? text : text.substring(0, characters) + "…";
    }

    private static String shownIf(boolean harmless, String value) {
        return harmless ? value : Masking.MASK;
    }
}
