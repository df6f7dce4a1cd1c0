package io.github.trendflex.cli.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// `trendflex help`: what `--help` shows.
@Command(name = HelpCommand.NAME, header = "Shows the help of a command, or this overview.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HelpCommand implements Runnable {
    static final String NAME = "help";

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command.")
    private @Nullable String command;

    @Override
    public void run() {
        CommandLine program = spec.root().commandLine();
        CommandLine shown = command == null ? program : program.getSubcommands().get(command);
        if (shown == null) {
            UnmatchedArgumentException unknown =
                    new UnmatchedArgumentException(program, List.of(String.valueOf(command)));
            throw new ParameterException(
                    program, "Unknown command: '" + command + "'" + Misuse.suggestion(unknown));
        }
        shown.usage(program.getOut());
    }
}
