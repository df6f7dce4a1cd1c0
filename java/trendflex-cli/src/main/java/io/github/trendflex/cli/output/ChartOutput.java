package io.github.trendflex.cli.output;

import io.github.trendflex.cli.terminal.CommandException;
import java.nio.file.Path;
import java.util.Locale;

/// Where a picture goes. Nothing is opened before something is written.
public sealed interface ChartOutput permits PngOutput, HtmlOutput {
    /// Takes the format from the name of the file.
    static ChartOutput of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            return new PngOutput(file);
        }
        if (name.endsWith(".html")) {
            return new HtmlOutput(file);
        }
        throw CommandException.usage(file + ": the name of a picture must end in .png or .html");
    }
}
