package io.github.trendflex.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A JVM with the class path of this one.
final class Jvm {
    private Jvm() {}

    /// Prepares one without the options that a user may have set for all.
    ///
    /// @param program a class or a source file
    static ProcessBuilder of(String program, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program));
        command.addAll(List.of(arguments));
        ProcessBuilder jvm = new ProcessBuilder(command);
        jvm.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return jvm;
    }
}
