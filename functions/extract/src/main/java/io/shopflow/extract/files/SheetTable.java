package io.shopflow.extract.files;

import io.shopflow.core.archive.ZipArchive;
import io.shopflow.core.run.Problem;
import io.shopflow.core.workbook.SheetRows;
import io.shopflow.core.workbook.Workbook;
import io.shopflow.extract.files.FileFormat.Xlsx;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a sheet of a workbook. Cells after the last one with a value may be left out. */
final class SheetTable implements TableRows {

    private final Workbook workbook;
    private final SheetRows rows;
    private final int skip;

    private SheetTable(Workbook workbook, SheetRows rows, int skip) {
        this.workbook = workbook;
        this.rows = rows;
        this.skip = skip;
    }

    /** Opens the sheet that a format names; the archive is closed with it, or with the problem. */
    static SheetTable of(ZipArchive archive, Xlsx format) throws FileProblemException, IOException {
        Workbook workbook = Workbook.in(archive);
        Optional<String> name = Optional.ofNullable(format.sheet()).or(workbook::firstSheet);
        Optional<SheetRows> rows = name.isEmpty() ? Optional.empty() : workbook.rows(name.get());
        if (rows.isEmpty()) {
            throw new FileProblemException(
                    Problem.of(
                            "sheet_missing",
                            name.isEmpty()
                                    ? "The workbook has no sheet with cells."
                                    : "The workbook has no sheet %s; it has %s. Correct 'sheet', or the workbook."
                                            .formatted(
                                                    SafeText.name(name.get()),
                                                    SafeText.names(workbook.sheets()))));
        }
        return new SheetTable(workbook, rows.get(), format.skip());
    }

    @Override
    public boolean next() throws IOException {
        boolean more = rows.next();
        while (more && rows.number() <= skip) {
            more = rows.next();
        }
        return more;
    }

    /** The sheet's number of the row. */
    @Override
    public long line() {
        return rows.number();
    }

    @Override
    public int fieldCount() {
        return rows.count();
    }

    @Override
    public String text(int field) {
        return rows.text(field);
    }

    @Override
    public boolean isNumber(int field) {
        return rows.isNumber(field);
    }

    @Override
    public @Nullable String defect() {
        return rows.isCut()
                ? "record_too_long: the row has more than %d characters"
                        .formatted(SheetRows.MAX_ROW_CHARACTERS)
                : null;
    }

    @Override
    public boolean isRagged(int columns) {
        return rows.count() > columns;
    }

    @Override
    public Charset encoding() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public String advice() {
        return "Check 'sheet' and 'skip'";
    }

    @Override
    public long bytesRead() {
        return rows.bytesRead();
    }

    @Override
    public void close() throws IOException {
        rows.close();
        workbook.close();
    }
}
