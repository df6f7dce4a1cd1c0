package io.github.trendflex.cli;

import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.TrendFlexLibraryException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program `trendflex`: sets up the commands and turns whatever goes wrong in them into one
/// line on standard error and an exit code, 2 for wrong usage and 1 for everything else.
@Command(
        name = "trendflex",
        description = "Ehlers' TrendFlex indicator for CSV files, NumPy files, pipes and pictures.",
        versionProvider = Main.Version.class,
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
            description = "Shows the version and the kernel that the library picks.")
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
        addCommands(commandLine, streams, args.length == 0 ? "" : args[0]);
        // These pass on to the commands that are there.
        commandLine
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((e, _) -> misused(streams, e))
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

    /// Adds the command that is called: the others would only take time to begin with. Where none
    /// is, or where it speaks of the others, all are added.
    private static void addCommands(
            CommandLine commandLine, StandardStreams streams, String called) {
        Map<String, Supplier<Runnable>> commands = new LinkedHashMap<>();
        commands.put("compute", () -> new ComputeCommand(streams));
        commands.put("batch", () -> new BatchCommand(streams));
        commands.put("plot", () -> new PlotCommand(streams));
        commands.put("stream", () -> new StreamCommand(streams));
        commands.put("sample", () -> new SampleCommand(streams));
        commands.put("info", InfoCommand::new);
        commands.put(CompletionCommand.NAME, () -> new CompletionCommand(streams));
        boolean one = commands.containsKey(called) && !called.equals(CompletionCommand.NAME);
        commands.put(HelpCommand.NAME, HelpCommand::new);
        commands.forEach((name, command) -> {
            if (!one || name.equals(called)) {
                commandLine.addSubcommand(name, command.get());
            }
        });
    }

    private static int misused(StandardStreams streams, ParameterException misuse) {
        String command = misuse.getCommandLine().getCommandSpec().qualifiedName();
        return report(
                streams,
                ExitCode.USAGE,
                "%s%s; see %s --help"
                        .formatted(SampleOption.message(misuse), suggestion(misuse), command));
    }

    /// What was meant by a word that is none.
    static String suggestion(ParameterException misuse) {
        return misuse instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? "; did you mean " + unmatched.getSuggestions().getFirst() + "?"
                : "";
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

    /// Remembers why it could not be written, which a [PrintWriter] forgets.
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

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "trendflex %s, kernel %s"
                        .formatted(ofProgram(), Choice.name(TrendFlexLibrary.kernel()))
            };
        }

        /// The version that the jar states, or that of the native library where there is no jar.
        static String ofProgram() {
            String stated = Main.class.getPackage().getImplementationVersion();
            return stated == null ? TrendFlexLibrary.version() : stated;
        }
    }
}
