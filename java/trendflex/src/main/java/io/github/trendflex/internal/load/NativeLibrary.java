package io.github.trendflex.internal.load;

import io.github.trendflex.internal.load.LoadFailure.Kind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the native library and opens it, once for each class loader, at the first use.
///
/// 1. `-Dtrendflex.library.path=FILE` names the file, and nothing else is tried.
/// 2. Otherwise the library comes from `META-INF/native/<platform>/` in the jar and is kept in a
///    [LibraryCache]: in the user's cache directory, which is private, lasts, and is seldom mounted
///    noexec; if that cannot be used, for example without a home, in the directory for temporary
///    files; and if that cannot be used either, in a [MemoryFile] on Linux. With
///    `-Dtrendflex.tmpdir=DIRECTORY` it is kept in that directory and nowhere else.
///
/// The library is opened with [SymbolLookup#libraryLookup(String, Arena)], because
/// [System#load(String)] gives a file to one class loader for good: a second one in the same JVM,
/// say of an application that was deployed again, could not load it. The lookup that takes a [Path]
/// does not open a file in memory: it first asks for the file's place in a directory.
public final class NativeLibrary {
    private static final String FILE_PROPERTY = "trendflex.library.path";
    private static final String DIRECTORY_PROPERTY = "trendflex.tmpdir";
    private static final String NAME = "trendflex_ffi";

    private static volatile @Nullable NativeLibrary opened;

    private final Path path;
    private final SymbolLookup lookup;

    private NativeLibrary(Path path) throws IOException {
        this.path = path;
        this.lookup = open(path);
    }

    /// Returns the functions of the library, for the generated bindings.
    ///
    /// @throws LoadFailure if the library cannot be opened; a later call tries again
    public static SymbolLookup lookup() {
        return get().lookup;
    }

    /// Returns the file that is open.
    ///
    /// @throws LoadFailure if the library cannot be opened; a later call tries again
    public static Path path() {
        return get().path;
    }

    private static NativeLibrary get() {
        NativeLibrary library = opened;
        return library != null ? library : openOnce();
    }

    private static synchronized NativeLibrary openOnce() {
        NativeLibrary library = opened;
        if (library == null) {
            String file = System.getProperty(FILE_PROPERTY);
            try {
                library = file != null ? fromFile(file) : fromJar();
            } catch (UnsupportedOperationException e) {
                throw new LoadFailure(
                        Kind.UNAVAILABLE,
                        "This Java cannot call native code: use one that has a native linker",
                        e);
            } catch (IllegalCallerException e) {
                Module module = NativeLibrary.class.getModule();
                throw new LoadFailure(
                        Kind.UNAVAILABLE,
                        "Java denies native access to this library: start it with "
                                + "--enable-native-access="
                                + (module.isNamed() ? module.getName() : "ALL-UNNAMED"),
                        e);
            } catch (InvalidPathException e) {
                throw new LoadFailure(
                        Kind.WRONG,
                        "-D%s names no possible file: %s".formatted(FILE_PROPERTY, e.getMessage()),
                        e);
            }
            opened = library;
        }
        return library;
    }

    private static NativeLibrary fromFile(String file) {
        Path path = Path.of(file).toAbsolutePath();
        try {
            LibraryFile.requireWhole(path);
            return new NativeLibrary(path);
        } catch (IOException e) {
            throw new LoadFailure(
                    Kind.WRONG,
                    """
                    The native library that -D%s names cannot be opened: %s
                    Name a TrendFlex library for %s, or leave the property out to use the one in \
                    the jar.\
                    """
                            .formatted(FILE_PROPERTY, describe(path.toString(), e), platform()),
                    e);
        }
    }

    private static NativeLibrary fromJar() {
        String resource = "META-INF/native/" + platform() + '/' + System.mapLibraryName(NAME);
        byte[] content = read(resource);
        int user = LibraryCache.effectiveUser();
        Map<String, Exception> failures = new LinkedHashMap<>();
        boolean wrong = false;
        for (File directory : directories(user)) {
            try {
                return open(new LibraryCache(directory.toPath(), user), content);
            } catch (IOException | InvalidPathException e) {
                failures.put(directory.toString(), e);
                wrong |= e instanceof DoesNotLoad failure && failure.mayExecute();
            }
        }
        if (system(System.getProperty("os.name")).equals("linux")
                && System.getProperty(DIRECTORY_PROPERTY) == null) {
            try {
                return new NativeLibrary(MemoryFile.create(content));
            } catch (IOException e) {
                failures.put("memory", e);
                wrong |= e instanceof DoesNotLoad failure && failure.mayExecute();
            }
        }
        String places =
                failures.entrySet().stream()
                        .map(failure -> describe(failure.getKey(), failure.getValue()))
                        .collect(Collectors.joining("\n"));
        LoadFailure failure =
                new LoadFailure(
                        wrong ? Kind.WRONG : Kind.UNAVAILABLE,
                        """
                        The native library %s of the jar cannot be used from any of these places:
                        %s
                        Name a directory that is writable and not mounted noexec with \
                        -D%s=DIRECTORY, or unpack the file where you like and name it with \
                        -D%s=FILE.\
                        """
                                .formatted(resource, places, DIRECTORY_PROPERTY, FILE_PROPERTY));
        failures.values().forEach(failure::addSuppressed);
        throw failure;
    }

    /// Opens a cached file. A program that clears up old files may delete it before it is open;
    /// then it is stored once more.
    static NativeLibrary open(LibraryCache cache, byte[] content) throws IOException {
        try {
            return new NativeLibrary(cache.store(NAME, content));
        } catch (NoSuchFileException e) {
            return new NativeLibrary(cache.store(NAME, content));
        }
    }

