package io.shopflow.extract.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.shopflow.core.run.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The columns of an object in JSON: its values, those of objects within it, and of a list. */
final class JsonColumns {

    /** Most characters that the items of one object may have. */
    private static final int MAX_ITEM_CHARACTERS = 8 << 20;

    /** Memory of an item besides its texts, in characters. */
    private static final int ITEM_CHARACTERS = 50;

    /** A number with more digits is passed on as text, and the transform rejects it. */
    private static final int MAX_DIGITS = 1000;

    private final List<Column> columns;
    private final Map<String, List<Integer>> places = new HashMap<>();

    /** Names of objects that contain a column. */
    private final Set<String> parents = new HashSet<>();

    /** Columns that lie within a list, with the list's name. */
    private final Map<String, String> withinLists = new TreeMap<>();

    private final boolean[] seen;

    /** The list whose items are the rows; null if each object is a row. */
    private final @Nullable String list;

    /** Values of the current object, or of its current item. */
    private String[] values;

    /** The items of the current object that are still to come. */
    private final Deque<String[]> items = new ArrayDeque<>();

    /** Characters that the items have. */
    private long itemCharacters;

    private @Nullable String defect;

    /**
     * Columns.
     *
     * @param list name of the list whose items are the rows; null: each object is a row
     */
    JsonColumns(List<Column> columns, @Nullable String list) {
        this.columns = columns;
        this.list = list;
        for (int place = 0; place < columns.size(); place++) {
            String name = columns.get(place).name();
            places.computeIfAbsent(name, unused -> new ArrayList<>()).add(place);
            addParents(name);
        }
        if (list != null) {
            parents.add(list);
            addParents(list);
        }
        seen = new boolean[columns.size()];
        values = empty();
    }

    private void addParents(String name) {
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            parents.add(name.substring(0, dot));
        }
    }

    private String[] empty() {
        String[] texts = new String[columns.size()];
        Arrays.fill(texts, "");
        return texts;
    }

    /** Begins an object. */
    void begin() {
        values = empty();
        items.clear();
        itemCharacters = 0;
        defect = null;
    }

    /** Why the object cannot be read; null if it can. */
    @Nullable String defect() {
        return defect;
    }

    void defect(String found) {
        defect = found;
    }

    /** A value of the current object or item; empty if it has none. */
    String text(int place) {
        return values[place];
    }

    /** Whether the object's list has another item. */
    boolean hasItem() {
        return !items.isEmpty();
    }

    /** Moves to the next item of the object's list; returns false if there is none. */
    boolean nextItem() {
        String[] item = items.pollFirst();
        if (item == null) {
            return false;
        }
        for (int place = 0; place < item.length; place++) {
            if (!columns.get(place).name().startsWith(list + ".")) {
                item[place] = values[place];
            }
        }
        values = item;
        return true;
    }

    /** Reads an object from the token after its beginning. */
    void read(JsonParser parser) throws IOException {
        read(parser, "");
    }

    /**
     * Descends only into objects that contain columns, so that depth and size of the rest do not
     * matter.
     */
    private void read(JsonParser parser, String path) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = path + parser.currentName();
            JsonToken value = parser.nextToken();
            List<Integer> found = places.getOrDefault(name, List.of());
            boolean nested = value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY;
            if (name.equals(list) && nested) {
                readItems(parser, value, name);
            } else if (nested && !found.isEmpty()) {
                defect =
                        value == JsonToken.START_ARRAY
                                ? inList(name, name)
                                : "json_nested: '%s' is an object; name one of its values, as in '%s.id'"
                                        .formatted(SafeText.name(name), SafeText.name(name));
                parser.skipChildren();
            } else if (value == JsonToken.START_OBJECT && parents.contains(name)) {
                read(parser, name + ".");
            } else if (nested) {
                if (parents.contains(name)) {
                    defect = inList(name, columnWithin(name));
                }
                parser.skipChildren();
            } else if (!found.isEmpty()) {
                String text = value == JsonToken.VALUE_NULL ? "" : parser.getText();
                for (int place : found) {
                    seen[place] = true;
                    values[place] =
                            value.isNumeric()
                                    ? number(text, columns.get(place).decimalSeparator())
                                    : text;
                }
            }
        }
    }

    private void readItems(JsonParser parser, JsonToken begin, String name) throws IOException {
        if (begin != JsonToken.START_ARRAY) {
            defect = "json_no_list: '%s' is no list".formatted(SafeText.name(name));
            parser.skipChildren();
            return;
        }
        String[] parent = values;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                defect =
                        "json_no_object: '%s' has something else than objects"
                                .formatted(SafeText.name(name));
                parser.skipChildren();
                continue;
            }
            values = empty();
            read(parser, name + ".");
            itemCharacters += ITEM_CHARACTERS;
            for (String text : values) {
                itemCharacters += text.length();
            }
            if (itemCharacters > MAX_ITEM_CHARACTERS) {
                defect =
                        "json_limit: the items of '%s' have more than %d characters together"
                                .formatted(SafeText.name(name), MAX_ITEM_CHARACTERS);
                items.clear();
            } else {
                items.add(values);
            }
        }
        values = parent;
    }

    private String columnWithin(String list) {
        return columns.stream()
                .map(Column::name)
                .filter(name -> name.startsWith(list + "."))
                .findFirst()
                .orElseThrow();
    }

    private String inList(String list, String column) {
        withinLists.put(column, list);
        return "json_list: " + listExplained(list);
    }

    private static String listExplained(String list) {
        return "'%s' is a list; use a file with one object for each of its items, with the id of the row that it belongs to, or map its items by 'each: %s'"
                .formatted(SafeText.name(list), SafeText.name(list));
    }

    /** A JSON number in the form of the source's texts. */
    private static String number(String text, String decimalSeparator) {
        if (decimalSeparator.isEmpty() || text.length() > MAX_DIGITS) {
            return text;
        }
        boolean exponent = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
        return (exponent ? withoutExponent(text) : text).replace(".", decimalSeparator);
    }

    private static String withoutExponent(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            boolean isShort = Math.abs((long) number.scale()) < MAX_DIGITS;
            return isShort ? number.toPlainString() : text;
        } catch (NumberFormatException e) {
            // The exponent exceeds an int: kept as written, and rejected by the transform.
            return text;
        }
    }

    /**
     * Fails if no object has a column: either the mapping or the file is wrong.
     *
     * @param records number of objects read
     */
    void check(long records) throws FileProblemException {
        TreeMap<String, Column> missing = new TreeMap<>();
        for (int place = 0; place < seen.length; place++) {
            if (!seen[place] && !columns.get(place).optional()) {
                missing.put(columns.get(place).name(), columns.get(place));
            }
        }
        for (Map.Entry<String, String> found : withinLists.entrySet()) {
            if (places.getOrDefault(found.getKey(), List.of()).stream()
                    .noneMatch(place -> seen[place])) {
                throw new FileProblemException(
                        Problem.of(
                                        "json_list",
                                        "In the file "
                                                + listExplained(found.getValue())
                                                + ". The rows with such a list are quarantined.")
                                .at(found.getKey()));
            }
        }
        if (records > 0 && !missing.isEmpty()) {
            throw new FileProblemException(
                    Problem.of(
                                    "column_missing",
                                    "No object of the file has %s.%s Correct the mapping, or set 'optional: true' for it."
                                            .formatted(
                                                    SafeText.names(missing.keySet()),
                                                    MissingColumns.explained(
                                                            missing.values(), List.of())))
                            .at(missing.firstKey()));
        }
    }
}
