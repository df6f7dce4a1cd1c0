package io.github.trendflex.cli.chart;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Npy;
import io.github.trendflex.cli.Samples;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `batch --heatmap` draws: prices that rise and then fall, at the periods 1 to 50.
class HeatMapTest {
    private static final int GREY = 0xC4C4C4;
    private static final int LEFT = 90;
    private static final int RIGHT = 1440;
    private static final int TOP = 60;
    private static final int BOTTOM = 835;

    @TempDir private Path folder;

    private String in = "";
    private Path out = Path.of("");

    @BeforeEach
    void writePrices() {
        double[] prices =
                IntStream.range(0, 200)
                        .mapToDouble(bar -> bar < 100 ? 100 + bar : 300 - bar)
                        .toArray();
        in = Samples.write(folder.resolve("in.npy"), Npy.of(prices));
        out = folder.resolve("out.png");
    }

    @Test
    void risingIsRedFallingIsBlueAndWarmUpIsGrey() throws IOException {
        assertEquals(
                SILENT_SUCCESS,
                Cli.run("batch", in, "--periods=1:50", "--heatmap", out.toString()));
        assertEquals(List.of("in.npy", "out.png"), Samples.names(folder));
        BufferedImage image = ImageIO.read(out.toFile());
        for (int y : new int[] {TOP, 400, BOTTOM}) {
            assertTrue(red(at(0.4, y, image)) > blue(at(0.4, y, image)));
            assertTrue(red(at(0.9, y, image)) < blue(at(0.9, y, image)));
        }
        // 50 of 200 bars have no value at the largest period, which is at the top.
        assertEquals(GREY, at(0.23, TOP, image));
        assertTrue(GREY != at(0.27, TOP, image));
        assertTrue(GREY != at(0.1, BOTTOM, image));
    }

    @Test
    void theOrderOfThePeriodsDoesNotMatter() throws IOException {
        Cli.run("batch", in, "--periods=1:49:3", "--heatmap", out.toString());
        byte[] ascending = Files.readAllBytes(out);
        Cli.run("batch", in, "--periods=49:1:3", "--heatmap", out.toString());
        assertArrayEquals(ascending, Files.readAllBytes(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.csv.gz", "out.npy"})
    void aResultMayBeWrittenToo(String name) throws IOException {
        Cli.run("batch", in, "--periods=1:50", "--heatmap", out.toString());
        byte[] picture = Files.readAllBytes(out);
        Path result = folder.resolve(name);
        Cli.run("batch", in, "--periods=1:50", "-o", result.toString());
        byte[] values = Files.readAllBytes(result);
        Files.delete(out);
        Files.delete(result);
        assertEquals(
                SILENT_SUCCESS,
                Cli.run(
                        "batch",
                        in,
                        "--periods=1:50",
                        "--heatmap",
                        out.toString(),
                        "-o",
                        result.toString()));
        assertArrayEquals(picture, Files.readAllBytes(out));
        assertArrayEquals(values, Files.readAllBytes(result));
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.npy"})
    void timesGiveTheOrderOfTheBarsWhereverTheRowsStand(String name) throws IOException {
        List<String> rows =
                IntStream.range(0, 200)
                        .mapToObj(bar ->
                                "%s,%d\n"
                                        .formatted(
                                                LocalDate.EPOCH.plusDays(bar),
                                                bar < 100 ? 100 + bar : 300 - bar))
                        .toList();
        Path csv = folder.resolve("in.csv");
        String[] batch = {
            "batch",
            csv.toString(),
            "--periods=1:50",
            "--time=date",
            "--heatmap",
            out.toString(),
            "-o",
            folder.resolve(name).toString()
        };
        Samples.write(csv, "date,close\n" + String.join("", rows));
        assertEquals(SILENT_SUCCESS, Cli.run(batch));
        byte[] ascending = Files.readAllBytes(out);
        Samples.write(csv, "date,close\n" + String.join("", rows.reversed()));
        assertEquals(SILENT_SUCCESS, Cli.run(batch));
        assertArrayEquals(ascending, Files.readAllBytes(out));
    }

    @Test
    void manyMorePeriodsAndBarsThanPixelsAreDrawn() throws IOException {
        String many = Samples.write(folder.resolve("in.npy"), Npy.of(Samples.walk(20_000)));
        assertEquals(
                SILENT_SUCCESS,
                Cli.run("batch", many, "--periods=1:1500", "--heatmap", out.toString()));
        BufferedImage image = ImageIO.read(out.toFile());
        assertEquals(GREY, at(0.07, TOP, image));
        assertTrue(GREY != at(0.5, TOP, image));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:200", "200:1"})
    void pricesThatAreTooFewLeaveNoPicture(String periods) {
        Cli.Result result = Cli.run("batch", in, "--periods", periods, "--heatmap", out.toString());
        assertEquals(1, result.exitCode());
        assertTrue(result.err().startsWith("trendflex: " + in + ": period = 200"), result.err());
        assertEquals(List.of("in.npy"), Samples.names(folder));
    }

    @Test
    void aPictureThatCannotBeWrittenIsKnownBeforeTheBatch() {
        Path nowhere = folder.resolve("nowhere").resolve("out.png");
        assertEquals(
                new Cli.Result(1, "", "trendflex: " + nowhere + ": no such file or directory\n"),
                Cli.run("batch", in, "--periods=1:50", "-o", "-", "--heatmap", nowhere.toString()));
    }

    private static int at(double share, int y, BufferedImage image) {
        return image.getRGB((int) (LEFT + share * (RIGHT - LEFT)), y) & 0xFFFFFF;
    }

    private static int red(int color) {
        return color >> 16;
    }

    private static int blue(int color) {
        return color & 0xFF;
    }
}
