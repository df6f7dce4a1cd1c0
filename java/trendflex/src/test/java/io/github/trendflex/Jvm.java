package io.github.trendflex;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.spi.ToolProvider;

/// Runs a program in a JVM of its own, with the library on its class path or its module path.
///
/// `-Dtrendflex.test.option=OPTION` names an option that every JVM on this machine needs.
public final class Jvm {
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    private final List<String> command = new ArrayList<>();
    private final ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);

    private Jvm(Path java, String tool, String... options) {
        command.add(java.resolve("bin").resolve(tool).toString());
        Collections.addAll(command, options);
        process.environment()
                .keySet()
                .removeAll(
                        List.of(
                                "JAVA_TOOL_OPTIONS",
                                "JDK_JAVA_OPTIONS",
                                "XDG_CACHE_HOME",
                                "LC_ALL"));
        environment("LC_MESSAGES", "C");
    }

    public static Jvm withClassPath() {
        return java(JDK, "-cp", classes(TrendFlex.class) + File.pathSeparator + classes(Jvm.class));
    }

    /// Returns the JVM of an image that jlink has made, with the library in it.
    public static Jvm ofImage(Path image) {
        return java(image, "-cp", classes(Jvm.class));
    }

    public static Jvm withModulePath() {
        return java(
                JDK,
                "--module-path",
                classes(TrendFlex.class),
                "--add-modules=io.github.trendflex",
                "-cp",
                classes(Jvm.class));
    }

    private static Jvm java(Path home, String... options) {
        Jvm jvm = new Jvm(home, "java", options);
        System.getProperty("trendflex.test.option", "").lines().forEach(jvm::option);
        return jvm;
    }

    public Jvm option(String option) {
        command.add(option);
        return this;
    }

    /// Makes the JVM run where the folder is an empty file system, mounted with these options.
    public Jvm mounting(Path folder, String options) {
        return through(
                "unshare",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o \"$0\" none \"$1\" && shift && exec \"$@\"",
                options,
                folder.toString());
    }

    /// Makes the JVM run without the privileges of root.
    public Jvm withoutPrivileges() {
        return through("unshare", "--user");
    }

    /// Makes the JVM run where no file may be longer than 32 KB.
    public Jvm writingLittle() {
        return through("sh", "-c", "ulimit -f 64 && exec \"$0\" \"$@\"");
    }

    /// Makes the JVM run in a locale that knows only ASCII, with a variable whose value ends with
    /// another letter.
    public Jvm inAsciiWithAnotherLetter(String beginning) {
        return through(
                "sh",
                "-c",
                "export LC_ALL=C \"$0$(printf '\\303\\251')\" && exec \"$@\"",
                beginning);
    }

    private Jvm through(String... prefix) {
        command.addAll(0, List.of(prefix));
        return this;
    }

    public Jvm environment(String name, String value) {
        process.environment().put(name, value);
        return this;
    }

    /// Runs the program and returns the lines that it prints, errors included.
    public List<String> run(Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        command.add(program.getName());
        Collections.addAll(command, arguments);
        return output();
    }

    /// Returns what the compiler says about a file that uses the library.
    static List<String> compile(Path file, Path output) throws IOException, InterruptedException {
        return tool(
                "javac", "-d", output.toString(), "-cp", classes(TrendFlex.class), file.toString());
    }

    /// Returns what a tool of the JDK prints.
    public static List<String> tool(String name, String... arguments)
            throws IOException, InterruptedException {
        assumeTrue(ToolProvider.findFirst(name).isPresent(), () -> "this Java has no " + name);
        return new Jvm(JDK, name, arguments).output();
    }

    private List<String> output() throws IOException, InterruptedException {
        Process running = process.start();
        running.getOutputStream().close();
        String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        running.waitFor();
        return output.lines().toList();
    }

    /// Returns the folder that a class comes from.
    public static String classes(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        String file = Path.of(URI.create(String.valueOf(type.getResource('/' + name)))).toString();
        return file.substring(0, file.length() - name.length());
    }
}
