package io.github.trendflex.internal.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.trendflex.Jvm;
import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.jvm.Causes;
import io.github.trendflex.jvm.Compute;
import io.github.trendflex.jvm.Interrupted;
import io.github.trendflex.jvm.ManyClassLoaders;
import io.github.trendflex.jvm.TryAgain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks how the native library gets into a JVM; each test starts one.
@Tag("once")
class NativeLibraryTest {
    private static final String ALLOWED = "--enable-native-access=ALL-UNNAMED";

    private static final String NATIVE = "-Dtrendflex.engine=native";

    private static final String NO_MOUNTS = "no namespaces of users and mounts are allowed here";

    /// The folder for this user's libraries in a directory for temporary files.
    private static final String FOLDER =
            "trendflex-"
                    + (LibraryCache.UNIX
                            ? LibraryCache.effectiveUser()
                            : System.getProperty("user.name"));

    /// The folder of the user that everybody is in a namespace without users.
    private static final String FOLDER_OF_NOBODY = "trendflex-65534";

    @TempDir private Path directory;

    @Test
    void classPathWorks() throws Exception {
        assertOpensTheFileIn(directory.resolve(FOLDER), jvm());
    }

    @Test
    void modulePathWorks() throws Exception {
        assertOpensTheFileIn(
                directory.resolve(FOLDER),
                withModulePath()
                        .option("--enable-native-access=io.github.trendflex")
                        .option("-Dtrendflex.tmpdir=" + directory));
    }

    @Test
    void manyClassLoadersShareOneFile() throws Exception {
        List<String> output = jvm().run(ManyClassLoaders.class);
        String line = "computed 5 with " + onlyFile(directory.resolve(FOLDER));
        assertEquals(Collections.nCopies(8, line), output);
    }

