package io.github.trendflex.benchmarks.works;

import java.io.Console;

/// Shows a line on the terminal, if there is one, that says what is being done.
final class Progress {
    private static final String CLEAR_LINE = "\r\033[K";

    private final String title;
    private final boolean shown;

    Progress(String title) {
        this.title = title;
        Console console = System.console();
        this.shown = console != null && console.isTerminal();
    }

    void show(String doing) {
        if (shown) {
            System.err.print(CLEAR_LINE + title + ": " + doing);
        }
    }

    void end() {
        if (shown) {
            System.err.print(CLEAR_LINE);
        }
    }
}
