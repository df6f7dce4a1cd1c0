package io.github.trendflex.cli.commands;

import io.github.trendflex.cli.terminal.StandardStreams;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/// The commands of the program, in the order in which help lists them.
public final class Commands {
    private Commands() {}

    /// Adds the command that is called, because making the others would only take time. Adds all of
    /// them where none is called, or where the one that is called speaks of the others.
    ///
    /// @param called the first argument of the program
    public static void addTo(CommandLine program, StandardStreams streams, String called) {
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
                program.addSubcommand(name, command.get());
            }
        });
    }
}
