package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

@Tag("once")
class TroubleshootingTest {
    /// The first line of a message, with `%s` for the parts that differ.
    private static final Pattern MESSAGE =
            Pattern.compile(
                    "new (?:TrendFlexLibraryException|LoadFailure)\\((?:[^\",]*Kind\\.\\w+,)?\\s*\"+\\s*([^\"\\n]+)");

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)\\.(\\w+)`");

    @Test
    void everyErrorOfTheNativeLibraryIsAHeading() throws IOException {
        List<String> headings =
                Files.readAllLines(Path.of("../../docs/how-to/troubleshooting.md")).stream()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3))
                        .toList();
        List<String> messages = messages();
        assertFalse(messages.isEmpty());
        assertEquals(
                List.of(),
                messages.stream()
                        .filter(message -> headings.stream().noneMatch(beginsLike(message)))
                        .toList());
    }

    /// The table names its tests as `Class.method`.
    @Test
    void everyRowOfTheTableNamesItsTests() throws IOException {
        List<String> rows =
                Files.readAllLines(Path.of("../../docs/how-to/troubleshooting.md")).stream()
                        .dropWhile(line -> !line.startsWith("| What happens"))
                        .skip(2)
                        .takeWhile(line -> line.startsWith("|"))
                        .toList();
        assertTrue(rows.size() > 20, rows::toString);
        assertEquals(List.of(), rows.stream().filter(row -> !namesATest(row)).toList());
    }

    private static boolean namesATest(String row) {
        List<MatchResult> tests = TEST.matcher(row).results().toList();
        return !tests.isEmpty()
                && tests.stream().allMatch(test -> isTest(test.group(1), test.group(2)));
    }

    private static boolean isTest(String type, String method) {
        try {
            return Stream.of(
                            Class.forName("io.github.trendflex.internal.load." + type)
                                    .getDeclaredMethods())
                    .filter(any -> any.getName().equals(method))
                    .anyMatch(any -> AnnotationSupport.isAnnotated(any, Testable.class));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Predicate<String> beginsLike(String message) {
        String pattern =
                Stream.of(message.strip().split("%s", -1))
                        .map(Pattern::quote)
                        .reduce((before, after) -> before + ".+" + after)
                        .orElseThrow();
        return Pattern.compile(pattern).asPredicate();
    }

    private static List<String> messages() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String folder : List.of("", "internal/load")) {
            try (Stream<Path> files =
                    Files.list(Path.of("src/main/java/io/github/trendflex", folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    sources.append(Files.readString(file));
                }
            }
        }
        return MESSAGE.matcher(sources)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
