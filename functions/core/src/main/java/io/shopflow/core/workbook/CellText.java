package io.shopflow.core.workbook;

import io.shopflow.core.archive.ContentException;
import io.shopflow.core.workbook.XmlTokenizer.Token;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts as workbooks write them. */
final class CellText {

    /** A character that XML cannot have, or an underscore before what would look like one. */
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private CellText() {}

    /**
     * Reads an element to its end. Its text may be in parts with different fonts; how Japanese is
     * pronounced ({@code rPh}) is not part of it.
     */
    static String read(XmlTokenizer part, String element) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean isText = false;
        boolean isSound = false;
        for (Token token = part.next(); ; token = part.next()) {
            switch (token) {
                case START -> {
                    isSound |= part.name().equals("rPh");
                    isText = part.name().equals("t") && !isSound;
                }
                case TEXT -> {
                    if (isText) {
                        append(text, part.text());
                    }
                }
                case END -> {
                    isText = false;
                    isSound &= !part.name().equals("rPh");
                    if (part.name().equals(element)) {
                        return unescaped(text.toString());
                    }
                }
                case FINISHED -> throw part.malformed("it ends too early", null);
            }
        }
    }

    /** Comments may split a text into any number. */
    static void append(StringBuilder text, String more) throws ContentException {
        if (text.length() + more.length() > XmlTokenizer.MAX_TOKEN_BYTES) {
            throw ContentException.tooLarge(
                    "A cell of the workbook has more than %d characters; it and what follows is not read. Shorten it."
                            .formatted(XmlTokenizer.MAX_TOKEN_BYTES));
        }
        text.append(more);
    }

    static String unescaped(String text) {
        return text.contains("_x")
                ? ESCAPED.matcher(text)
                        .replaceAll(
                                found ->
                                        Matcher.quoteReplacement(
                                                String.valueOf(
                                                        (char)
                                                                Integer.parseInt(
                                                                        found.group(1), 16))))
                : text;
    }
}
