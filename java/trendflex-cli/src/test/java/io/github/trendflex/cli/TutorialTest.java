package io.github.trendflex.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The programs of `docs/tutorial.md`, run as it says, print what it shows.
@Timeout(60)
class TutorialTest {
    /// A program, and in the next block of text its output.
    private static final Pattern PROGRAM =
            Pattern.compile(
                    "^```java\\R(.*?)^```$.*?^```text\\R(.*?)^```$",
                    Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir private Path folder;

    @Test
    void programsPrintWhatThePageShows() throws IOException, InterruptedException {
        assertEquals(
                Cli.Result.SILENT_SUCCESS,
                Cli.run("sample", "-o", folder.resolve("prices.csv").toString()));
        String page = Files.readString(Path.of("../../docs/tutorial.md"));
        List<MatchResult> programs = PROGRAM.matcher(page).results().toList();
        assertEquals(3, programs.size());
        for (MatchResult program : programs) {
            assertEquals(program.group(2), output(program.group(1)));
        }
    }

    private String output(String program) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("Program.java"), program);
        Process java =
                Jvm.of("Program.java").directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, java.waitFor(), output);
        return output;
    }
}
