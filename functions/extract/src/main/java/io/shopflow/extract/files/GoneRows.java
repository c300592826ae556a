package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.text.Counted;
import io.shopflow.extract.source.GoneIds;

/** The report on rows that a stream's files contained last time and no longer contain. */
record GoneRows(StreamName stream, GoneIds gone, int mostPercent) {

    /** The rule of a stream of which nothing was deleted, since it would be too much. */
    static final String RULE_TOO_MANY = "gone_too_many";

    boolean areTooMany() {
        return gone.count() * 100 > gone.before() * mostPercent;
    }

    /**
     * The problem that they are too many.
     *
     * @param leftOut whether {@code where} leaves out some of them
     */
    Problem tooMany(boolean leftOut) {
        return Problem.of(
                        RULE_TOO_MANY,
                        (leftOut
                                        ? "The files lack, or 'where' or 'last_of' of the mapping leaves out,"
                                        : "The files lack")
                                + " %,d of the %s of the run before, more than %d %%. Nothing was deleted: a file may be cut off. If the rows are gone, allow as many by 'gone_percent' of the stream."
                                        .formatted(
                                                gone.count(),
                                                Counted.of(gone.before(), "row"),
                                                mostPercent))
                .of(stream);
    }

    Problem tooManyLeftOut() {
        return Problem.of(
                        RULE_TOO_MANY,
                        "'where' or 'last_of' of the mapping leaves out %,d of the %s of the run before, more than %d %%. Nothing was deleted: the values in the files may have changed. If it is right, allow as many by 'gone_percent' of the stream."
                                .formatted(
                                        gone.count(),
                                        Counted.of(gone.before(), "row"),
                                        mostPercent))
                .of(stream);
    }

    RunNote deleted() {
        return note("rows_deleted", "no longer in the files, which are whole: deleted", true);
    }

    /** Of ids that the mapping leaves out now. */
    RunNote leftOut() {
        return note(
                "rows_left_out",
                "which 'where' or 'last_of' of the mapping leaves out now: deleted",
                true);
    }

    /** Of a stream whose rows are parts of orders. */
    RunNote keptWithOrders() {
        return note(
                "rows_gone",
                "no longer there or left out, and kept, since no order was deleted either",
                false);
    }

    RunNote kept() {
        return note(
                "rows_gone",
                "no longer there, and kept: a file may be a slice; say 'whole: true' at the stream if the files have everything, or 'whole: false' if they are slices",
                false);
    }

    RunNote outOfSlice() {
        return note("rows_gone", "not in these files, which are slices: kept", true);
    }

    /** Of the streams without tombstones, only products count without an order. */
    RunNote keptAlways() {
        boolean counts = stream == StreamName.PRODUCTS;
        return note(
                "rows_gone",
                "no longer there, and kept: "
                        + (counts
                                ? "what was sold stays known, and the catalogue still counts the products"
                                : "what was sold to whom stays known"),
                !counts);
    }

    static RunNote uncertain(StreamName stream, long rows) {
        return new RunNote(
                stream.canonicalName(),
                "gone_unknown",
                rows,
                "rows without a readable id, so nothing was taken for gone: correct the file and run again",
                false);
    }

    private RunNote note(String rule, String message, boolean informs) {
        return new RunNote(
                stream.canonicalName(),
                rule,
                gone.count(),
                "rows of earlier runs, loaded or rejected then, " + message,
                informs);
    }
}
