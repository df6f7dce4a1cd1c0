package io.github.trendflex.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.trendflex.Jvm;
import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.jvm.Compute;
import io.github.trendflex.jvm.ManyClassLoaders;
import io.github.trendflex.jvm.TryAgain;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the native library gets into a JVM, of which each test starts one.
class NativeLibraryTest {
    private static final String ALLOWED = "--enable-native-access=ALL-UNNAMED";

    /// The folder for this user's libraries in a directory for temporary files.
    private static final String FOLDER = "trendflex-" + System.getProperty("user.name");

    @TempDir private Path directory;

    @Test
    void classPathWorks() throws Exception {
        List<String> output = jvm().run(Compute.class);
        assertEquals(List.of("computed 5 with " + onlyFile(directory.resolve(FOLDER))), output);
    }

    @Test
    void modulePathWorks() throws Exception {
        List<String> output =
                Jvm.withModulePath()
                        .option("--enable-native-access=io.github.trendflex")
                        .option("-Dtrendflex.tmpdir=" + directory)
                        .run(Compute.class);
        assertEquals(List.of("computed 5 with " + onlyFile(directory.resolve(FOLDER))), output);
    }

    @Test
    void manyClassLoadersShareOneFile() throws Exception {
        List<String> output = jvm().run(ManyClassLoaders.class);
        String line = "computed 5 with " + onlyFile(directory.resolve(FOLDER));
        assertEquals(Collections.nCopies(8, line), output);
    }

    @Test
    void namedFileIsUsedAndNothingElseWritten() throws Exception {
        Path library = Files.copy(TrendFlexLibrary.path(), directory.resolve("library"));
        List<String> output =
                jvm().option("-Dtrendflex.library.path=" + library).run(Compute.class);
        assertEquals(List.of("computed 5 with " + library), output);
        assertEquals(library, onlyFile(directory));
    }

    @Test
    void namedFileHasToExist() throws Exception {
        Path missing = directory.resolve("missing.so");
        List<String> output =
                jvm().option("-Dtrendflex.library.path=" + missing).run(Compute.class);
        assertEquals(
                List.of(
                        "refused: The native library that -Dtrendflex.library.path names cannot be opened: "
                                + missing
                                + ": NoSuchFileException",
                        "Name a TrendFlex library for "
                                + NativeLibrary.platform()
                                + ", or leave the property out to use the one in the jar."),
                output);
    }

