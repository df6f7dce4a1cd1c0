package io.github.trendflex.internal.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Checks a library's file before the system's loader maps it.
final class LibraryFile {
    private LibraryFile() {}

    /// Refuses a path that is no regular file, and an ELF file that ends within the table of its
    /// sections, which is its last part. The loader of Linux does not check that, and reading what
    /// it maps beyond the end of a file ends the JVM with SIGBUS. The loaders of Windows and macOS
    /// check it, and the jar's file is compared as a whole.
    static void requireWhole(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FileSystemException(path.toString(), null, "it is no regular file");
        }
        ByteBuffer header;
        // A stream, because an interrupted thread cannot read a channel.
        try (InputStream file = Files.newInputStream(path)) {
            header = ByteBuffer.wrap(file.readNBytes(64)).order(ByteOrder.LITTLE_ENDIAN);
        }
        boolean littleElf64 =
                header.capacity() == 64
                        && header.getInt(0) == 0x464C457F
                        && header.getShort(4) == 0x0102;
        if (littleElf64) {
            long sections = header.getLong(0x28);
            int size = header.getShort(0x3A) * Short.toUnsignedInt(header.getShort(0x3C));
            long length = Files.size(path);
            if (sections + size > length) {
                throw new FileSystemException(
                        path.toString(), null, "it is truncated after " + length + " bytes");
            }
        }
    }
}
