package io.github.trendflex.internal.load;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/// Holds a native library in the memory of this process, for when no directory can hold it. Works
/// on Linux only.
///
/// The file is safe even where a [LibraryCache] would not be: it is in no directory, so nobody can
/// put another one in its place, and only a user who may debug this process can open it.
final class MemoryFile {
    static final FunctionDescriptor MEMFD_CREATE =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);

    private static final int CLOSE_ON_EXEC = 1;

    /// The open file, or -1. It stays open, because the system's loader takes two files of one name
    /// for the same, and the name of a closed file goes to the next one. An attempt that fails
    /// leaves it to the next attempt.
    private static int descriptor = -1;

    private MemoryFile() {}

    /// Returns the file, which holds `content` and nothing else. There is one for each class
    /// loader.
    ///
    /// @throws IOException if the system gives none
    static synchronized Path create(byte[] content) throws IOException {
        if (descriptor < 0) {
            descriptor = open();
        }
        return Files.write(Path.of("/proc/self/fd/" + descriptor), content);
    }

    private static int open() throws IOException {
        Linker linker = Linker.nativeLinker();
        MemorySegment function =
                linker.defaultLookup()
                        .find("memfd_create")
                        .orElseThrow(() -> new IOException("the C library has no memfd_create"));
        int opened;
        try (Arena arena = Arena.ofConfined()) {
            opened =
                    (int)
                            linker.downcallHandle(function, MEMFD_CREATE)
                                    .invokeExact(arena.allocateFrom("trendflex"), CLOSE_ON_EXEC);
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        if (opened < 0) {
            throw new IOException("memfd_create failed");
        }
        return opened;
    }
}
