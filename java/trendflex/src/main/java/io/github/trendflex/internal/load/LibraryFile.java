package io.github.trendflex.internal.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is known of a library's file before the system's loader maps it.
final class LibraryFile {
    private LibraryFile() {}

    /// Refuses what is no regular file, and an ELF file that ends before the table of its sections
    /// does, which is its last part: what is mapped beyond the end of a file ends the JVM with
    /// SIGBUS, and the system's loader does not look. The loaders of Windows and macOS do, and the
    /// jar's file is compared as a whole.
    static void requireWhole(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FileSystemException(path.toString(), null, "it is no regular file");
        }
        ByteBuffer header;
        // Not a channel, which an interrupted thread cannot read.
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
