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
 * A statement about one part with the parameters {@code :source}, {@code :run} and {@code :part}.
 * Its text contains only names from the streams' schemas; values are always bound.
 */
final class PartStatement {

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):(source|run|part)\\b");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

    private final String sql;
    private final List<String> parameters;

    PartStatement(String text) {
        this.parameters = PARAMETER.matcher(text).results().map(MatchResult::group).toList();
        this.sql = PARAMETER.matcher(text).replaceAll("?");
    }

    /** The statement of a template in which <code>{name}</code> is a placeholder. */
    static PartStatement of(String template, Map<String, String> values) {
        return new PartStatement(
                PLACEHOLDER
                        .matcher(template)
                        .replaceAll(
                                placeholder ->
                                        Matcher.quoteReplacement(
                                                Objects.requireNonNull(
                                                        values.get(placeholder.group(1)),
                                                        placeholder.group()))));
    }

    /** Executes the statement; returns the number of written rows. */
    long execute(Connection connection, PartId part) throws SQLException {
        try (PreparedStatement statement = prepare(connection, part)) {
            return statement.executeLargeUpdate();
        }
    }

    /** Executes the statement; returns the numbers in its only row. */
    long[] queryNumbers(Connection connection, PartId part) throws SQLException {
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
