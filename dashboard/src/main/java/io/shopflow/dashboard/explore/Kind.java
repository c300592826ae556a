package io.shopflow.dashboard.explore;

import static io.shopflow.dashboard.explore.Operator.EMPTY;
import static io.shopflow.dashboard.explore.Operator.HAS;
import static io.shopflow.dashboard.explore.Operator.IS;
import static io.shopflow.dashboard.explore.Operator.MAX;
import static io.shopflow.dashboard.explore.Operator.MIN;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a column's values are: how they are filtered, and how a spreadsheet gets them. */
public enum Kind {
    /** Text, which ids are too. */
    TEXT("text of at most 200 characters, none of them a control character"),
    /** Whole numbers and decimals. */
    NUMBER("a number such as 1250 or -0.5"),
    /** Days. */
    DATE("a day that exists, as YYYY-MM-DD"),
    /** Instants, in UTC. */
    INSTANT("a day or a time that exists, as YYYY-MM-DD or YYYY-MM-DDTHH:MM, in UTC"),
    /** Times without a zone. */
    TIME("a day or a time that exists, as YYYY-MM-DD or YYYY-MM-DDTHH:MM"),
    /** True or false. */
    BOOLEAN("true or false"),
    /** Values of any other type, as text. */
    OTHER("text of at most 200 characters, none of them a control character");

    private static final int MAX_TEXT = 200;

    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?");

    private final String allowed;

    Kind(String allowed) {
        this.allowed = allowed;
    }

    /** Of a type as PostgreSQL writes it. */
    static Kind ofType(String type) {
        return switch (type.replaceFirst("\\(.*?\\)", "")) {
            case "text", "character varying" -> TEXT;
            case "smallint", "integer", "bigint", "numeric", "real", "double precision" -> NUMBER;
            case "date" -> DATE;
            case "timestamp with time zone" -> INSTANT;
            case "timestamp without time zone" -> TIME;
            case "boolean" -> BOOLEAN;
            default -> OTHER;
        };
    }

    /** The ways in which the column can be filtered. */
    List<Operator> operators() {
        return switch (this) {
            case TEXT, OTHER -> List.of(IS, HAS, EMPTY);
            case NUMBER, DATE, INSTANT, TIME -> List.of(IS, MIN, MAX, EMPTY);
            case BOOLEAN -> List.of(IS, EMPTY);
        };
    }

    /** The values that a filter may have. */
    String allowed() {
        return allowed;
    }

    /** Whether a filter names a range, not a text. */
    public boolean isOrdered() {
        return operators().contains(MIN);
    }

    /** A filter's value as addresses have it; empty if it is none of this kind. */
    Optional<String> read(String value) {
        return switch (this) {
            case TEXT, OTHER ->
                    value.length() <= MAX_TEXT && value.chars().noneMatch(Character::isISOControl)
                            ? Optional.of(value)
                            : Optional.empty();
            case NUMBER ->
                    DECIMAL.matcher(value).matches()
                            ? Optional.of(new BigDecimal(value).toPlainString())
                            : Optional.empty();
            case DATE -> day(value);
            case INSTANT, TIME -> day(value).or(() -> time(value));
            case BOOLEAN ->
                    value.equals("true") || value.equals("false")
                            ? Optional.of(value)
                            : Optional.empty();
        };
    }

    /** Whether a filter's value is a whole day of a column of times. */
    boolean isDayOfTimes(String value) {
        return (this == INSTANT || this == TIME) && value.length() == "YYYY-MM-DD".length();
    }

    private static Optional<String> day(String value) {
        try {
            return Optional.of(LocalDate.parse(value))
                    .filter(Kind::isShort)
                    .map(LocalDate::toString);
        } catch (DateTimeParseException e) {
            // It may be a time; if not, the caller reports it.
            return Optional.empty();
        }
    }

    private Optional<String> time(String value) {
        String given = value.replace(' ', 'T');
        try {
            LocalDateTime time =
                    given.matches(".*T.*([Zz]|[+-]\\d\\d:\\d\\d)") && this == INSTANT
                            ? OffsetDateTime.parse(given)
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toLocalDateTime()
                            : LocalDateTime.parse(given);
            return Optional.of(time)
                    .filter(read -> isShort(read.toLocalDate()))
                    .map(DateTimeFormatter.ISO_LOCAL_DATE_TIME::format);
        } catch (DateTimeParseException e) {
            // The caller reports it.
            return Optional.empty();
        }
    }

    /** Dates of four digits are the same in PostgreSQL. */
    private static boolean isShort(LocalDate day) {
        return day.getYear() >= 1 && day.getYear() <= 9999;
    }
}