    private static byte[] read(String resource) {
        URL url = NativeLibrary.class.getResource('/' + resource);
        if (url == null) {
            throw new LoadFailure(
                    Kind.UNAVAILABLE,
                    """
                    There is no native library for this system in the jar: looked for %s
                    Build it from the sources on this system and name it with -D%s=FILE.\
                    """
                            .formatted(resource, FILE_PROPERTY));
        }
        try {
            URLConnection connection = url.openConnection();
            // A cached jar is shared by all its readers, and this one fails when another closes it.
            connection.setUseCaches(false);
            try (InputStream stream = connection.getInputStream()) {
                return stream.readAllBytes();
            }
        } catch (IOException e) {
            throw new LoadFailure(
                    Kind.WRONG, "Cannot read the native library " + url + ": " + e.getMessage(), e);
        }
    }

    /// Returns the directories to try. They are files and not paths, because a file can have any
    /// name. A path of an impossible name, such as one with letters that the locale lacks, cannot
    /// be made, and only that directory must fail then.
    private static List<File> directories(int user) {
        String own = "trendflex-" + (LibraryCache.UNIX ? user : System.getProperty("user.name"));
        String chosen = System.getProperty(DIRECTORY_PROPERTY);
        if (chosen != null) {
            return List.of(new File(new File(chosen).getAbsoluteFile(), own));
        }
        List<File> directories = new ArrayList<>();
        File cache = userCache();
        if (cache != null) {
            directories.add(new File(cache, "trendflex"));
        }
        File temporary = new File(System.getProperty("java.io.tmpdir")).getAbsoluteFile();
        directories.add(new File(temporary, own));
        return directories;
    }

    /// Returns the user's directory for caches, or null if none is named and there is no home.
    private static @Nullable File userCache() {
        String system = system(System.getProperty("os.name"));
        String variable =
                switch (system) {
                    case "windows" -> System.getenv("LOCALAPPDATA");
                    case "macos" -> null;
                    default -> System.getenv("XDG_CACHE_HOME");
                };
        if (variable != null && new File(variable).isAbsolute()) {
            return new File(variable);
        }
        File home = new File(System.getProperty("user.home"));
        if (!home.isAbsolute() || isMissing(home)) {
            return null;
        }
        return new File(
                home,
                switch (system) {
                    case "windows" -> "AppData/Local";
                    case "macos" -> "Library/Caches";
                    default -> ".cache";
                });
    }

    /// Returns whether there is no such directory. An impossible name counts as present, and fails
    /// when it is used.
    private static boolean isMissing(File directory) {
        try {
            return !Files.isDirectory(directory.toPath());
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /// Returns the name of this system's folder in the jar.
    static String platform() {
        return platform(System.getProperty("os.name"), System.getProperty("os.arch"), isMusl());
    }

    /// Returns the name for any system. On Linux a library that was built for one C library does
    /// not load with the other.
    static String platform(String name, String arch, boolean musl) {
        String system = system(name);
        String architecture = arch.toLowerCase(Locale.ROOT);
        return system
                + (system.equals("linux") && musl ? "-musl-" : "-")
                + switch (architecture) {
                    case "amd64" -> "x86_64";
                    case "arm64" -> "aarch64";
                    default -> architecture;
                };
    }

    /// Returns whether the C library of this process lacks the function that tells the version of
    /// glibc.
    private static boolean isMusl() {
        try {
            return Linker.nativeLinker().defaultLookup().find("gnu_get_libc_version").isEmpty();
        } catch (UnsupportedOperationException e) {
            return false; // Java calls no native code on this system
        }
    }

    private static String system(String osName) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return "windows";
        }
        return name.startsWith("mac") ? "macos" : name.replace(' ', '-');
    }

    private static SymbolLookup open(Path path) throws IOException {
        Linker.nativeLinker(); // fails if there is none
        try {
            return SymbolLookup.libraryLookup(path.toString(), Arena.global());
        } catch (IllegalArgumentException e) {
            FileSystemException failure =
                    Files.exists(path)
                            ? new DoesNotLoad(path, whyItDoesNotLoad(path))
                            : new NoSuchFileException(path.toString());
            failure.initCause(e);
            throw failure;
        }
    }

    /// Says that the system does not load a file that is there.
    private static final class DoesNotLoad extends FileSystemException {
        @Serial private static final long serialVersionUID = 1;

        DoesNotLoad(Path path, String reason) {
            super(path.toString(), null, reason);
        }

        /// Returns whether the file could be executed where it is, so that the reason lies in it.
        /// Where it could not, no permission makes a file executable.
        boolean mayExecute() {
            File file = new File(getFile());
            return !LibraryCache.UNIX || (file.setExecutable(true) && file.canExecute());
        }
    }

    /// Returns the reason, such as noexec or a missing symbol version, from a failed load: a failed
    /// lookup gives none.
    private static String whyItDoesNotLoad(Path path) {
        try {
            System.load(path.toString());
            return "the system cannot load it";
        } catch (UnsatisfiedLinkError e) {
            return String.valueOf(e.getMessage()).replace(path + ": ", "");
        }
    }

    /// Adds what the message lacks: many exceptions about files have only the file in it, and that
    /// of a full disk has everything but the file.
    private static String describe(String place, Exception e) {
        if (e instanceof InvalidPathException impossible) {
            return place + ": no file can have this name: " + impossible.getReason();
        }
        if (!(e instanceof FileSystemException failure)) {
            return place + ": " + e.getMessage();
        }
        return failure.getReason() == null
                ? failure.getFile() + ": " + failure.getClass().getSimpleName()
                : String.valueOf(failure.getMessage());
    }
}
