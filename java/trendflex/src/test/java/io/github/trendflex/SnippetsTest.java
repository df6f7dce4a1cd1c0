package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checks that the code in the documentation compiles.
@Tag("once")
class SnippetsTest {
    private static final Path ROOT = Path.of("../..");

    private static final Pattern MARKDOWN =
            Pattern.compile("^```java\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /// A snippet, which ends at a brace on a line of its own with an empty line after it.
    private static final Pattern SNIPPET =
            Pattern.compile(
                    "^/// \\{@snippet :\\R(.*?)^/// }\\R///$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void snippetsCompile(@TempDir Path directory) throws IOException, InterruptedException {
        List<String> snippets = snippets();
        assertFalse(snippets.isEmpty());
        StringBuilder program =
                new StringBuilder(
                        """
                        import io.github.trendflex.*;
                        import java.lang.foreign.*;
                        import java.nio.*;
                        import java.nio.channels.*;
                        import java.nio.channels.FileChannel.MapMode;
                        import java.nio.file.*;
                        import java.util.*;
                        import java.util.concurrent.atomic.*;
                        import static java.nio.file.StandardOpenOption.*;

                        class Snippets {
                        MemorySegment prices, out;
                        """);
        for (String snippet : snippets) {
            program.append(
                    "void snippet%d(double[] closes, double[] history, double price) throws Exception {%n%s}%n"
                            .formatted(program.length(), snippet));
        }
        Path file = Files.writeString(directory.resolve("Snippets.java"), program + "}\n");
        assertEquals(List.of(), Jvm.compile(file, directory));
    }

    /// Users' builds have to name the version that this build installs.
    @Test
    void dependenciesHaveTheVersionOfThisBuild() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        String version =
                Pattern.compile("<version>(.*?)</version>")
                        .matcher(pom)
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group(1);
        List<String> named =
                Pattern.compile(
                                "(?:io\\.github\\.trendflex:trendflex:|<version>|trendflex/target/trendflex-)"
                                        + "(\\d.*?)(?:\"|</version>|\\.jar)")
                        .matcher(
                                Files.readString(ROOT.resolve("README.md"))
                                        + Files.readString(ROOT.resolve("docs/tutorial.md")))
                        .results()
                        .map(name -> name.group(1))
                        .toList();
        assertEquals(List.of(version, version, version), named);
    }

    private static List<String> snippets() throws IOException {
        List<String> snippets = new ArrayList<>();
        collect(SNIPPET, Path.of("src/main/java/io/github/trendflex"), "*.java", snippets);
        // Other pages are about other modules, whose examples are tested.
        collect(MARKDOWN, ROOT.resolve("docs/how-to"), "{java,troubleshooting}.md", snippets);
        collect(MARKDOWN, ROOT, "README.md", snippets);
        return snippets;
    }

    private static void collect(
            Pattern pattern, Path directory, String names, List<String> snippets)
            throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, names)) {
            for (Path file : files) {
                pattern.matcher(Files.readString(file))
                        .results()
                        .map(snippet -> snippet.group(1).replaceAll("(?m)^///", ""))
                        .forEach(snippets::add);
            }
        }
    }
}
