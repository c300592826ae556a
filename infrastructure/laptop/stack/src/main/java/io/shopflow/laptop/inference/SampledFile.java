package io.shopflow.laptop.inference;

import java.util.List;
import java.util.Map;

/**
 * The beginning of a file.
 *
 * @param name without its folder
 * @param columns of its records, in their order; of JSON, those of objects in it have the object's
 *     name before
 * @param rows the values of each record by column; an empty or missing one has none
 * @param lists of JSON: for each list of objects, the rows that its items make, with the values of
 *     the record around them
 */
record SampledFile(
        String name,
        Layout layout,
        List<String> columns,
        List<Map<String, String>> rows,
        Map<String, Rows> lists) {

    /** Several records with the same columns. */
    record Rows(List<String> columns, List<Map<String, String>> rows) {}

    /**
     * How a file is written.
     *
     * @param type {@code csv}, {@code json} or {@code xlsx}
     * @param delimiter of CSV
     * @param encoding other than UTF-8; empty if it is that, or has a byte order mark
     * @param quotes whether values may be in quotes
     * @param skip lines, or rows of a sheet, before the header
     * @param sheet of a workbook; empty if it is the first
     */
    record Layout(
            String type, char delimiter, String encoding, boolean quotes, int skip, String sheet) {

        static final Layout JSON = new Layout("json", ',', "", true, 0, "");

        static Layout csv(char delimiter, String encoding, boolean quotes, int skip) {
            return new Layout("csv", delimiter, encoding, quotes, skip, "");
        }

        static Layout xlsx(String sheet, int skip) {
            return new Layout("xlsx", ',', "", true, skip, sheet);
        }

        boolean isJson() {
            return type.equals("json");
        }

        boolean isWorkbook() {
            return type.equals("xlsx");
        }

        /** The value of {@code format} in a mapping; empty for the default. */
        String yaml() {
            if (isJson()) {
                return "{type: json}";
            }
            StringBuilder text = new StringBuilder();
            if (isWorkbook()) {
                text.append(", type: xlsx");
            }
            if (!sheet.isEmpty()) {
                text.append(", sheet: ").append(YamlText.of(sheet));
            }
            if (delimiter != ',') {
                text.append(
                        delimiter == '\t'
                                ? ", delimiter: tab"
                                : ", delimiter: \"%c\"".formatted(delimiter));
            }
            if (!encoding.isEmpty()) {
                text.append(", encoding: ").append(encoding);
            }
            if (!quotes) {
                text.append(", quote: none");
            }
            if (skip > 0) {
                text.append(", skip: ").append(skip);
            }
            return text.isEmpty() ? "" : "{" + text.substring(2) + "}";
        }
    }
}
