package io.github.trendflex.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows a person at a terminal how many rows are done, and shows nothing to anybody else.
final class RowProgress implements AutoCloseable {
    /// One less than the narrowest usual terminal has. Asking the terminal would load another
    /// native library.
    private static final int WIDTH = 79;

    private final @Nullable ProgressBar bar;

    RowProgress(long rows, StandardStreams streams) {
        bar = streams.errIsTerminal().getAsBoolean() ? bar(rows, streams.err()) : null;
    }

    void show(long rowsDone) {
        if (bar != null) {
            bar.stepTo(rowsDone);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static ProgressBar bar(long rows, PrintStream err) {
        return new ProgressBarBuilder()
                .setTaskName("batch")
                .setUnit(" rows", 1)
                .setInitialMax(rows)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .build();
    }
}
