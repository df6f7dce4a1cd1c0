package io.github.trendflex.cli.terminal;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows a person at a terminal how far a long piece of work is, how fast it gets on and how long
/// it will take. Shows nothing to anybody else, and nothing of work that is done soon.
public final class Progress implements AutoCloseable {
    /// The usual 80 columns less three, which leaves room for the `^C` that the terminal writes
    /// into the line. Asking the terminal for its width would load another native library.
    private static final int WIDTH = 77;

    private static final int MEGABYTE = 1_000_000;

    private final String task;
    private final String unit;
    private final long unitSize;
    private final StandardStreams streams;
    private long begin = System.nanoTime();
    private long total;
    private long done;
    private boolean decided;
    private final Line line;
    private @Nullable ProgressBar bar;

    private Progress(
            String task,
            String unit,
            long unitSize,
            long total,
            boolean besideOutput,
            StandardStreams streams) {
        this.task = task;
        this.unit = unit;
        this.unitSize = unitSize;
        this.total = total;
        decided = besideOutput;
        this.streams = streams;
        line = new Line(streams.err());
    }

    /// Of reading files.
    public static Progress reading(long bytes, StandardStreams streams) {
        return new Progress("reading", " MB", MEGABYTE, bytes, false, streams);
    }

    /// Of writing rows of CSV.
    ///
    /// @param besideOutput whether the rows go to standard output. Then no bar is shown, because
    ///   the rows, or what their reader makes of them, may be on the same terminal
    public static Progress writing(long rows, boolean besideOutput, StandardStreams streams) {
        return new Progress("writing", " rows", 1, rows, besideOutput, streams);
    }

    /// Of the periods of a batch.
    ///
    /// @param besideOutput whether the rows go to standard output, as in [#writing]
    public static Progress batch(long periods, boolean besideOutput, StandardStreams streams) {
        return new Progress("computing", " periods", 1, periods, besideOutput, streams);
    }

    /// Adds work that was not known before, and starts the clock again: the time until now was
    /// spent waiting for it.
    public void expect(long more) {
        total += more;
        begin = System.nanoTime();
        if (bar != null) {
            bar.maxHint(total);
        }
    }

    /// Counts more of the work as done.
    public void step(long more) {
        done = Math.min(done + more, total); // the header of a CSV file is one step too many
        if (bar != null) {
            bar.stepTo(done);
        } else if (!decided) {
            show();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            line.close(); // the bar does not if it is closed before it was drawn
        }
    }

    private void show() {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        if (elapsed.compareTo(streams.patience()) < 0) {
            return;
        }
        decided = true;
        if (streams.errIsTerminal().getAsBoolean()) {
            bar =
                    new ProgressBarBuilder()
                            .setTaskName(task)
                            .setUnit(unit, unitSize)
                            .setInitialMax(total)
                            .startsFrom(done, elapsed)
                            .setStyle(ProgressBarStyle.ASCII)
                            .showSpeed(
                                    new DecimalFormat(
                                            "#,##0.0",
                                            DecimalFormatSymbols.getInstance(Locale.ROOT)))
                            .setConsumer(line)
                            .build();
        }
    }

    /// The line in which the bar is drawn. It ends once: by a line break when the work is done, or
    /// wiped when the process is told to end.
    private static final class Line extends ConsoleProgressBarConsumer {
        private final PrintStream err;
        private final Thread wiping = new Thread(this::wipe);
        private boolean begun;
        private boolean ended;

        Line(PrintStream err) {
            super(err, WIDTH);
            this.err = err;
        }

        @Override
        public synchronized void accept(String drawn) {
            if (!ended) {
                if (!begun) {
                    begun = true;
                    onEnd(wiping);
                }
                super.accept(drawn);
            }
        }

        @Override
        public synchronized void close() {
            if (!ended) {
                ended = true;
                super.close();
                forget(wiping);
            }
        }

        private synchronized void wipe() {
            if (!ended) {
                ended = true;
                err.print("\r" + " ".repeat(WIDTH + "^C".length()) + "\r");
                err.flush();
            }
        }

        private static void onEnd(Thread hook) {
            try {
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException _) {
                // The process is ending already, and the line with it.
            }
        }

        private static void forget(Thread hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // The hook is running already, and sees that the line has ended.
            }
        }
    }
}
