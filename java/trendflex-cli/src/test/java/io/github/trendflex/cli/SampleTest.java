package io.github.trendflex.cli;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The built-in sample: what is in it, and that it stands in for a file.
class SampleTest {
    private static final String TEXT = Cli.run("sample").out();

    /// The pixels above the first axis.
    private static final int TITLE = 36;

    @TempDir private Path folder;

    @Test
    void theSampleIsTheSameEverywhere() throws NoSuchAlgorithmException {
        String begin =
                """
                time,open,high,low,close,volume
                2016-01-04,99.76,100.19,99.25,99.25,769792
                2016-01-05,99.04,99.26,97.92,97.97,925301
                """;
        assertEquals(begin, TEXT.lines().limit(3).collect(Collectors.joining("\n", "", "\n")));
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(TEXT.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "70873b928187ba2632bedcd52b0007d9009923e00e64f7df96d66e0b331c0dad",
                HexFormat.of().formatHex(hash));
    }

    @Test
    void everyRowIsABarOfALaterDay() {
        List<String> rows = TEXT.lines().skip(1).toList();
        assertEquals(2600, rows.size());
        LocalDate before = LocalDate.MIN;
        for (String row : rows) {
            String[] fields = row.split(",", -1);
            LocalDate day = LocalDate.parse(fields[0]);
            assertTrue(day.isAfter(before), row);
            before = day;
            String prices = String.join(" ", Arrays.asList(fields).subList(1, 5));
            assertTrue(prices.matches("(\\d+\\.\\d\\d ?){4}"), row);
            double[] bar = Csv.row(row);
            assertTrue(bar[1] >= Math.max(bar[0], bar[3]), row);
            assertTrue(bar[2] <= Math.min(bar[0], bar[3]), row);
            assertTrue(bar[2] > 0, row);
            assertTrue(bar[4] > 0, row);
        }
    }

    @Test
    void aFileHoldsWhatStandardOutputShows() throws IOException {
        Path file = folder.resolve("sample.csv");
        Path compressed = folder.resolve("sample.csv.gz");
        assertEquals(SILENT_SUCCESS, Cli.run("sample", "-o", file.toString()));
        assertEquals(SILENT_SUCCESS, Cli.run("sample", "-o", compressed.toString()));
        assertEquals(TEXT, Files.readString(file));
        try (GZIPInputStream in = new GZIPInputStream(new FileInputStream(compressed.toFile()))) {
            assertEquals(TEXT, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertEquals(List.of("sample.csv", "sample.csv.gz"), Samples.names(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compute IN",
                "compute IN --period=50 --column=high --column=low",
                "compute --time=time --column-index=1 IN",
                "batch IN --periods=20:80:30",
            })
    void theSampleStandsInForAFile(String arguments) {
        String file = Samples.write(folder.resolve("s.csv"), TEXT);
        Cli.Result expected = Cli.run(arguments(arguments, file));
        assertEquals(0, expected.exitCode(), expected.err());
        assertEquals(expected, Cli.run(arguments(arguments, "--sample")));
    }

    @ParameterizedTest
    @CsvSource({
        "compute IN -o OUT, npy",
        "compute IN -o OUT, csv",
        "batch IN --periods=20:30 -o OUT, npy",
    })
    void soItDoesWhereTheResultIsAFile(String arguments, String format) throws IOException {
        String file = Samples.write(folder.resolve("s.csv"), TEXT);
        assertArrayEquals(result(arguments, file, format), result(arguments, "--sample", format));
    }

    @Test
    void picturesOfTheSampleDifferFromThoseOfAFileInTheirTitleAlone() throws IOException {
        String file = Samples.write(folder.resolve("s.csv"), TEXT);
        for (String arguments :
                List.of(
                        "plot IN --period=20,50 -o OUT",
                        "batch IN --periods=20:25 --heatmap OUT")) {
            BufferedImage expected = picture(arguments, file);
            BufferedImage actual = picture(arguments, "--sample");
            int width = expected.getWidth();
            int height = expected.getHeight() - TITLE;
            assertArrayEquals(
                    expected.getRGB(0, TITLE, width, height, null, 0, width),
                    actual.getRGB(0, TITLE, width, height, null, 0, width));
        }
    }

    @Test
    void aStreamOfTheSampleTakesItsCloses() {
        String closes =
                TEXT.lines()
                        .skip(1)
                        .map(row -> row.split(",", -1)[4] + "\n")
                        .collect(Collectors.joining());
        Cli.Result expected = Cli.runWithInput(closes, "stream", "--period=7");
        assertEquals(2600, expected.out().lines().count());
        assertEquals(expected, Cli.runWithInput("5\n", "stream", "--sample", "--period=7"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compute             | Missing required parameter: 'IN', or --sample to try without a file; see trendflex compute --help",
                "plot -o out.png     | Missing required parameter: 'IN', or --sample to try without a file; see trendflex plot --help",
                "plot                | Missing required option: '--output=FILE', and 'IN', or --sample to try without a file; see trendflex plot --help",
                "plot --sample       | Missing required option: '--output=FILE'; see trendflex plot --help",
                "plot -o             | Missing required parameter for option '--output' (FILE); see trendflex plot --help",
                "compute --sample -  | IN and --sample exclude each other",
                "compute a.csv b.csv --sample -o . | IN and --sample exclude each other",
                "batch a.csv --periods=1:2 --sample | IN and --sample exclude each other",
                "compute --sample -o . | the sample has no name for a result in .",
                "sample -o out.npy   | out.npy: the sample is CSV: its name must end in .csv or .csv.gz",
                "sample in.csv       | Unmatched argument at index 1: 'in.csv'; see trendflex sample --help",
            })
    void wrongUsageIsOneLine(String arguments, String message) {
        assertEquals(
                new Cli.Result(2, "", "trendflex: " + message + "\n"),
                Cli.run(arguments.split(" ", -1)));
    }

    @Test
    void messagesNameTheSample() {
        String columns = "[time, open, high, low, close, volume]";
        assertEquals(
                new Cli.Result(
                        1,
                        "",
                        "trendflex: the sample: there is no column 'bid': say --column NAME, one of "
                                + columns
                                + "\n"),
                Cli.run("compute", "--sample", "--column=bid"));
    }

    private byte[] result(String arguments, String in, String format) throws IOException {
        Path out = folder.resolve("out." + format);
        String[] called = arguments(arguments.replace("OUT", out.toString()), in);
        assertEquals(SILENT_SUCCESS, Cli.run(called));
        byte[] bytes = Files.readAllBytes(out);
        Files.delete(out);
        return bytes;
    }

    private BufferedImage picture(String arguments, String in) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(result(arguments, in, "png")));
    }

    private static String[] arguments(String line, String in) {
        return Arrays.stream(line.split(" ", -1))
                .map(argument -> argument.equals("IN") ? in : argument)
                .toArray(String[]::new);
    }
}
