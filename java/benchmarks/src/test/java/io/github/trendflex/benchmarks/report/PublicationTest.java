package io.github.trendflex.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.benchmarks.report.FirstValue.Millis;
import io.github.trendflex.benchmarks.report.FirstValue.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path DOCS = ROOT.resolve("docs/reference");
    private static final Report PUBLISHED = Report.read(DOCS.resolve(Publication.FIGURES));

    private static final Headline REACHED = new Headline(6, 6, 3, 1.01, 1.02);

    @Test
    void thePagesAreMadeOfThePublishedFigures() throws IOException {
        assertEquals(
                Files.readString(DOCS.resolve(Publication.PAGE)),
                Page.of(PUBLISHED),
                "make it again: scripts/bench page");
        assertEquals(
                Files.readString(DOCS.resolve(Publication.CAPACITY)),
                Capacity.of(PUBLISHED),
                "make it again: scripts/bench page");
    }

    @Test
    void theReadmeStatesThePublishedFigures() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertEquals(
                readme,
                Publication.updated(readme, PUBLISHED),
                "make it again: scripts/bench page");
        assertTrue(readme.contains(Page.summary(PUBLISHED)));
    }

    @Test
    void theHeadlineFollowsFromTheResults() {
        Report again =
                Report.of(
                        PUBLISHED.date(),
                        PUBLISHED.machine(),
                        PUBLISHED.results(),
                        PUBLISHED.firstValue());
        assertEquals(again.headline(), PUBLISHED.headline());
    }

    @Test
    void theWholeOfTheMeasurementIsPublished() {
        for (String work : List.of("single", "batch", "many series", "stream", "bank")) {
            assertFalse(PUBLISHED.of(work).isEmpty(), work);
        }
        assertNotNull(PUBLISHED.firstValue());
        for (String periods : List.of(Report.SWEEP, Report.LARGE_SWEEP)) {
            assertFalse(PUBLISHED.of("batch", Report.MILLION, periods, 1).isEmpty(), periods);
        }
    }

    @Test
    void figuresAreReadAsTheyWereWritten(@TempDir Path directory) throws IOException {
        Publication.write(PUBLISHED, directory);
        assertEquals(PUBLISHED, Report.read(directory.resolve(Publication.FIGURES)));
        for (String picture : List.of(Pictures.SIZES, Pictures.SINGLE, Pictures.BATCH)) {
            assertTrue(Files.size(directory.resolve(picture)) > 0, picture);
            assertTrue(Files.exists(DOCS.resolve(picture)), picture);
        }
    }

    @Test
    void aTargetThatIsNotReachedIsExplained() {
        String missed = Page.of(withHeadline(new Headline(5.9, 5.9, 2.9, 1.02, 1.03)));
        assertEquals(5, count(missed, "**not reached**"));
        assertTrue(missed.contains("### Why not six times `vector-ta`"));
        assertTrue(missed.contains("### Why not three times plain Java"));
        assertTrue(missed.contains("| +2.0 % | ≤ 1.0 % |"));

        String reached = Page.of(withHeadline(REACHED));
        assertEquals(0, count(reached, "**not reached**"));
        assertFalse(reached.contains("### Why not"));
    }

    @Test
    void aFirstValueThatTakesTooLongIsNotReached() {
        assertEquals(2, count(Page.of(withFirstValue(141, 10.1)), "**not reached**"));
        assertEquals(0, count(Page.of(withFirstValue(140, 10)), "**not reached**"));
    }

    private static Report withFirstValue(double value, double stream) {
        Millis process = new Millis(200, 200);
        return withHeadline(REACHED)
                .withFirstValue(
                        new FirstValue(
                                PUBLISHED.date(),
                                PUBLISHED.machine(),
                                1,
                                List.of(
                                        new Program(
                                                FirstValue.TRENDFLEX,
                                                process,
                                                new Millis(value, value),
                                                new Millis(stream, stream)),
                                        new Program(
                                                FirstValue.BY_HAND,
                                                process,
                                                new Millis(100, 100),
                                                null))));
    }

    /// Returns a report without a first value.
    private static Report withHeadline(Headline headline) {
        return new Report(
                PUBLISHED.date(),
                PUBLISHED.machine(),
                headline,
                PUBLISHED.review(),
                PUBLISHED.results(),
                null);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
