package io.github.trendflex.cli;

import io.github.trendflex.TrendFlexLibraryException;
import io.github.trendflex.cli.commands.Commands;
import io.github.trendflex.cli.commands.Misuse;
import io.github.trendflex.cli.commands.ProgramVersion;
import io.github.trendflex.cli.terminal.CommandException;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The program `trendflex`. It sets up the commands and reports each failure by one line on
/// standard error and an exit code: 2 for wrong usage, 1 for everything else.
@Command(
        name = "trendflex",
        description = "Ehlers' TrendFlex indicator for CSV files, NumPy files, pipes and pictures.",
        versionProvider = ProgramVersion.class,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:bad data, or a file that cannot be read or written",
            "2:wrong usage"
        })
@SuppressWarnings("unused") // picocli acts on the options
public final class Main {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version and the kernel or engine that computes.")
    private boolean version;

    private Main() {}

    /// Runs the program and ends the process.
    ///
    /// @param args the command and its options
    public static void main(String[] args) {
        System.exit(run(StandardStreams.ofProcess(), args));
    }

    /// Runs the program on the given streams and returns its exit code.
    static int run(StandardStreams streams, String... args) {
        CommandLine commandLine = new CommandLine(new Main());
        RememberingStream out = new RememberingStream(streams.out());
        Commands.addTo(commandLine, streams, args.length == 0 ? "" : args[0]);
        // picocli passes these settings on to the commands, so the commands come first.
        commandLine
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(
                        (e, _) -> report(streams, ExitCode.USAGE, Misuse.message(e)))
                .setExecutionExceptionHandler((e, _, _) -> failed(streams, e));
        try {
            int exitCode = commandLine.execute(args);
            commandLine.getOut().flush();
            return exitCode == ExitCode.OK && out.failure != null
                    ? failed(streams, CommandException.standardOutput(out.failure))
                    : exitCode;
        } catch (OutOfMemoryError e) {
            return report(streams, ExitCode.SOFTWARE, "out of memory: " + e.getMessage());
        }
    }

    private static int failed(StandardStreams streams, Exception failure) {
        return switch (failure) {
            case CommandException e when e.exitCode() == ExitCode.OK -> ExitCode.OK;
            case CommandException e -> report(streams, e.exitCode(), e.getMessage());
            case TrendFlexLibraryException e -> report(streams, ExitCode.SOFTWARE, e.getMessage());
            default -> report(streams, ExitCode.SOFTWARE, "internal error: " + failure);
        };
    }

    private static int report(StandardStreams streams, int exitCode, @Nullable String message) {
        streams.say(message);
        return exitCode;
    }

    /// Keeps the error that made writing fail, because a [PrintWriter] drops it.
    private static final class RememberingStream extends FilterOutputStream {
        private @Nullable IOException failure;

        RememberingStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
