package org.ehashpool.miner.status;

import java.io.PrintWriter;

/** Where lines go: on a terminal the status is rewritten in place, elsewhere each is a line of its own. */
public final class Screen {
    private static final String REWRITE = "\r\u001b[K";
    /** Longer lines would wrap, and then a rewrite leaves the first part of each behind. */
    private static final int USUAL_WIDTH = 160;

    private final PrintWriter out;
    private final boolean terminal;
    private final int width;
    private boolean open;

    /**
     * @param out where to
     * @param terminal whether a person watches it
     * @param columns of the terminal, as its environment has it; anything that is no number: the usual ones
     */
    public Screen(PrintWriter out, boolean terminal, String columns) {
        this.out = out;
        this.terminal = terminal;
        this.width = columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) - 1 : USUAL_WIDTH;
    }

    /** Shows how things stand. */
    public synchronized void status(String line) {
        if (terminal) {
            out.print(REWRITE + (line.length() > width ? line.substring(0, width) : line));
            open = true;
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** Says something that stays. */
    public synchronized void say(String line) {
        if (open) {
            out.print(REWRITE);
            open = false;
        }
        out.println(line);
        out.flush();
    }

    /** Leaves the last status where it is. */
    public synchronized void end() {
        if (open) {
            out.println();
            out.flush();
            open = false;
        }
    }
}
