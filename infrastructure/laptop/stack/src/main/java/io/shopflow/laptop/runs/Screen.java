package io.shopflow.laptop.runs;

import java.io.PrintStream;
import java.util.List;

/**
 * The output of the commands. On a terminal some lines may be redrawn; elsewhere only whole lines
 * are printed, without colours.
 */
public final class Screen {

    private static final String ESCAPE = "\u001b[";

    private final PrintStream out;
    private final boolean terminal;
    private final int columns;
    private int drawn;

    /**
     * Prints to a stream.
     *
     * @param columns the width of a line
     */
    public Screen(PrintStream out, boolean terminal, int columns) {
        this.out = out;
        this.terminal = terminal;
        this.columns = columns;
    }

    /** The standard output, with the launcher's settings. */
    public static Screen standard() {
        return new Screen(
                System.out,
                Boolean.getBoolean("shopflow.terminal"),
                Math.max(40, Integer.getInteger("shopflow.columns", 100)));
    }

    /** Whether lines can be redrawn. */
    public boolean terminal() {
        return terminal;
    }

    /** The number of characters that fit in a line. */
    public int columns() {
        return columns;
    }

    /** Prints a permanent line. */
    public synchronized void line(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    /** Draws these lines over the previous ones; does nothing without a terminal. */
    public synchronized void draw(List<String> lines) {
        if (!terminal) {
            return;
        }
        erase();
        lines.forEach(out::println);
        out.flush();
        drawn = lines.size();
    }

    /** Makes the drawn lines permanent. */
    public synchronized void keep() {
        drawn = 0;
    }

    private void erase() {
        if (drawn > 0) {
            out.print(ESCAPE + drawn + "A" + ESCAPE + "J");
            drawn = 0;
        }
    }
}
