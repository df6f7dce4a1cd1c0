package io.github.trendflex.internal.load;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.CRC32;

/// Keeps native libraries in a directory that only its owner can write to.
///
/// A file's name carries the hash of its content, so all class loaders and JVMs of a user share one
/// file, and releases do not disturb each other. A file that is found in the directory is not
/// trusted: it has to belong to this user, be closed to the others, and hold exactly the bytes that
/// are wanted.
///
/// On Windows the access list that is inherited from the user's own folder keeps others out.
class LibraryCache {
    static final boolean UNIX =
            Path.of("").getFileSystem().supportedFileAttributeViews().contains("unix");
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int WRITABLE_BY_ALL = 0002;
    private static final int STICKY = 01000;
    private static final int COMPARED = 1024;

    /// The prefix of files that are being written.
    private static final String PREFIX = "trendflex";

    private static final String SUFFIX = ".tmp";

    /// The age from which such a file is abandoned: nobody takes so long to write a library.
    private static final long ABANDONED_MILLIS = 60 * 60 * 1000;

    private final Path directory;
    private final int user;

    /// @param user the [#effectiveUser()]
    LibraryCache(Path directory, int user) {
        this.directory = directory;
        this.user = user;
    }

    /// Returns the file that holds `content`, and writes it if there is none yet.
    ///
    /// @param name the library's name without the system's prefix and extension
    /// @throws IOException saying why the directory cannot be used
    Path store(String name, byte[] content) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(directory, permitting("rwx------"));
        }
        if (UNIX) {
            requirePrivate();
        }
        Path file = directory.resolve(System.mapLibraryName(name + '-' + hash(content)));
        if (!holds(file, content)) {
            replace(file, content);
        }
        removeAbandoned();
        return file;
    }

    private static FileAttribute<?>[] permitting(String permissions) {
        return UNIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private void requirePrivate() throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw unsafe("a symbolic link is not trusted");
        }
        if (!isPrivate(directory)) {
            throw unsafe(
                    "it must belong to the user who runs Java, and nobody else may write to it");
        }
        // Where everybody may write and the directory is not sticky, anybody could put another one
        // in place of this one.
        int parentMode = (int) Files.getAttribute(directory.resolve(".."), "unix:mode");
        if ((parentMode & WRITABLE_BY_ALL) != 0 && (parentMode & STICKY) == 0) {
            throw unsafe(
                    "its parent is no safe place: everybody can write to it and it is not sticky");
        }
    }

    private FileSystemException unsafe(String reason) {
        return new FileSystemException(directory.toString(), null, reason);
    }

    private boolean isPrivate(Path path) throws IOException {
        int owner = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return owner == user && (mode & WRITABLE_BY_OTHERS) == 0;
    }

    private boolean holds(Path file, byte[] content) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && (!UNIX || isPrivate(file))
                && Files.size(file) == content.length
                && equal(Files.readAllBytes(file), content);
    }

    /// Returns whether arrays of one length are equal. It compares piece by piece, so that the JVM
    /// compiles the comparison after some pieces: one call for all bytes would be interpreted to
    /// its end.
    private static boolean equal(byte[] a, byte[] b) {
        for (int from = 0; from < a.length; from += COMPARED) {
            int to = Math.min(from + COMPARED, a.length);
            if (!Arrays.equals(a, from, to, b, from, to)) {
                return false;
            }
        }
        return true;
    }

    /// Puts the file in place in one step, so that nobody ever opens half of it.
    private void replace(Path file, byte[] content) throws IOException {
        // Files.createTempFile fails for any directory if java.io.tmpdir is no possible path.
        Path temporary = directory.resolve(PREFIX + UUID.randomUUID() + SUFFIX);
        try {
            Files.createFile(temporary, permitting("rw-------"));
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Windows does not replace a library that is loaded: another JVM may just have written
            // the same one.
            if (!holds(file, content)) {
                throw e;
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /// Removes files that JVMs left behind when they ended during a write. A file that cannot be
    /// removed is left to another JVM.
    private void removeAbandoned() {
        File folder = directory.toFile();
        String[] names = folder.list();
        if (names == null) {
            return;
        }
        long latest = System.currentTimeMillis() - ABANDONED_MILLIS;
        for (String name : names) {
            if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
                File file = new File(folder, name);
                if (file.lastModified() < latest) {
                    boolean _ = file.delete();
                }
            }
        }
    }

    /// Returns a quick checksum, which is enough to keep the files of releases apart: a file of the
    /// same name with other content is replaced.
    private static String hash(byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    /// Returns the user that Unix checks access for, or 0 elsewhere. `user.name` is no substitute:
    /// it is often just "?" in a container.
    static int effectiveUser() {
        if (!UNIX) {
            return 0;
        }
        Linker linker = Linker.nativeLinker();
        try {
            return (int)
                    linker.downcallHandle(
                                    linker.defaultLookup().findOrThrow("geteuid"),
                                    FunctionDescriptor.of(ValueLayout.JAVA_INT))
                            .invokeExact();
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
