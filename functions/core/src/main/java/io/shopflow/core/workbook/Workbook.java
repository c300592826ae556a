package io.shopflow.core.workbook;

import io.shopflow.core.archive.ContentException;
import io.shopflow.core.archive.ZipArchive;
import io.shopflow.core.source.RawText;
import io.shopflow.core.workbook.XmlTokenizer.Token;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A workbook in the format XLSX. Its texts are in memory, at most {@link #MAX_BYTES_IN_MEMORY}; its
 * sheets are read row by row. Formulas have the values that the workbook stores for them.
 */
public final class Workbook implements Closeable {

    /** Most bytes of everything but the sheets, unpacked. */
    public static final long MAX_BYTES_IN_MEMORY = 64L << 20;

    /** Most bytes of a sheet's XML, unpacked. */
    public static final long MAX_SHEET_BYTES = 4L << 30;

    /** The names of more sheets are not shown. */
    private static final int MAX_SHEETS = 10_000;

    private static final String MAIN = "xl/workbook.xml";

    /**
     * A sheet with cells.
     *
     * @param part name of its file in the archive
     */
    private record Sheet(String name, boolean hidden, String part) {}

    /**
     * What a part refers to.
     *
     * @param type the last word of the address that stands for it
     */
    private record Relationship(String type, String part) {}

    private final ZipArchive archive;
    private final List<Sheet> sheets = new ArrayList<>();
    private long bytesLeft = MAX_BYTES_IN_MEMORY;
    private boolean from1904;
    private SharedStrings strings = new SharedStrings();
    private CellFormats formats = new CellFormats();

    private Workbook(ZipArchive archive) {
        this.archive = archive;
    }

    /** Whether an archive is a workbook. */
    public static boolean isIn(ZipArchive archive) {
        return archive.names().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).endsWith("workbook.xml"));
    }

    /**
     * Reads the texts of the workbook in an archive, which is closed with the workbook.
     *
     * @throws ContentException if that is not possible; the archive is closed then
     */
    public static Workbook in(ZipArchive archive) throws IOException {
        Workbook workbook = new Workbook(archive);
        try {
            workbook.read();
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
        return workbook;
    }

    /** The names of the sheets, in their order. */
    public List<String> sheets() {
        return sheets.stream().map(Sheet::name).toList();
    }

    /** The first sheet that is shown, or else the first one. */
    public Optional<String> firstSheet() {
        return sheets.stream()
                .filter(sheet -> !sheet.hidden())
                .findFirst()
                .or(() -> sheets.stream().findFirst())
                .map(Sheet::name);
    }

    /**
     * The rows of a sheet.
     *
     * @param name compared without case, as Excel does
     * @return empty if there is none of this name
     */
    public Optional<SheetRows> rows(String name) throws IOException {
        String wanted = RawText.comparable(name);
        Optional<Sheet> sheet =
                sheets.stream()
                        .filter(other -> RawText.comparable(other.name()).equalsIgnoreCase(wanted))
                        .findFirst();
        if (sheet.isEmpty()) {
            return Optional.empty();
        }
        String part = sheet.get().part();
        InputStream content = archive.open(part, MAX_SHEET_BYTES).orElseThrow(() -> missing(part));
        return Optional.of(
                new SheetRows(new XmlTokenizer(content, "the sheet"), strings, formats, from1904));
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }

    private void read() throws IOException {
        String main =
                relationships("").values().stream()
                        .filter(found -> found.type().equals("officeDocument"))
                        .map(Relationship::part)
                        .findFirst()
                        .orElse(MAIN);
        Map<String, Relationship> parts = relationships(main);
        readMain(main, parts);
        for (Relationship part : parts.values()) {
            switch (part.type()) {
                case "sharedStrings" -> {
                    Optional<XmlTokenizer> found = part(part.part(), "the texts");
                    if (found.isPresent()) {
                        strings = SharedStrings.read(found.get());
                    }
                }
                case "styles" -> {
                    Optional<XmlTokenizer> found = part(part.part(), "the formats");
                    if (found.isPresent()) {
                        formats = CellFormats.read(found.get());
                    }
                }
                default -> {
                    // Themes, links, macros: no values of cells.
                }
            }
        }
    }

    private void readMain(String main, Map<String, Relationship> parts) throws IOException {
        try (XmlTokenizer book =
                part(main, "its list of sheets").orElseThrow(() -> missing(main))) {
            for (Token token = book.next(); token != Token.FINISHED; token = book.next()) {
                if (token == Token.START && book.name().equals("workbookPr")) {
                    String value = book.attribute("date1904");
                    from1904 = "1".equals(value) || "true".equals(value);
                } else if (token == Token.START && book.name().equals("sheet")) {
                    addSheet(book, parts);
                }
            }
        }
    }

    private void addSheet(XmlTokenizer book, Map<String, Relationship> parts) throws IOException {
        String name = book.attribute("name");
        String id = book.attribute("id");
        Relationship part = id == null ? null : parts.get(id);
        // A chart may be a sheet too.
        if (name == null || part == null || !part.type().equals("worksheet")) {
            return;
        }
        if (sheets.size() == MAX_SHEETS) {
            throw ContentException.tooLarge(
                    "The workbook has more than %d sheets, and is not read. Split it."
                            .formatted(MAX_SHEETS));
        }
        String state = book.attribute("state");
        sheets.add(new Sheet(name, state != null && !state.equals("visible"), part.part()));
    }

    private Map<String, Relationship> relationships(String part) throws IOException {
        Map<String, Relationship> found = new HashMap<>();
        int slash = part.lastIndexOf('/');
        String folder = part.substring(0, slash + 1);
        String name = folder + "_rels/" + part.substring(slash + 1) + ".rels";
        Optional<XmlTokenizer> content = part(name, "its list of parts");
        if (content.isEmpty()) {
            return found;
        }
        try (XmlTokenizer list = content.get()) {
            while (list.find("Relationship")) {
                String id = list.attribute("Id");
                String type = list.attribute("Type");
                String target = list.attribute("Target");
                if (id != null && type != null && target != null) {
                    found.put(
                            id,
                            new Relationship(
                                    type.substring(type.lastIndexOf('/') + 1),
                                    resolved(folder, target)));
                }
            }
        }
        return found;
    }

    /** The name of an entry that a part in a folder refers to. */
    private static String resolved(String folder, String target) {
        Deque<String> names = new ArrayDeque<>();
        String path = target.startsWith("/") ? target : folder + target;
        for (String name : path.split("/")) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return String.join("/", names);
    }

    private Optional<XmlTokenizer> part(String name, String shown) throws IOException {
        return archive.open(name, MAX_BYTES_IN_MEMORY)
                .map(content -> new XmlTokenizer(new Counted(content), shown));
    }

    private static ContentException missing(String part) {
        return ContentException.damaged(
                "The workbook lacks its part %s. Open it, save it again as XLSX, and use that file."
                        .formatted(part.replaceAll("[^A-Za-z0-9./_-]", "?")),
                null);
    }

    /** Takes what is read of a part from what may be read of all. */
    private final class Counted extends FilterInputStream {

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            bytesLeft -= Math.max(0, read);
            if (bytesLeft < 0) {
                throw ContentException.tooLarge(
                        "The texts and formats of the workbook have more than %d MiB when unpacked, and are not read. Save its sheet as CSV."
                                .formatted(MAX_BYTES_IN_MEMORY >> 20));
            }
            return read;
        }
    }
}
