package io.github.trendflex.cli.terminal;

import io.github.trendflex.TrendFlexException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/// A failure that a person can act on. Its message is one line, and the process ends with its exit
/// code.
public final class CommandException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final int exitCode;

    private CommandException(int exitCode, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /// The arguments of the command line are wrong.
    public static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message, null);
    }

    /// The data in a file or a pipe of that name are wrong.
    public static CommandException data(String name, String message) {
        return data(name, message, null);
    }

    /// The data in a file or a pipe of that name are wrong, as the cause says.
    public static CommandException data(String name, String message, @Nullable Throwable cause) {
        return new CommandException(ExitCode.SOFTWARE, name + ": " + message, cause);
    }

    /// The file of that name is not the one that was read before.
    public static CommandException changed(String name) {
        return data(name, "the file changed while it was read");
    }

    /// The file or stream of that name could not be read or written.
    public static CommandException io(String name, IOException cause) {
        String reason =
                switch (cause) {
                    case NoSuchFileException _ -> "no such file or directory";
                    case AccessDeniedException _ -> "permission denied";
                    case EOFException _ -> "truncated: the compressed data have no end";
                    case ZipException _ -> "the compressed data are damaged";
                    case FileSystemException e when e.getReason() != null -> e.getReason();
                    default -> cause.getMessage();
                };
        return new CommandException(ExitCode.SOFTWARE, name + ": " + reason, cause);
    }

    /// Standard output could not be written. If its reader has gone, as `head` does once it has its
    /// lines, this is a success without a message.
    public static CommandException standardOutput(IOException cause) {
        boolean readerGone =
                String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
        return readerGone
                ? new CommandException(ExitCode.OK, null, cause)
                : io("standard output", cause);
    }

    /// The library refused the options, or the prices of that name as a whole.
    public static CommandException refused(String name, TrendFlexException cause) {
        return switch (cause.reason()) {
            case INVALID_PERIOD,
                    INVALID_RANGE,
                    INVALID_THREADS,
                    REJECT_IN_STREAM,
                    KERNEL_UNAVAILABLE ->
                    new CommandException(ExitCode.USAGE, cause.getMessage(), cause);
            default -> data(name, String.valueOf(cause.getMessage()), cause);
        };
    }

    public int exitCode() {
        return exitCode;
    }
}
