package io.github.trendflex.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.benchmarks.arms.JavaEngineArms;
import io.github.trendflex.benchmarks.arms.OwnArms;
import io.github.trendflex.benchmarks.arms.RustArms;
import io.github.trendflex.benchmarks.report.FirstValue.Millis;
import io.github.trendflex.benchmarks.report.FirstValue.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path DOCS = ROOT.resolve("docs/reference");
    private static final Report PUBLISHED = Report.read(DOCS.resolve(Publication.FIGURES));

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
        for (int bars : List.of(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000, 10_022_400)) {
            assertFalse(PUBLISHED.of("single", bars, "20", 1).isEmpty(), bars + " prices");
        }
        for (int bars : List.of(1_000, 5_000, 20_000, 100_000)) {
            assertFalse(PUBLISHED.of("batch", bars, Report.SWEEP, 1).isEmpty(), bars + " prices");
        }
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
        Report missed = withOurs(1000, 2);
        assertEquals(Goals.of(missed).size(), count(Page.of(missed), "**not reached**"));
        assertTrue(Page.of(missed).contains("### What falls short, and why"));
        for (Goals.Goal goal : Goals.of(missed)) {
            assertTrue(inOneLine(Page.of(missed)).contains(inOneLine(goal.cause())), goal.what());
        }

        String reached = Page.of(withOurs(0.001, 1));
        assertEquals(0, count(reached, "**not reached**"));
        assertFalse(reached.contains("What falls short"));
    }

    @Test
    void aFigureThatIsWrittenAsWantedIsReached() {
        assertEquals(0, count(Page.of(withOurs(0.001, 1.0549)), "**not reached**"));
        assertEquals(1, count(Page.of(withOurs(0.001, 1.0551)), "**not reached**"));
    }

    @Test
    void theLengthAtWhichAFigureIsWorstIsNamed() {
        Report report =
                Report.of(
                        PUBLISHED.date(),
                        PUBLISHED.machine(),
                        PUBLISHED.results().stream()
                                .map(it ->
                                        it.arm().equals(OwnArms.ARRAY) && it.bars() == 2_500
                                                ? with(it, 9, 9)
                                                : it)
                                .toList(),
                        null);
        String goal =
                "| 1,000 prices and more, at worst (2,500): an array's time over a segment's |";
        assertTrue(Page.of(report).contains(goal + " 9.00 | ≤ 1.05 | **not reached** |"));
        assertFalse(Page.of(PUBLISHED).contains(goal));
    }

    @Test
    void aFirstValueThatTakesTooLongIsNotReached() {
        assertEquals(3, count(Page.of(withFirstValue(141, 10.1, 215.1)), "**not reached**"));
        assertEquals(0, count(Page.of(withFirstValue(140, 10, 215)), "**not reached**"));
    }

    private static Report withFirstValue(double value, double stream, double onlyStreams) {
        return withOurs(0.001, 1)
                .withFirstValue(
                        new FirstValue(
                                PUBLISHED.date(),
                                PUBLISHED.machine(),
                                1,
                                List.of(
                                        program(
                                                FirstValue.TRENDFLEX,
                                                200,
                                                millis(value),
                                                millis(stream)),
                                        program(FirstValue.STREAM, onlyStreams, millis(1), null),
                                        program(FirstValue.BY_HAND, 200, millis(100), null),
                                        program(FirstValue.NOTHING, 200, null, null))));
    }

    private static Program program(
            String name, double process, @Nullable Millis value, @Nullable Millis stream) {
        return new Program(name, millis(process), value, stream);
    }

    private static Millis millis(double millis) {
        return new Millis(millis, millis);
    }

    /// Returns a report without a first value, of a TrendFlex that is slower beside all others than
    /// what is published.
    ///
    /// @param slower how many times slower
    /// @param array how many times as long it takes over an array as over a segment
    private static Report withOurs(double slower, double array) {
        return Report.of(
                PUBLISHED.date(),
                PUBLISHED.machine(),
                PUBLISHED.results().stream()
                        .map(it ->
                                switch (it.arm()) {
                                    case OwnArms.SEGMENT, OwnArms.STREAM, OwnArms.BANK ->
                                            with(it, 1.9 * slower, 1);
                                    case OwnArms.ARRAY -> with(it, 1, array);
                                    case OwnArms.AVX2, RustArms.NAME, JavaEngineArms.NAME ->
                                            with(it, 1, slower > 1 ? 0.5 : 1);
                                    default -> with(it, 1, it.timesOurs().median() / slower);
                                })
                        .toList(),
                null);
    }

    private static Result with(Result it, double ns, double timesOurs) {
        return new Result(
                it.work(),
                it.arm(),
                it.series(),
                it.bars(),
                it.periods(),
                it.threads(),
                it.rounds(),
                new Result.NsPerOutput(ns, ns, ns),
                new Result.TimesOurs(timesOurs, timesOurs));
    }

    private static String inOneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
