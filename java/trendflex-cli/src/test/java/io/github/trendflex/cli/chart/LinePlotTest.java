package io.github.trendflex.cli.chart;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Csv;
import io.github.trendflex.cli.Npy;
import io.github.trendflex.cli.Samples;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is in the pictures that `plot` draws, as far as colours tell. Where prices do not move, a
/// line is at zero from its first value on, which is no spike then that would be cut off.
class LinePlotTest {
    private static final int FIRST_LINE = 0x0072B2;
    private static final int SECOND_LINE = 0xD55E00;
    private static final int LEVEL = 0xB0B0B0;

    @TempDir private Path folder;

    private Path out = Path.of("");

    @BeforeEach
    void nameThePicture() {
        out = folder.resolve("out.png");
    }

    @Test
    void theLineOfAPeriodBeginsBehindItsWarmUp() throws IOException {
        String in = Samples.write(folder.resolve("in.csv"), Csv.of(new double[100]));
        assertEquals(SILENT_SUCCESS, Cli.run("plot", in, "--period=25,50", "-o", out.toString()));
        assertEquals(List.of("in.csv", "out.png"), Samples.names(folder));
        BufferedImage image = ImageIO.read(out.toFile());
        assertEquals(1600, image.getWidth());
        int[] first = columnsWith(FIRST_LINE, image);
        int[] second = columnsWith(SECOND_LINE, image);
        // The values begin at pixel 90 and end before 1600, a bar at every 15 of them.
        assertEquals(90 + 25 * 15, first[0], 10);
        assertEquals(90 + 50 * 15, second[0], 10);
    }