    @Test
    void namedFileIsUsedAndNothingElseWritten() throws Exception {
        // Windows would look for a file with an extension.
        Path library = Files.copy(TrendFlexLibrary.path(), directory.resolve("library.file"));
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
    void namedFileHasToBeRegular() throws Exception {
        assertEquals(
                "refused: The native library that -Dtrendflex.library.path names cannot be opened: "
                        + directory
                        + ": it is no regular file",
                jvm().option("-Dtrendflex.library.path=" + directory)
                        .run(Compute.class)
                        .getFirst());
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
                Path.of(
                        System.getProperty("java.home"),
                        OS.current() == OS.WINDOWS ? "bin" : "lib",
                        System.mapLibraryName("java"));
        List<String> output =
                jvm().option("-Dtrendflex.library.path=" + foreign).run(Compute.class);
        assertEquals(
                List.of(
                        "refused: "
                                + foreign
                                + " is no TrendFlex library: use the one in the jar of this release"),
                output);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void namedFileHasToHaveTheAbiVersion(int version) throws Exception {
        Path other = library("int trendflex_abi_version(void) { return " + version + "; }");
        assertEquals(
                List.of(
                        "refused: "
                                + other
                                + " has ABI version "
                                + version
                                + " and not 1: use the one in the jar of this release"),
                jvm().option("-Dtrendflex.library.path=" + other).run(Compute.class));
    }

    @Test
    void namedFileHasToHaveAllFunctions() throws Exception {
        String lacking = "trendflex_stream_";
        StringBuilder source = new StringBuilder("int trendflex_abi_version(void) { return 1; }\n");
        for (String function : headerFunctions()) {
            if (!function.equals("trendflex_abi_version") && !function.startsWith(lacking)) {
                source.append("void ").append(function).append("(void) {}\n");
            }
        }
        Path older = library(source.toString());
        assertEquals(
                List.of(
                        "refused: "
                                + older
                                + " lacks "
                                + Stream.of(headerFunctions())
                                        .filter(function -> function.startsWith(lacking))
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + ": use the one in the jar of this release"),
                jvm().option("-Dtrendflex.library.path=" + older).run(Compute.class));
    }

    private static String[] headerFunctions() throws IOException {
        return Pattern.compile("^[a-z].*?\\b(trendflex_\\w+)\\(", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../../headers/trendflex.h")))
                .results()
                .map(match -> match.group(1))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 0.999})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the system itself looks elsewhere")
    void truncatedFileIsRefused(double kept) throws Exception {
        byte[] whole = Files.readAllBytes(TrendFlexLibrary.path());
        int length = (int) (kept * whole.length);
        Path part = Files.write(directory.resolve("part"), Arrays.copyOf(whole, length));
        assertEquals(
                "refused: The native library that -Dtrendflex.library.path names cannot be opened: "
                        + part
                        + ": it is truncated after "
                        + length
                        + " bytes",
                jvm().option("-Dtrendflex.library.path=" + part).run(Compute.class).getFirst());
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "a library names its architecture elsewhere")
    void namedFileHasToBeOfThisArchitecture() throws Exception {
        byte[] foreign = Files.readAllBytes(TrendFlexLibrary.path());
        int machine = 18;
        byte x86 = 62;
        byte aarch64 = (byte) 183;
        foreign[machine] = foreign[machine] == x86 ? aarch64 : x86;
        Path file = Files.write(directory.resolve("foreign"), foreign);
        List<String> output = jvm().option("-Dtrendflex.library.path=" + file).run(Compute.class);
        assertTrue(
                output.getFirst()
                        .matches(
                                "refused: The native library that .* cannot be opened: .*can't load .* on a .* platform\\)"),
                output::toString);
    }

    private Path library(String source) throws Exception {
        Path file = Files.writeString(directory.resolve("library.c"), source);
        Path library = directory.resolve("library");
        assumeTrue(compile(file, library), "there is no C compiler for this system");
        return library;
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, false, linux-x86_64",
        "Linux, aarch64, false, linux-aarch64",
        "Linux, amd64, true, linux-musl-x86_64",
        "Linux, aarch64, true, linux-musl-aarch64",
        "Windows 11, amd64, true, windows-x86_64",
        "Windows Server 2025, aarch64, true, windows-aarch64",
        "Windows 11, arm64, true, windows-aarch64",
        "Mac OS X, x86_64, true, macos-x86_64",
        "Mac OS X, aarch64, true, macos-aarch64",
        "FreeBSD, amd64, true, freebsd-x86_64",
    })
    void platformIsTheFolderInTheJar(
            String system, String architecture, boolean musl, String platform) {
        assertEquals(platform, NativeLibrary.platform(system, architecture, musl));
    }

    private static boolean compile(Path source, Path library) throws InterruptedException {
        try {
            Process machine = new ProcessBuilder("cc", "-dumpmachine").start();
            String target = new String(machine.getInputStream().readAllBytes(), US_ASCII);
            String architecture = target.replaceFirst("-.*\n", "").replace("arm64", "aarch64");
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
            return compiler.waitFor() == 0 && NativeLibrary.platform().endsWith(architecture);
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
                withClassPath()
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
                        file.resolve(FOLDER)
                                + (OS.current() == OS.WINDOWS
                                        ? ": NoSuchFileException"
                                        : ": Not a directory"),
                        "Name a directory that is writable and not mounted noexec with -Dtrendflex.tmpdir=DIRECTORY, "
                                + "or unpack the file where you like and name it with -Dtrendflex.library.path=FILE."),
                output);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the user's cache directory has another name")
    void cacheOfTheUserIsTheFirstPlace() throws Exception {
        assertOpensTheFileIn(
                directory.resolve("trendflex"),
                withClassPath()
                        .option(ALLOWED)
                        .environment("XDG_CACHE_HOME", directory.toString()));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the user's cache directory has another name")
    void cacheOfTheUserIsInTheHomeUnlessNamedInFull() throws Exception {
        assertOpensTheFileIn(
                directory.resolve(".cache/trendflex"),
                withClassPath()
                        .option(ALLOWED)
                        .option("-Duser.home=" + directory)
                        .environment("XDG_CACHE_HOME", "relative"));
    }

    /// The JVM takes itself for one of another system, and finds this system's library for it.
    @ParameterizedTest
    @CsvSource({"Mac OS X, macos, Library/Caches", "Windows 11, windows, AppData/Local"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "one system is enough to try the others")
    void cacheOfTheUserIsWhereTheSystemHasIt(String name, String system, String cache)
            throws Exception {
        String platform = NativeLibrary.platform().replaceFirst(".*-", system + "-");
        Path folder = Files.createDirectories(directory.resolve("META-INF/native/" + platform));
        Files.copy(TrendFlexLibrary.path(), folder.resolve(System.mapLibraryName("trendflex_ffi")));
        assertOpensTheFileIn(
                directory.resolve(cache + "/trendflex"),
                withClassPath()
                        .option(ALLOWED)
                        .option("-Xshare:off")
                        .option("-Xbootclasspath/a:" + directory)
                        .option("-Dos.name=" + name)
                        .option("-Duser.home=" + directory));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the user's cache directory has another name")
    void directoryForTemporaryFilesStandsInForAnUnusableCache() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        assertOpensTheFileIn(
                directory.resolve(FOLDER),
                withClassPath()
                        .option(ALLOWED)
                        .option("-Djava.io.tmpdir=" + directory)
                        .environment("XDG_CACHE_HOME", file.toString()));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows gives every user a home")
    void directoryForTemporaryFilesIsForUsersWithoutAHome() throws Exception {
        assertOpensTheFileIn(
                directory.resolve(FOLDER),
                withClassPath()
                        .option(ALLOWED)
                        .option("-Djava.io.tmpdir=" + directory)
                        .option("-Duser.home=?"));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the user's cache directory has another name")
    void cacheThatIsNamedNeedsNoHome() throws Exception {
        assertOpensTheFileIn(
                directory.resolve("new/trendflex"),
                withClassPath()
                        .option(ALLOWED)
                        .option("-Djava.io.tmpdir=" + directory)
                        .option("-Duser.home=" + directory.resolve("missing"))
                        .environment("XDG_CACHE_HOME", directory.resolve("new").toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XDG_CACHE_HOME=", "JDK_JAVA_OPTIONS=-Duser.home="})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the letters do not depend on the locale")
    void placeWithLettersThatTheLocaleLacksIsPassedOver(String variable) throws Exception {
        List<String> output =
                withClassPath()
                        .option(ALLOWED)
                        .option("-Djava.io.tmpdir=" + directory)
                        .inAsciiWithAnotherLetter(variable + directory.resolve("caf"))
                        .run(Compute.class);
        assertEquals(
                "computed 5 with " + onlyFile(directory.resolve(FOLDER)),
                output.getLast(),
                output::toString);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the letters do not depend on the locale")
    void directoryForTemporaryFilesMayBeImpossibleIfTheCacheIsNot() throws Exception {
        List<String> output =
                withClassPath()
                        .option(ALLOWED)
                        .environment("XDG_CACHE_HOME", directory.toString())
                        .inAsciiWithAnotherLetter(
                                "JDK_JAVA_OPTIONS=-Djava.io.tmpdir=" + directory.resolve("caf"))
                        .run(Compute.class);
        assertEquals(
                "computed 5 with " + onlyFile(directory.resolve("trendflex")),
                output.getLast(),
                output::toString);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the letters do not depend on the locale")
    void placeWithLettersThatTheLocaleLacksIsNamed() throws Exception {
        List<String> output =
                withClassPath()
                        .option(ALLOWED)
                        .inAsciiWithAnotherLetter(
                                "JDK_JAVA_OPTIONS=-Dtrendflex.tmpdir=" + directory.resolve("caf"))
                        .run(Compute.class);
        assertEquals(
                directory.resolve("caf??").resolve(FOLDER)
                        + ": no file can have this name: "
                        + "Malformed input or input contains unmappable characters",
                output.get(output.size() - 2),
                output::toString);
    }

    /// The directory is as in a container with a volume for temporary files, without the sticky
    /// bit.
    @ParameterizedTest
    @ValueSource(ints = {0777, 02777})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems have no files in memory")
    void memoryStandsInForDirectoriesThatCannotBeUsed(int mode) throws Exception {
        Files.setAttribute(directory, "unix:mode", mode);
        List<String> output = withoutPlaces().run(Compute.class);
        assertEquals(1, output.size(), output::toString);
        assertTrue(
                output.getFirst().matches("computed 5 with /proc/self/fd/\\d+"), output::toString);
        assertEquals(List.of(), filesIn(directory.resolve(FOLDER)));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems have no files in memory")
    void everyClassLoaderHasAFileInMemory() throws Exception {
        Files.setAttribute(directory, "unix:mode", 0777);
        List<String> output = withoutPlaces().run(ManyClassLoaders.class);
        assertEquals(8, output.stream().distinct().count(), output::toString);
        assertTrue(
                output.stream().allMatch(line -> line.startsWith("computed 5 with /proc/")),
                output::toString);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems have no files in memory")
    void memoryIsAPlaceThatMayFail() throws Exception {
        Files.setAttribute(directory, "unix:mode", 0777);
        List<String> output =
                withoutPlaces().option("-XX:-UsePerfData").writingLittle().run(Compute.class);
        assertEquals("memory: File too large", output.get(2), output::toString);
    }

    private Jvm withoutPlaces() {
        return withClassPath()
                .option(ALLOWED)
                .option("-Duser.home=" + directory.resolve("missing"))
                .option("-Djava.io.tmpdir=" + directory);
    }

    @Test
    void interruptedThreadMayUseItFirst() throws Exception {
        String computed = "computed 5 with " + TrendFlexLibrary.path();
        assertEquals(
                List.of(computed, "interrupted"),
                jvm().option("-Dtrendflex.library.path=" + TrendFlexLibrary.path())
                        .run(Interrupted.class));
        List<String> output = jvm().run(Interrupted.class);
        assertEquals(
                List.of("computed 5 with " + onlyFile(directory.resolve(FOLDER)), "interrupted"),
                output);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows deletes no library that is loaded")
    void fileThatIsDeletedBeforeItIsOpenIsStoredOnceMore() throws Exception {
        byte[] content = Files.readAllBytes(TrendFlexLibrary.path());
        List<Path> stored = new ArrayList<>();
        LibraryCache cache =
                new LibraryCache(directory.resolve("cache"), LibraryCache.effectiveUser()) {
                    @Override
                    Path store(String name, byte[] wanted) throws IOException {
                        Path file = super.store(name, wanted);
                        if (stored.isEmpty()) {
                            Files.delete(file);
                        }
                        stored.add(file);
                        return file;
                    }
                };
        NativeLibrary.open(cache, content);
        Path file = onlyFile(directory.resolve("cache"));
        assertEquals(List.of(file, file), stored);
    }

    @ParameterizedTest
    @CsvSource({
        "noexec, failed to map segment from shared object",
        "ro, Read-only file system",
        "size=16k, No space left on device",
    })
    void reasonIsGivenForADirectoryThatIsMountedSo(String options, String reason) throws Exception {
        assumeMountWorks(options);
        List<String> output = jvm().mounting(directory, options).run(Compute.class);
        assertTrue(output.get(1).startsWith(directory.toString()), output::toString);
        assertTrue(output.get(1).endsWith(": " + reason), output::toString);
        assertTrue(
                output.getLast().startsWith("Name a directory that is writable"), output::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ro", "noexec", "size=16k"})
    void homeThatIsMountedSoIsPassedOver(String options) throws Exception {
        assumeMountWorks(options);
        Path home = Files.createDirectory(directory.resolve("home"));
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        assertOpensTheFileIn(
                temporary.resolve(FOLDER),
                withClassPath()
                        .option(ALLOWED)
                        .option("-Djava.io.tmpdir=" + temporary)
                        .option("-Duser.home=" + home)
                        .mounting(home, options));
    }

    @Test
    void reasonIsGivenForADirectoryThatIsNotWritable() throws Exception {
        assumeTrue(mayMount(), NO_MOUNTS);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        List<String> output = jvm().withoutPrivileges().run(Compute.class);
        assertEquals(
                directory.resolve(FOLDER_OF_NOBODY) + ": AccessDeniedException", output.get(1));
    }

    @Test
    void cacheIsOfTheUserWhoRunsJavaEvenIfThatIsNotRoot() throws Exception {
        assumeTrue(mayMount(), NO_MOUNTS);
        assertOpensTheFileIn(directory.resolve(FOLDER_OF_NOBODY), jvm().withoutPrivileges());
    }

    @Test
    void usersOfOneNameShareNoDirectory() throws Exception {
        assumeTrue(mayMount(), NO_MOUNTS);
        jvm().option("-Duser.name=?").run(Compute.class);
        jvm().option("-Duser.name=?").withoutPrivileges().run(Compute.class);
        assertEquals(
                Set.of(directory.resolve(FOLDER), directory.resolve(FOLDER_OF_NOBODY)),
                Set.copyOf(filesIn(directory)));
    }

    private static void assertOpensTheFileIn(Path folder, Jvm jvm) throws Exception {
        List<String> output = jvm.run(Compute.class);
        assertEquals(List.of("computed 5 with " + onlyFile(folder)), output);
    }

    static void assumeMountWorks(String options) throws InterruptedException {
        assumeFalse(
                options.equals("noexec") && Boolean.getBoolean("trendflex.test.emulated"),
                "what emulates a CPU reads code and does not execute it");
        assumeTrue(mayMount(), NO_MOUNTS);
    }

    private static boolean mayMount() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "--map-root-user", "--mount", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void deniedNativeAccessIsExplained() throws Exception {
        String message = "refused: Java denies native access to this library: start it with ";
        String deny = "--illegal-native-access=deny";
        String place = "-Dtrendflex.tmpdir=" + directory;
        assertEquals(
                List.of(message + "--enable-native-access=ALL-UNNAMED"),
                withClassPath().option(deny).option(place).run(Compute.class));
        assertEquals(
                List.of(message + "--enable-native-access=io.github.trendflex"),
                withModulePath().option(deny).option(place).run(Compute.class));
    }

    @Test
    void failureHasTheCauseAndThePlaceOfTheLoaders() throws Exception {
        Path missing = directory.resolve("missing.so");
        assertEquals(
                List.of(
                        "in " + NativeLibrary.class.getName(),
                        "cause: java.nio.file.NoSuchFileException: " + missing),
                jvm().option("-Dtrendflex.library.path=" + missing).run(Causes.class));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the reason has other words")
    void failureHasThoseOfThePlaces() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        assertEquals(
                List.of(
                        "in " + NativeLibrary.class.getName(),
                        "cause: null",
                        "suppressed: java.nio.file.FileSystemException: "
                                + file.resolve(FOLDER)
                                + ": Not a directory"),
                withClassPath()
                        .option(ALLOWED)
                        .option("-Dtrendflex.tmpdir=" + file)
                        .run(Causes.class));
    }

    @Test
    void failureIsNotForEver() throws Exception {
        List<String> output = jvm().run(TryAgain.class);
        assertTrue(output.getFirst().startsWith("refused: "), output::toString);
        assertEquals("computed 5 with " + onlyFile(directory.resolve(FOLDER)), output.getLast());
    }

    @Test
    void namedFileHasToBePossible() throws Exception {
        List<String> output = jvm().run(TryAgain.class);
        String refusal = "refused: -Dtrendflex.library.path names no possible file: ";
        assertTrue(output.get(output.size() - 2).startsWith(refusal), output::toString);
    }

    /// Returns a JVM that has to use the native library.
    private static Jvm withClassPath() {
        return Jvm.withClassPath().option(NATIVE);
    }

    private static Jvm withModulePath() {
        return Jvm.withModulePath().option(NATIVE);
    }

    private Jvm jvm() {
        return withClassPath().option(ALLOWED).option("-Dtrendflex.tmpdir=" + directory);
    }

    private static Path onlyFile(Path directory) throws IOException {
        List<Path> all = filesIn(directory);
        assertEquals(1, all.size(), all::toString);
        return all.getFirst();
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
