package io.shopflow.core.workbook;

import io.shopflow.core.workbook.XmlTokenizer.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How cells show their numbers, by the number of their format: a date is a number that is shown as
 * one.
 */
final class CellFormats {

    enum Kind {
        NUMBER,
        DATE,
        TIME,
    }

    /** Texts, characters that follow a mark, and conditions, colours and languages. */
    private static final Pattern NO_LETTERS =
            Pattern.compile("\"[^\"]*\"?|[\\\\_*].|\\[[^\\]]*\\]?", Pattern.DOTALL);

    /** Hours, minutes or seconds in all: a duration, which is a number. */
    private static final Pattern DURATION = Pattern.compile("\\[(h+|m+|s+)\\]");

    private final List<Kind> kinds = new ArrayList<>();

    /** Of a workbook without formats. */
    CellFormats() {}

    /** Reads the part with the formats, and closes it. */
    static CellFormats read(XmlTokenizer part) throws IOException {
        Map<String, Kind> own = new HashMap<>();
        CellFormats formats = new CellFormats();
        boolean ofCells = false;
        try (part) {
            for (Token token = part.next(); token != Token.FINISHED; token = part.next()) {
                if (token == Token.START && part.name().equals("numFmt")) {
                    String code = part.attribute("formatCode");
                    own.put(
                            String.valueOf(part.attribute("numFmtId")),
                            code == null ? Kind.NUMBER : ofCode(code));
                } else if (part.name().equals("cellXfs") && token != Token.TEXT) {
                    ofCells = token == Token.START;
                } else if (ofCells && token == Token.START && part.name().equals("xf")) {
                    String id = String.valueOf(part.attribute("numFmtId"));
                    Kind kind = own.get(id);
                    formats.kinds.add(kind == null ? builtIn(id) : kind);
                }
            }
        }
        return formats;
    }

    /** The kind of a cell's format. */
    Kind of(@Nullable String style) {
        if (style == null || style.length() > 9 || !style.chars().allMatch(Character::isDigit)) {
            return Kind.NUMBER;
        }
        int index = style.isEmpty() ? 0 : Integer.parseInt(style);
        return index < kinds.size() ? kinds.get(index) : Kind.NUMBER;
    }

    /** Formats whose code is implied (ECMA-376, part 1, 18.8.30), also those of East Asia. */
    private static Kind builtIn(String id) {
        return switch (id) {
            case "14", "15", "16", "17", "22" -> Kind.DATE;
            case "27", "28", "29", "30", "31", "36" -> Kind.DATE;
            case "50", "51", "52", "53", "54", "55", "56", "57", "58" -> Kind.DATE;
            case "18", "19", "20", "21", "32", "33", "34", "35", "45", "47" -> Kind.TIME;
            default -> Kind.NUMBER;
        };
    }

    /** The kind of a format's code, by the section for positive numbers. */
    private static Kind ofCode(String code) {
        String lower = code.toLowerCase(Locale.ROOT);
        if (DURATION.matcher(lower).find()) {
            return Kind.NUMBER;
        }
        String letters = NO_LETTERS.matcher(lower).replaceAll("");
        String positive =
                letters.indexOf(';') < 0 ? letters : letters.substring(0, letters.indexOf(';'));
        if (positive.contains("general")) {
            return Kind.NUMBER;
        }
        boolean time = positive.indexOf('h') >= 0 || positive.indexOf('s') >= 0;
        if (positive.indexOf('y') >= 0
                || positive.indexOf('d') >= 0
                || (positive.indexOf('m') >= 0 && !time)) {
            return Kind.DATE;
        }
        return time ? Kind.TIME : Kind.NUMBER;
    }
}
