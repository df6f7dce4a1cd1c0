package io.github.trendflex.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `trendflex completion`: what a shell needs to complete the program's words.
@Command(
        name = "completion",
        header = "Prints a script by which bash and zsh complete commands and options.",
        description = "In bash and zsh: source <(trendflex completion)")
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class CompletionCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        CommandLine program = spec.root().commandLine();
        spec.commandLine().getOut().print(AutoComplete.bash(spec.root().name(), program));
        spec.commandLine().getOut().flush();
    }
}
