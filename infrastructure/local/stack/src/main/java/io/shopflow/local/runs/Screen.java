package io.shopflow.local.runs;

import java.io.PrintStream;
import java.util.List;

/**
 * Where the commands print. On a terminal some lines may be drawn again; elsewhere nothing but
 * whole lines is printed, without colours.
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

    /** The standard output, as the launcher found it. */
    public static Screen standard() {
        return new Screen(
                System.out,
                Boolean.getBoolean("shopflow.terminal"),
                Math.max(40, Integer.getInteger("shopflow.columns", 100)));
    }

    /** Whether lines can be drawn again. */
    public boolean terminal() {
        return terminal;
    }

    /** How many characters fit in a line. */
    public int columns() {
        return columns;
    }

    /** Prints a line for good. */
    public synchronized void line(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    /** Draws these lines over those that were drawn before; nothing happens off a terminal. */
    public synchronized void draw(List<String> lines) {
        if (!terminal) {
            return;
        }
        erase();
        lines.forEach(out::println);
        out.flush();
        drawn = lines.size();
    }

    /** Leaves what was drawn where it is. */
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
