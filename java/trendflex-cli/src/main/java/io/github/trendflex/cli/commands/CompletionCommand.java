package io.github.trendflex.cli.commands;

import io.github.trendflex.cli.terminal.CommandException;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `trendflex completion`: what a shell needs to complete the program's words.
@Command(
        name = CompletionCommand.NAME,
        header = "Prints a script by which bash and zsh complete commands and options.",
        description = "In bash and zsh: source <(trendflex completion)")
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class CompletionCommand implements Runnable {
    static final String NAME = "completion";

    private final StandardStreams streams;

    @Spec private CommandSpec spec;

    CompletionCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        CommandSpec program = spec.root();
        String script = AutoComplete.bash(program.name(), program.commandLine());
        try {
            streams.out().write(script.getBytes(StandardCharsets.UTF_8));
            streams.out().flush();
        } catch (IOException e) {
            throw CommandException.standardOutput(e);
        }
    }
}