    /// Where the prices do not move, all lines lie upon each other, so that the last one is seen.
    @ParameterizedTest
    @ValueSource(ints = {6, 8, 12})
    void everyLineIsSolidAndHasItsColour(int lines) throws IOException {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(new double[3000]));
        String periods =
                IntStream.rangeClosed(1, lines)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(","));
        assertEquals(
                SILENT_SUCCESS, Cli.run("plot", in, "--period", periods, "-o", out.toString()));
        int color = LinePlot.COLORS.get(lines - 1).getRGB() & 0xFFFFFF;
        int[] columns = columnsWith(color, ImageIO.read(out.toFile()));
        // A mark of the axis takes a column.
        assertTrue(
                IntStream.range(1, columns.length).allMatch(i -> columns[i] - columns[i - 1] <= 2));
        assertEquals(1498, columns[columns.length - 1] - columns[0], 10);
    }

    @Test
    void theLegendHasRoomForTwelveLongPeriods() throws IOException {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(new double[100_100]));
        String periods =
                IntStream.range(100_000, 100_012)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(","));
        assertEquals(
                SILENT_SUCCESS, Cli.run("plot", in, "--period", periods, "-o", out.toString()));
        BufferedImage image = ImageIO.read(out.toFile());
        int leftOfTheTitle = 30;
        assertTrue(
                IntStream.of(image.getRGB(0, 0, leftOfTheTitle, 940, null, 0, leftOfTheTitle))
                        .allMatch(pixel -> pixel == -1));
    }

    @Test
    void zeroHasALine() throws IOException {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(Samples.walk(100)));
        assertEquals(SILENT_SUCCESS, Cli.run("plot", in, "--period=50", "-o", out.toString()));
        BufferedImage image = ImageIO.read(out.toFile());
        int withinTheWarmUp = 90 + 40 * 15;
        int middle = 725;
        assertTrue(
                IntStream.range(middle - 20, middle + 60)
                        .anyMatch(y -> (image.getRGB(withinTheWarmUp, y) & 0xFFFFFF) == LEVEL));
    }

    @Test
    void theFirstSpikeBehindTheWarmUpIsCutOff() throws IOException {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(Samples.walk(2000)));
        assertEquals(SILENT_SUCCESS, Cli.run("plot", in, "--period=50", "-o", out.toString()));
        BufferedImage image = ImageIO.read(out.toFile());
        int[] heights =
                IntStream.range(555, 890)
                        .filter(y ->
                                IntStream.range(400, 1300)
                                        .anyMatch(
                                                x -> (image.getRGB(x, y) & 0xFFFFFF) == FIRST_LINE))
                        .toArray();
        assertTrue(heights[heights.length - 1] - heights[0] > 200, Arrays.toString(heights));
    }

    @Test
    void repeatedPeriodsAreOneLine() throws IOException {
        String in = Samples.write(folder.resolve("in.csv"), Csv.of(Samples.walk(100)));
        Cli.run("plot", in, "--period=20", "-o", out.toString());
        byte[] once = Files.readAllBytes(out);
        assertEquals(
                SILENT_SUCCESS,
                Cli.run("plot", in, "--period", "20", "--period", "20", "-o", out.toString()));
        assertArrayEquals(once, Files.readAllBytes(out));
    }

    @Test
    void aGapInThePricesIsAGapInTheLine() throws IOException {
        double[] prices = Samples.walk(100);
        Arrays.fill(prices, 60, 80, Double.NaN);
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(prices));
        assertEquals(
                SILENT_SUCCESS,
                Cli.run("plot", in, "--nan-policy=skip", "--period=5", "-o", out.toString()));
        int[] columns = columnsWith(FIRST_LINE, ImageIO.read(out.toFile()));
        int gap = 90 + 70 * 15;
        assertTrue(Arrays.stream(columns).noneMatch(x -> Math.abs(x - gap) < 100));
        assertTrue(Arrays.stream(columns).anyMatch(x -> x > gap + 200));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, -1e308, 0x1.0p501})
    void aPriceThatTheLibraryTakesForMissingIsAGap(double price) throws IOException {
        double[] prices = Samples.walk(100);
        Arrays.fill(prices, 60, 62, Double.NaN);
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(prices));
        Cli.run("plot", in, "--period=5", "-o", out.toString());
        byte[] expected = Files.readAllBytes(out);
        Arrays.fill(prices, 60, 62, price);
        Samples.write(folder.resolve("in.npy"), Npy.of(prices));
        assertEquals(0, Cli.run("plot", in, "--period=5", "-o", out.toString()).exitCode());
        assertArrayEquals(expected, Files.readAllBytes(out));
    }

    @Test
    void theLargestPricesAreDrawn() {
        String text = "close\n%s\n%s\n0\n%s\n".formatted(0x1p500, -0x1p500, 0x1p499);
        assertEquals(
                SILENT_SUCCESS,
                Cli.runWithInput(text, "plot", "-", "--period=2", "-o", out.toString()));
    }

    @Test
    void pricesWithoutANameAreCalledPrices() throws IOException {
        String[] plot = {"plot", "-", "--column-index=1", "--period=2", "-o", out.toString()};
        assertEquals(SILENT_SUCCESS, Cli.runWithInput("day,price\na,1\nb,2\nc,4\nd,3\n", plot));
        byte[] expected = Files.readAllBytes(out);
        assertEquals(SILENT_SUCCESS, Cli.runWithInput("day, \na,1\nb,2\nc,4\nd,3\n", plot));
        assertArrayEquals(expected, Files.readAllBytes(out));
    }

    @ParameterizedTest
    @ValueSource(ints = {22, 10_000, 300_000})
    void seriesOfAnyLengthReachBothEnds(int length) throws IOException {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(new double[length]));
        assertEquals(SILENT_SUCCESS, Cli.run("plot", in, "--period=1", "-o", out.toString()));
        int[] columns = columnsWith(FIRST_LINE, ImageIO.read(out.toFile()));
        assertEquals(90 + 1500 / length, columns[0], 20);
        assertEquals(1588 - 1500 / length, columns[columns.length - 1], 20);
    }

    @Test
    void timesStandWhereTheyAre() throws IOException {
        // Ten bars a day apart, and another ten of them ten days later.
        StringBuilder text = new StringBuilder("Date,close\n");
        for (int i = 0; i < 20; i++) {
            text.append("2024-01-%02d,7\n".formatted(i < 10 ? i + 1 : i + 11));
        }
        String in = Samples.write(folder.resolve("in.csv"), text.toString());
        Cli.run("plot", in, "--period=9", "-o", out.toString());
        int[] columns = columnsWith(FIRST_LINE, ImageIO.read(out.toFile()));
        assertEquals(90 + 1500 * 9 / 31, columns[0], 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"time", "DATE", "datetime", "timestamp"})
    void timesThatDescendAreRefusedUnlessTheyShallGiveTheOrder(String name) throws IOException {
        String ascending =
                Samples.write(
                        folder.resolve("in.csv"),
                        name + ",close\n2024-01-01,1\n2024-01-02,2\n2024-01-03,4\n2024-01-04,3\n");
        assertEquals(
                SILENT_SUCCESS, Cli.run("plot", ascending, "--period=2", "-o", out.toString()));
        byte[] expected = Files.readAllBytes(out);
        Files.delete(out);
        String descending =
                Samples.write(
                        folder.resolve("in.csv"),
                        name + ",close\n2024-01-04,3\n2024-01-03,4\n2024-01-02,2\n2024-01-01,1\n");
        assertEquals(
                new Cli.Result(
                        1,
                        "",
                        "trendflex: "
                                + descending
                                + ": lines 2 and 3, column '%s': the times '2024-01-04' and '2024-01-03' descend: say --time "
                                        .formatted(name)
                                + name
                                + "\n"),
                Cli.run("plot", descending, "--period=2", "-o", out.toString()));
        assertEquals(List.of("in.csv"), Samples.names(folder));
        Cli.run("plot", descending, "--period=2", "--time", name, "-o", out.toString());
        assertArrayEquals(expected, Files.readAllBytes(out));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mon tue wed thu", // no times
                "1 mon 2 3", // not all are times
                "1 1 1 1", // no time passes
            })
    void aTimeColumnThatSaysNothingIsNoObstacle(String times) {
        String[] time = times.split(" ", -1);
        String text = "time,close\n%s,5\n%s,5\n%s,5\n%s,5\n".formatted((Object[]) time);
        Cli.Result result = Cli.runWithInput(text, "plot", "-", "--period=2", "-o", out.toString());
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(List.of("out.png"), Samples.names(folder));
    }

    @Test
    void barsAreNumberedWhereOneOfThemHasNoTime() throws IOException {
        String text = "time,close\n1,5\nmon,6\n2,4\n9,5\n";
        String[] plot = {"plot", "-", "--period=2", "-o", out.toString()};
        assertEquals(0, Cli.runWithInput(text, plot).exitCode());
        byte[] picture = Files.readAllBytes(out);
        assertEquals(SILENT_SUCCESS, Cli.runWithInput(text.replace("time", "note"), plot));
        assertArrayEquals(Files.readAllBytes(out), picture);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "close;1;2;3 | 20  | 1 | standard input: column 'close': period = 20, length = 3: ",
                "close       | 20  | 1 | standard input: column 'close': length = 0: there are no prices",
                "date,close  | 20  | 1 | standard input: column 'close': length = 0: there are no prices",
                "close;1;2;3 | 1,2,3,4,5,6,7,8,9,10,11,12,13 | 2 | 13 periods: 12 lines can be told apart",
                "close;1;2;3 | 0   | 2 | period = 0: a period is at least 1",
                "close;1;2;3 | 1,x | 2 | Invalid value for option '--period'",
            })
    void whatCannotBeDrawnIsOneLineAndNoPicture(
            String lines, String periods, int exitCode, String message) {
        Cli.Result result =
                Cli.runWithInput(
                        lines.replace(';', '\n') + "\n",
                        "plot",
                        "-",
                        "--period",
                        periods,
                        "-o",
                        out.toString());
        assertEquals(exitCode, result.exitCode());
        assertTrue(result.err().startsWith("trendflex: " + message), result.err());
        assertEquals(1, result.err().lines().count());
        assertEquals(List.of(), Samples.names(folder));
    }

    /// The columns in which the lower chart has a pixel of the colour, its legend not counted.
    private static int[] columnsWith(int color, BufferedImage image) {
        return IntStream.range(0, image.getWidth())
                .filter(x ->
                        IntStream.range(x < 1300 ? 555 : 610, image.getHeight())
                                .anyMatch(y -> (image.getRGB(x, y) & 0xFFFFFF) == color))
                .toArray();
    }
}
