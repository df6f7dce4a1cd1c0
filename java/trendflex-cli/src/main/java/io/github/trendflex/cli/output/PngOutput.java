package io.github.trendflex.cli.output;

import io.github.trendflex.cli.terminal.CommandException;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/// A picture in a file.
public record PngOutput(Path file) implements ChartOutput {
    static {
        // Drawing needs no screen, and looking for one takes time or fails.
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);
    }

    /// Writes the picture that the body draws.
    public void write(Supplier<BufferedImage> body) {
        requireFonts();
        try (OutputFile output = new OutputFile(file)) {
            ImageIO.write(body.get(), "png", Channels.newOutputStream(output.channel()));
            output.commit();
        } catch (IOException e) {
            throw CommandException.io(file.toString(), e);
        }
    }

    /// Fails where Java cannot write text into a picture, as on a bare server.
    private void requireFonts() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 1)
                    .getStringBounds("0", new FontRenderContext(null, true, false));
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw CommandException.data(
                    file.toString(),
                    "a picture needs fontconfig and a font, which Java misses here: "
                            + e.getMessage());
        }
    }
}
