package io.github.trendflex.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Standard input, standard output and standard error.
///
/// @param errIsTerminal whether a person watches `err`
/// @param patience how long a person waits before wanting to see that work gets on
public record StandardStreams(
        InputStream in,
        OutputStream out,
        PrintStream err,
        BooleanSupplier errIsTerminal,
        Duration patience) {
    /// What stands for standard input or standard output where a file could be named.
    public static final Path PIPE = Path.of("-");

    private static final int MAX_MESSAGE_LENGTH = 500;

    /// The streams of this process. Output goes around `System.out`, which hides errors in writing.
    public static StandardStreams ofProcess() {
        return new StandardStreams(
                System.in,
                new FileOutputStream(FileDescriptor.out),
                System.err,
                StandardStreams::isErrTerminal,
                Duration.ofSeconds(1));
    }

    /// Tells a person something in one line on standard error.
    public void say(@Nullable String message) {
        String line = String.valueOf(message).strip().replaceAll("\\p{Cc}+", " ");
        boolean fits = line.length() <= MAX_MESSAGE_LENGTH;
        err.println("trendflex: " + (fits ? line : line.substring(0, MAX_MESSAGE_LENGTH) + "..."));
    }

    /// Asks the C library, because `Console.isTerminal()` tells nothing about standard error.
    private static boolean isErrTerminal() {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        Optional<MemorySegment> isatty = library.find("isatty").or(() -> library.find("_isatty"));
        if (isatty.isEmpty()) {
            return false;
        }
        FunctionDescriptor intOfInt =
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        try {
            return (int) linker.downcallHandle(isatty.get(), intOfInt).invokeExact(2) != 0;
        } catch (Throwable e) {
            throw new AssertionError("isatty throws nothing", e);
        }
    }
}
