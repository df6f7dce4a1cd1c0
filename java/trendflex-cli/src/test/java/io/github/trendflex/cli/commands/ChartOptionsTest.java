package io.github.trendflex.cli.commands;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Npy;
import io.github.trendflex.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The options that say what is in a picture.
class ChartOptionsTest {
    /// A bar every six hours from 2023-12-01 on: the year 2024 begins with bar 124.
    private static final int BARS = 400;

    private static final LocalDateTime FIRST = LocalDateTime.of(2023, 12, 1, 0, 0);

    @TempDir private Path folder;

    private String timed = "";
    private String numbered = "";

    @BeforeEach
    void writePrices() {
        double[] prices = Samples.walk(BARS);
        numbered = Samples.write(folder.resolve("in.npy"), Npy.of(prices));
        timed =
                Samples.write(
                        folder.resolve("in.csv"),
                        IntStream.range(0, BARS)
                                .mapToObj(i -> FIRST.plusHours(6L * i) + "," + prices[i] + "\n")
                                .collect(Collectors.joining("", "time,close\n", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "--from=2024, --last=276",
        "--from=2023-12-31T23:59, --last=276",
        "--from=2024-01-01T00:00:00, --last=276",
        "--from='2024-01-01 00:01', --last=275",
        "--to=2023, --to=2023-12-31",
        "--to=2023-12, --to=2023-12-31T18:00",
        "--to=2023-12-31 --last=4, --from=2023-12-31 --to=2023-12-31T23:59:59",
        "--from=1700, --last=1000",
        "--to=2999, --from=2023",
    })
    void timesChooseTheBars(String one, String other) throws IOException {
        assertSamePicture(timed, one.replace("'", ""), other);
    }

    @ParameterizedTest
    @CsvSource({
        "--from=124, --last=276",
        "--to=123 --last=10, --from=114 --to=123",
        "--to=9223372036854775806, --from=-7",
    })
    void numbersChooseTheBarsWhereThereAreNoTimes(String one, String other) throws IOException {
        assertSamePicture(numbered, one, other);
    }

    @Test
    void allBarsAreComputed() throws IOException {
        String[] rows = Files.readString(Path.of(timed)).split("\n", -1);
        Path part = Files.createDirectory(folder.resolve("part")).resolve("in.csv");
        String kept =
                rows[0] + "\n" + String.join("\n", Arrays.copyOfRange(rows, 301, rows.length));
        Samples.write(part, kept);
        assertFalse(
                Arrays.equals(
                        picture(timed, "--last=100"), picture(part.toString(), "--last=100")));
    }

    @Test
    void theTitleIsTheNameOfTheFileWithoutItsFolder() throws IOException {
        byte[] picture = picture(timed);
        Path moved = Files.createDirectory(folder.resolve("other")).resolve("in.csv");
        Files.move(Path.of(timed), moved);
        assertArrayEquals(picture, picture(moved.toString()));
        assertArrayEquals(picture, picture(moved.toString(), "--title=in.csv"));
        assertFalse(Arrays.equals(picture, picture(moved.toString(), "--title=Else")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plot CSV --last=5 --from=2024 | 2 | --last and --from exclude each other",
                "plot CSV --last=0 | 2 | --last 0: at least 1 bar",
                "plot CSV --from=1.1.2024 | 2 | --from 1.1.2024: not a time like 2024, 2024-03, 2024-03-01, 2024-03-01T09:30 or 2024-03-01T09:30:00",
                "plot CSV --to=2024-13 | 2 | --to 2024-13: not a time like 2024, 2024-03, 2024-03-01, 2024-03-01T09:30 or 2024-03-01T09:30:00",
                "plot NPY --to=2024-01 | 2 | --to 2024-01: there are no times, and this is not the number of a bar, as 0 is of the first",
                "plot CSV --from=2025 | 1 | CSV: no bar is in the picture: the first is at 2023-12-01T00:00:00Z and the last at 2024-03-09T18:00:00Z",
                "plot NPY --from=5 --to=4 | 1 | NPY: no bar is in the picture: the first is bar 0 and the last bar 399",
                "batch CSV --periods=5:9 --last=5 | 2 | --title, --last, --from and --to are about the picture of --heatmap",
            })
    void whatCannotBeDrawnIsRefused(String command, int exitCode, String message) {
        String[] words =
                Stream.of(command.split(" ", -1))
                        .map(word -> word.replace("CSV", timed).replace("NPY", numbered))
                        .toArray(String[]::new);
        String[] arguments =
                Stream.concat(
                                Stream.of(words),
                                words[0].equals("plot")
                                        ? Stream.of("-o", folder.resolve("out.png").toString())
                                        : Stream.of())
                        .toArray(String[]::new);
        String expected = message.replace("CSV", timed).replace("NPY", numbered);
        assertEquals(
                new Cli.Result(exitCode, "", "trendflex: " + expected + "\n"), Cli.run(arguments));
        assertEquals(List.of("in.csv", "in.npy"), Samples.names(folder));
    }

    @Test
    void aYearIsNotTheNumberOfABarWhereTheTimesAreUnclear() {
        String unclear =
                Samples.write(
                        folder.resolve("unclear.csv"),
                        "date,close\n" + "01/02/2024,5\n".repeat(3000));
        assertEquals(
                new Cli.Result(
                        1,
                        "",
                        "trendflex: %s: --from 2024: not all times of the bars are known: line 2, column 'date': '01/02/2024' may have the day or the month first: say --time-format dmy or --time-format mdy\n"
                                .formatted(unclear)),
                Cli.run(
                        "plot",
                        unclear,
                        "--from=2024",
                        "-o",
                        folder.resolve("out.png").toString()));
        assertEquals(List.of("in.csv", "in.npy", "unclear.csv"), Samples.names(folder));
    }

    private void assertSamePicture(String in, String one, String other) throws IOException {
        byte[] picture = picture(in, options(one));
        assertArrayEquals(picture, picture(in, options(other)));
        if (!one.endsWith("2999") && !one.contains("1700") && !one.endsWith("806")) {
            assertFalse(Arrays.equals(picture, picture(in)));
        }
    }

    private static String[] options(String text) {
        return text.split(" (?=--)", -1);
    }

    /// What `plot` and `batch --heatmap` draw, one behind the other.
    private byte[] picture(String in, String... options) throws IOException {
        Path plot = folder.resolve("plot.png");
        Path map = folder.resolve("map.png");
        assertEquals(SILENT_SUCCESS, run(options, "plot", in, "-o", plot.toString()));
        assertEquals(
                SILENT_SUCCESS,
                run(options, "batch", in, "--periods=20:25", "--heatmap", map.toString()));
        byte[] first = Files.readAllBytes(plot);
        byte[] second = Files.readAllBytes(map);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Cli.Result run(String[] options, String... command) {
        return Cli.run(
                Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new));
    }
}
