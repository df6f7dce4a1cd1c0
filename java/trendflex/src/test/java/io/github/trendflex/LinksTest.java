package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Checks that the links between the pages of the documentation, and from them to files, have a
/// target.
@Tag("once")
class LinksTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern CODE =
            Pattern.compile("^ *```.*?^ *```$", Pattern.MULTILINE | Pattern.DOTALL);

    /// A link to a file, a heading or both. Links to the web have a colon and do not match.
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]*)(#[^)\\s]+)?\\)");

    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            for (MatchResult link : LINK.matcher(text(page)).results().toList()) {
                links++;
                if (!leadsSomewhere(page, link.group(1), link.group(2))) {
                    broken.add(ROOT.relativize(page) + ": " + link.group());
                }
            }
        }
        assertTrue(links > 100);
        assertEquals(List.of(), broken);
    }

    private static boolean leadsSomewhere(Path page, String file, String heading)
            throws IOException {
        Path target = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(target)
                && (heading == null
                        || HEADING.matcher(text(target))
                                .results()
                                .map(it -> '#' + anchor(it.group(1)))
                                .anyMatch(heading::equals));
    }

    /// Returns the anchor that GitHub makes of a heading.
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
    }

    private static String text(Path page) throws IOException {
        return CODE.matcher(Files.readString(page)).replaceAll("");
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, docs).filter(it -> it.toString().endsWith(".md")).toList();
        }
    }
}
