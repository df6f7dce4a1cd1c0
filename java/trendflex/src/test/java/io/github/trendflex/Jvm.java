package io.github.trendflex;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A JVM of its own for a program, with the library on its class path or its module path.
///
/// `-Dtrendflex.test.option=OPTION` names an option that every JVM on this machine needs.
public final class Jvm {
    private final List<String> command = new ArrayList<>();
    private final ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);

    private Jvm(String tool, String... options) {
        command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
        Collections.addAll(command, options);
        process.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    }

    public static Jvm withClassPath() {
        return java("-cp", classes(TrendFlex.class) + File.pathSeparator + classes(Jvm.class));
    }

    public static Jvm withModulePath() {
        return java(
                "--module-path",
                classes(TrendFlex.class),
                "--add-modules=io.github.trendflex",
                "-cp",
                classes(Jvm.class));
    }

    private static Jvm java(String... options) {
        Jvm jvm = new Jvm("java", options);
        System.getProperty("trendflex.test.option", "").lines().forEach(jvm::option);
        return jvm;
    }

    public Jvm option(String option) {
        command.add(option);
        return this;
    }

    public Jvm environment(String name, String value) {
        process.environment().put(name, value);
        return this;
    }

    /// What the program prints, its errors included, line by line.
    public List<String> run(Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        command.add(program.getName());
        Collections.addAll(command, arguments);
        return output();
    }

    /// What the compiler says about a file that uses the library.
    static List<String> compile(Path file, Path output) throws IOException, InterruptedException {
        return new Jvm(
                        "javac",
                        "-d",
                        output.toString(),
                        "-cp",
                        classes(TrendFlex.class),
                        file.toString())
                .output();
    }

    private List<String> output() throws IOException, InterruptedException {
        Process running = process.start();
        running.getOutputStream().close();
        String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        running.waitFor();
        return output.lines().toList();
    }

    /// The folder that a class comes from.
    private static String classes(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        String file = Path.of(URI.create(String.valueOf(type.getResource('/' + name)))).toString();
        return file.substring(0, file.length() - name.length());
    }
}
