package io.github.trendflex.internal.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.Jvm;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.jvm.Compute;
import io.github.trendflex.jvm.JarInJar;
import io.github.trendflex.jvm.ManyThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checks the library in every kind of deployment, and used by many at once.
@Tag("once")
class DeploymentTest {
    private static final int PROCESSES = 4;

    @TempDir private Path directory;
    @TempDir private Path cache;

    /// Another class loader may close a jar that it has opened at any time (JDK-8205976);
    /// [JarInJar] behaves as if that had happened.
    @Test
    void jarInAJarWorksAndIsReadUncached() throws Exception {
        Path inner = Files.createDirectory(directory.resolve("lib"));
        tool(
                "jar",
                "--create",
                "--no-compress",
                "--file=" + inner.resolve("trendflex.jar"),
                "-C",
                library(),
                ".");
        String compute = Compute.class.getName().replace('.', '/') + ".class";
        String tests = Jvm.classes(Compute.class);
        tool(
                "jar",
                "--create",
                "--no-compress",
                "--file=" + inner.resolve("program.jar"),
                "-C",
                tests,
                compute);
        Path outer = directory.resolve("outer.jar");
        tool(
                "jar",
                "--create",
                "--no-compress",
                "--file=" + outer,
                "-C",
                directory.toString(),
                "lib");
        List<String> output = jvm().run(JarInJar.class, outer.toString());
        assertEquals(List.of(computed()), output);
    }

    @Test
    void jlinkImageWorks() throws Exception {
        Path image = directory.resolve("image");
        tool(
                "jlink",
                "--module-path=" + library(),
                "--add-modules=io.github.trendflex",
                "--output=" + image);
        List<String> output =
                Jvm.ofImage(image)
                        .option("--enable-native-access=io.github.trendflex")
                        .option("-Dtrendflex.tmpdir=" + cache)
                        .run(Compute.class);
        assertEquals(List.of(computed()), output);
    }

    @Test
    void manyThreadsMayUseItFirst() throws Exception {
        List<String> output = jvm().run(ManyThreads.class);
        assertEquals(Collections.nCopies(16, computed()), output);
    }

    @Test
    void manyProcessesShareOneFile() throws Exception {
        Callable<List<String>> process = () -> jvm().run(Compute.class);
        try (ExecutorService processes = Executors.newFixedThreadPool(PROCESSES)) {
            for (Future<List<String>> output :
                    processes.invokeAll(Collections.nCopies(PROCESSES, process))) {
                assertEquals(List.of(computed()), output.get());
            }
        }
    }

    private Jvm jvm() {
        return Jvm.withClassPath()
                .option("--enable-native-access=ALL-UNNAMED")
                .option("-Dtrendflex.tmpdir=" + cache);
    }

    private static String library() {
        return Jvm.classes(TrendFlex.class);
    }

    /// Returns what [Compute] prints when it has used the only file in the cache.
    private String computed() throws IOException {
        try (Stream<Path> all = Files.walk(cache)) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            return "computed 5 with " + (files.size() == 1 ? files.getFirst() : files);
        }
    }

    private static void tool(String name, String... arguments) throws Exception {
        assertEquals(List.of(), Jvm.tool(name, arguments));
    }
}