    @Test
    void namedFileHasToBeALibrary() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "no library");
        List<String> output = jvm().option("-Dtrendflex.library.path=" + text).run(Compute.class);
        String beginning =
                "refused: The native library that -Dtrendflex.library.path names cannot be opened: "
                        + text
                        + ": ";
        // The JVM itself may print a warning about the file first.
        assertTrue(output.stream().anyMatch(line -> line.startsWith(beginning)), output::toString);
    }

    @Test
    void namedFileHasToBeATrendFlexLibrary() throws Exception {
        Path foreign =
                Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("java"));
        assumeTrue(Files.exists(foreign), "this JDK keeps its libraries elsewhere");
        List<String> output =
                jvm().option("-Dtrendflex.library.path=" + foreign).run(Compute.class);
        assertEquals(
                List.of(
                        "refused: "
                                + foreign
                                + " is no TrendFlex library: use the one in the jar of this release"),
                output);
    }

    @Test
    void namedFileHasToHaveTheAbiVersion() throws Exception {
        Path source =
                Files.writeString(
                        directory.resolve("old.c"),
                        "int trendflex_abi_version(void) { return 4711; }");
        Path old = directory.resolve("old");
        assumeTrue(compile(source, old), "there is no C compiler");
        List<String> output = jvm().option("-Dtrendflex.library.path=" + old).run(Compute.class);
        assertEquals(
                List.of(
                        "refused: "
                                + old
                                + " has ABI version 4711 and not 1: use the one in the jar of this release"),
                output);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, true, linux-x86_64",
        "Linux, aarch64, true, linux-aarch64",
        "Linux, amd64, false, linux-musl-x86_64",
        "Linux, aarch64, false, linux-musl-aarch64",
        "Windows 11, amd64, false, windows-x86_64",
        "Windows Server 2025, aarch64, false, windows-aarch64",
        "Mac OS X, x86_64, false, macos-x86_64",
        "Mac OS X, aarch64, false, macos-aarch64",
        "FreeBSD, amd64, false, freebsd-x86_64",
    })
    void platformIsTheFolderInTheJar(
            String system, String architecture, boolean glibc, String platform) {
        SymbolLookup libc =
                name ->
                        glibc && name.equals("gnu_get_libc_version")
                                ? Optional.of(MemorySegment.NULL)
                                : Optional.empty();
        assertEquals(platform, NativeLibrary.platform(system, architecture, libc));
    }

    private static boolean compile(Path source, Path library) throws InterruptedException {
        try {
            Process compiler =
                    new ProcessBuilder(
                                    "cc",
                                    "-shared",
                                    "-fPIC",
                                    "-o",
                                    library.toString(),
                                    source.toString())
                            .inheritIO()
                            .start();
            return compiler.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void systemHasToBeOneOfTheJars() throws Exception {
        List<String> output = jvm().option("-Dos.arch=pdp11").run(Compute.class);
        String platform = NativeLibrary.platform().replaceFirst("-.*", "-pdp11");
        String resource =
                "META-INF/native/" + platform + "/" + System.mapLibraryName("trendflex_ffi");
        assertEquals(
                List.of(
                        "refused: There is no native library for this system in the jar: looked for "
                                + resource,
                        "Build it from the sources on this system and name it with -Dtrendflex.library.path=FILE."),
                output);
    }

    @Test
    void directoryHasToBeUsable() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        List<String> output =
                Jvm.withClassPath()
                        .option(ALLOWED)
                        .option("-Dtrendflex.tmpdir=" + file)
                        .run(Compute.class);
        assertEquals(
                List.of(
                        "refused: The native library META-INF/native/"
                                + NativeLibrary.platform()
                                + "/"
                                + System.mapLibraryName("trendflex_ffi")
                                + " of the jar cannot be used from any of these places:",
                        file.resolve(FOLDER) + ": Not a directory",
                        "Name a directory that is writable and not mounted noexec with -Dtrendflex.tmpdir=DIRECTORY, "
                                + "or unpack the file where you like and name it with -Dtrendflex.library.path=FILE."),
                output);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the user's cache directory has another name")
    void cacheOfTheUserIsTheFirstPlace() throws Exception {
        List<String> output =
                Jvm.withClassPath()
                        .option(ALLOWED)
                        .environment("XDG_CACHE_HOME", directory.toString())
                        .run(Compute.class);
        assertEquals(
                List.of("computed 5 with " + onlyFile(directory.resolve("trendflex"))), output);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the user's cache directory has another name")
    void directoryForTemporaryFilesStandsInForAnUnusableCache() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        List<String> output =
                Jvm.withClassPath()
                        .option(ALLOWED)
                        .option("-Djava.io.tmpdir=" + directory)
                        .environment("XDG_CACHE_HOME", file.toString())
                        .run(Compute.class);
        assertEquals(List.of("computed 5 with " + onlyFile(directory.resolve(FOLDER))), output);
    }

    @Test
    void directoryForTemporaryFilesIsForUsersWithoutAHome() throws Exception {
        List<String> output =
                Jvm.withClassPath()
                        .option(ALLOWED)
                        .option("-Djava.io.tmpdir=" + directory)
                        .option("-Duser.home=?")
                        .option("-Duser.name=a/b")
                        .run(Compute.class);
        assertEquals(
                List.of("computed 5 with " + onlyFile(directory.resolve("trendflex-a_b"))), output);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "mounts are listed elsewhere")
    void reasonIsGivenForADirectoryThatIsMountedNoexec() throws Exception {
        Optional<Path> noexec = noexecDirectory();
        assumeTrue(noexec.isPresent(), "no directory for temporary files is mounted noexec");
        Path folder = Files.createTempDirectory(noexec.orElseThrow(), "trendflex");
        try {
            List<String> output =
                    Jvm.withClassPath()
                            .option(ALLOWED)
                            .option("-Dtrendflex.tmpdir=" + folder)
                            .run(Compute.class);
            assertTrue(
                    output.get(1).contains("failed to map segment from shared object"),
                    output::toString);
        } finally {
            Files.delete(onlyFile(folder.resolve(FOLDER)));
            Files.delete(folder.resolve(FOLDER));
            Files.delete(folder);
        }
    }

    private static Optional<Path> noexecDirectory() throws IOException {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/mounts"))) {
            return mounts.map(mount -> mount.split(" ", -1))
                    .filter(mount -> mount[2].equals("tmpfs"))
                    .filter(mount -> Arrays.asList(mount[3].split(",", -1)).contains("noexec"))
                    .map(mount -> Path.of(mount[1]))
                    .filter(Files::isWritable)
                    .findFirst();
        }
    }

    @Test
    void deniedNativeAccessIsExplained() throws Exception {
        String message = "refused: Java denies native access to this library: start it with ";
        String deny = "--illegal-native-access=deny";
        String place = "-Dtrendflex.tmpdir=" + directory;
        assertEquals(
                List.of(message + "--enable-native-access=ALL-UNNAMED"),
                Jvm.withClassPath().option(deny).option(place).run(Compute.class));
        assertEquals(
                List.of(message + "--enable-native-access=io.github.trendflex"),
                Jvm.withModulePath().option(deny).option(place).run(Compute.class));
    }

    @Test
    void failureIsNotForEver() throws Exception {
        List<String> output = jvm().run(TryAgain.class);
        assertTrue(output.getFirst().startsWith("refused: "), output::toString);
        assertEquals("computed 5 with " + onlyFile(directory.resolve(FOLDER)), output.getLast());
    }

    private Jvm jvm() {
        return Jvm.withClassPath().option(ALLOWED).option("-Dtrendflex.tmpdir=" + directory);
    }

    private static Path onlyFile(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), all::toString);
            return all.getFirst();
        }
    }
}
