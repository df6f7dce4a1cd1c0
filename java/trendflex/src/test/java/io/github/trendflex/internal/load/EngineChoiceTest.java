package io.github.trendflex.internal.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Jvm;
import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.jvm.Compute;
import io.github.trendflex.jvm.Engines;
import io.github.trendflex.jvm.OnlyStreams;
import io.github.trendflex.jvm.StateSize;
import io.github.trendflex.jvm.TryAgain;
import io.github.trendflex.jvm.TwoCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks which engine computes; each test starts JVMs.
@Tag("once")
class EngineChoiceTest {
    private static final String ALLOWED = "--enable-native-access=ALL-UNNAMED";
    private static final String DENIED = "--illegal-native-access=deny";
    private static final String WARNING = "WARNING: TrendFlex computes in Java";

    @TempDir private Path directory;

    @Test
    void bothEnginesGiveTheSame() throws Exception {
        List<String> inNative = jvm().option(ALLOWED).run(Engines.class);
        List<String> inJava =
                jvm().option(DENIED).option("-Dtrendflex.engine=java").run(Engines.class);
        assertEquals("NATIVE", inNative.getFirst(), inNative::toString);
        assertEquals("JAVA", inJava.getFirst(), inJava::toString);
        assertEquals(inNative.get(1), inJava.get(1));
        String memory =
                "-Dtrendflex.engine=java excludes streams in memory of the caller's: they need the native engine";
        assertEquals(
                List.of(
                        "kernel = SCALAR: it needs the native engine, and Java computes",
                        memory,
                        memory,
                        memory,
                        "Java denies native access to this library: start it with --enable-native-access=ALL-UNNAMED"),
                inJava.subList(2, inJava.size()));
    }

    @Test
    void javaIsChosenWithoutAWarning() throws Exception {
        for (Jvm jvm : List.of(Jvm.withClassPath(), Jvm.withModulePath())) {
            assertEquals(
                    List.of("computed 5 with Java"),
                    jvm.option(DENIED).option("-Dtrendflex.engine=java").run(Compute.class));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rust", "Java"})
    void engineHasToBeOneOfThree(String name) throws Exception {
        List<String> refused =
                List.of(
                        "refused: -Dtrendflex.engine="
                                + name
                                + " names no engine: there are auto, native and java");
        for (Class<?> program : List.of(Compute.class, StateSize.class)) {
            assertEquals(refused, jvm().option("-Dtrendflex.engine=" + name).run(program));
        }
    }

    @Test
    void javaStandsInWhereTheJarHasNoLibrary() throws Exception {
        assertWarned(
                "There is no native library for this system in the jar: ",
                jvm().option(ALLOWED).option("-Dos.arch=pdp11"));
    }

    @Test
    void javaStandsInWhereNativeAccessIsDenied() throws Exception {
        assertWarned("Java denies native access to this library: ", jvm().option(DENIED));
    }

    /// The JVM takes itself for one of a system that it has no linker for.
    @Test
    void javaStandsInWhereThereIsNoNativeLinker() throws Exception {
        assertWarned(
                "This Java cannot call native code: ",
                jvm().option(ALLOWED).option("-Djdk.internal.foreign.CABI=UNSUPPORTED"));
    }

    @Test
    void javaStandsInWhereNoPlaceCanBeWritten() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        assertWarned(
                "The native library META-INF/native/",
                Jvm.withClassPath().option(ALLOWED).option("-Dtrendflex.tmpdir=" + file));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "it mounts a file system")
    void javaStandsInWhereNoPlaceMayExecute() throws Exception {
        NativeLibraryTest.assumeMountWorks("noexec");
        assertWarned(
                "The native library META-INF/native/",
                jvm().option(ALLOWED).mounting(directory, "noexec"));
    }

    /// The warning says why, and both ways to silence it.
    private static void assertWarned(String reason, Jvm jvm) throws Exception {
        List<String> output = jvm.run(TwoCalls.class);
        List<String> warnings = output.stream().filter(line -> line.startsWith(WARNING)).toList();
        assertEquals(1, warnings.size(), output::toString);
        int warning = output.indexOf(warnings.getFirst());
        assertTrue(output.get(warning + 1).startsWith(reason), output::toString);
        assertTrue(
                output.get(output.size() - 3).startsWith("Either that makes the library available"),
                output::toString);
        assertEquals(
                List.of("computed 5 with Java", "computed 5 with Java"),
                output.subList(output.size() - 2, output.size()));
    }

    /// The file is there, and it was named.
    @Test
    void javaDoesNotStandInForAFileThatIsNamed() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "no library");
        for (Path file : List.of(text, directory.resolve("missing"))) {
            List<String> output =
                    jvm().option(ALLOWED)
                            .option("-Dtrendflex.library.path=" + file)
                            .run(Compute.class);
            assertTrue(
                    output.stream()
                            .anyMatch(line ->
                                    line.startsWith(
                                            "refused: The native library that -Dtrendflex.library.path names")),
                    output::toString);
        }
    }

    @Test
    void javaDoesNotStandInForAnotherLibrary() throws Exception {
        Path foreign =
                Path.of(
                        System.getProperty("java.home"),
                        OS.current() == OS.WINDOWS ? "bin" : "lib",
                        System.mapLibraryName("java"));
        assertEquals(
                List.of(
                        "refused: "
                                + foreign
                                + " is no TrendFlex library: use the one in the jar of this release"),
                jvm().option(ALLOWED)
                        .option("-Dtrendflex.library.path=" + foreign)
                        .run(Compute.class));
    }

    /// The JVM takes itself for one of another system, and finds a damaged library for it.
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "one system is enough to try another")
    void javaDoesNotStandInForADamagedLibrary() throws Exception {
        String platform = NativeLibrary.platform().replaceFirst(".*-", "macos-");
        Path folder = Files.createDirectories(directory.resolve("META-INF/native/" + platform));
        byte[] damaged = Files.readAllBytes(TrendFlexLibrary.path());
        Arrays.fill(damaged, 0, 4, (byte) 0);
        Files.write(folder.resolve(System.mapLibraryName("trendflex_ffi")), damaged);
        List<String> output =
                jvm().option(ALLOWED)
                        .option("-Xshare:off")
                        .option("-Xbootclasspath/a:" + directory)
                        .option("-Dos.name=Mac OS X")
                        .run(Compute.class);
        assertTrue(
                output.stream()
                        .anyMatch(line -> line.startsWith("refused: The native library META-INF/")),
                output::toString);
    }

    /// The classes for native memory and native calls take longer to start than all others.
    @ParameterizedTest
    @ValueSource(strings = {"auto", "native", "java"})
    void streamsNeedNoNativeCode(String engine) throws Exception {
        List<String> output =
                jvm().option(DENIED)
                        .option("-Dtrendflex.engine=" + engine)
                        .option("-Xlog:class+init=info")
                        .run(OnlyStreams.class);
        assertTrue(output.contains("streamed 4"), output::toString);
        assertEquals(
                List.of(),
                output.stream()
                        .filter(line ->
                                line.contains("/foreign/") || line.contains("/internal/load/"))
                        .filter(line -> line.contains("Initializing"))
                        .toList());
    }

    @Test
    void anEngineThatCannotBeHadIsTriedAgain() throws Exception {
        List<String> output = jvm().option(ALLOWED).run(TryAgain.class);
        assertTrue(output.getFirst().startsWith("refused: "), output::toString);
        assertTrue(output.getLast().startsWith("computed 5 with "), output::toString);
    }

    private Jvm jvm() {
        return Jvm.withClassPath().option("-Dtrendflex.tmpdir=" + directory);
    }
}
