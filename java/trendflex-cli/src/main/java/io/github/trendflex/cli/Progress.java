package io.github.trendflex.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows a person at a terminal how far a batch is, how fast it gets on and how long it will take,
/// and shows nothing to anybody else.
final class Progress implements AutoCloseable {
    /// One less than the narrowest usual terminal has. Asking the terminal would load another
    /// native library.
    private static final int WIDTH = 79;

    private final @Nullable ProgressBar bar;

    Progress(long rows, StandardStreams streams) {
        bar = streams.errIsTerminal().getAsBoolean() ? bar(rows, streams.err()) : null;
    }

    /// Shows that so many rows are computed.
    void stepTo(long rowsDone) {
        if (bar != null) {
            bar.stepTo(rowsDone);
        }
    }

    /// Shows that one more row is computed.
    void step() {
        if (bar != null) {
            bar.step();
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
                .showSpeed()
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .build();
    }
}
