package io.github.trendflex.cli.output;

import io.github.trendflex.cli.terminal.CommandException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;

/// A page in a file.
public record HtmlOutput(Path file) implements ChartOutput {
    /// What a browser holds with ease.
    private static final long MOST_VALUES = 20_000_000;

    /// Fails if a page would have too many values.
    ///
    /// @param lines how many values there are for each bar
    public void requireRoom(long bars, long lines) {
        if (bars * lines > MOST_VALUES) {
            throw CommandException.usage(
                    "%s: %d bars with %d values each are too much for a page, which holds %d: --last, --from and --to choose bars, and a .png file holds any number"
                            .formatted(file, bars, lines, MOST_VALUES));
        }
    }

    /// Writes the page that the body gives.
    public void write(Body body) {
        try (OutputFile output = new OutputFile(file)) {
            body.write(Channels.newOutputStream(output.channel()));
            output.commit();
        } catch (IOException e) {
            throw CommandException.io(file.toString(), e);
        }
    }

    /// What writes a page.
    public interface Body {
        void write(OutputStream out) throws IOException;
    }
}
