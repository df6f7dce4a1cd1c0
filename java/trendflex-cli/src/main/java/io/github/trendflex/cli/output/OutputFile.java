package io.github.trendflex.cli.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/// A file that appears complete or not at all: it is written beside its place under another name,
/// renamed when it is [committed][#commit()], and deleted when it is not, even if the process is
/// told to end.
final class OutputFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final Thread deletion;
    private final FileChannel channel;

    OutputFile(Path file) throws IOException {
        // A symbolic link stays, and the file that it leads to is replaced.
        boolean exists = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        target = exists ? file.toRealPath() : file.toAbsolutePath();
        if (exists && !Files.isRegularFile(target)) {
            throw new IOException("this exists and is no regular file");
        }
        temporary =
                target.resolveSibling(
                        ".trendflex-%016x.tmp".formatted(ThreadLocalRandom.current().nextLong()));
        deletion = new Thread(temporary.toFile()::delete);
        try {
            Runtime.getRuntime().addShutdownHook(deletion);
        } catch (IllegalStateException e) {
            throw new IOException("not written: the process was told to end", e);
        }
        // Files.createTempFile would make the file, and with it the result, unreadable for others.
        channel =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (exists && target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(target));
        }
    }

    FileChannel channel() {
        return channel;
    }

    /// What the disk has room for, in bytes.
    long freeSpace() throws IOException {
        return Files.getFileStore(temporary).getUsableSpace();
    }

    /// Puts the file into its place, where it replaces an older one.
    void commit() throws IOException {
        channel.close();
        Files.move(
                temporary,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(temporary);
        try {
            Runtime.getRuntime().removeShutdownHook(deletion);
        } catch (IllegalStateException _) {
            // It is already running, and finds nothing.
        }
    }
}
