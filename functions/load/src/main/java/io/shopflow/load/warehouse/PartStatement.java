package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement about one part, in which {@code :source}, {@code :run} and {@code :part} stand for
 * the part's own. Made of names of our schemas only; values are always bound.
 */
final class PartStatement {

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):(source|run|part)\\b");

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]+)}");

    private final String sql;
    private final List<String> parameters;

    PartStatement(String text) {
        this.parameters = PARAMETER.matcher(text).results().map(MatchResult::group).toList();
        this.sql = PARAMETER.matcher(text).replaceAll("?");
    }

    /** The statement in which each <code>{name}</code> stands for the text of that name. */
    static PartStatement of(String template, Map<String, String> texts) {
        return new PartStatement(
                PLACE.matcher(template)
                        .replaceAll(
                                place ->
                                        Matcher.quoteReplacement(
                                                Objects.requireNonNull(
                                                        texts.get(place.group(1)),
                                                        place.group()))));
    }

    /** Executes it; returns the number of rows it wrote. */
    long write(Connection connection, PartId part) throws SQLException {
        try (PreparedStatement statement = prepare(connection, part)) {
            return statement.executeLargeUpdate();
        }
    }

    /** Executes it; returns the numbers in the one row that it gives. */
    long[] numbers(Connection connection, PartId part) throws SQLException {
        try (PreparedStatement statement = prepare(connection, part);
                ResultSet result = statement.executeQuery()) {
            long[] numbers = new long[result.getMetaData().getColumnCount()];
            result.next();
            for (int column = 0; column < numbers.length; column++) {
                numbers[column] = result.getLong(column + 1);
            }
            return numbers;
        }
    }

    private PreparedStatement prepare(Connection connection, PartId part) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int index = 0; index < parameters.size(); index++) {
            switch (parameters.get(index)) {
                case ":source" -> statement.setString(index + 1, part.source());
                case ":run" -> statement.setString(index + 1, part.runId().value());
                default -> statement.setInt(index + 1, part.number());
            }
        }
        return statement;
    }
}
