package io.github.trendflex.cli.commands;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static io.github.trendflex.cli.Samples.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Csv;
import io.github.trendflex.cli.Npy;
import io.github.trendflex.cli.Samples;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchCommandTest {
    private static final double[] PRICES = Samples.walk(300);

    @TempDir private Path folder;

    private String in = "";

    @BeforeEach
    void writePrices() {
        in = Samples.write(folder.resolve("in.npy"), Npy.of(PRICES));
    }

    @Test
    void threadsChangeNoBit() {
        String expected = Cli.run("batch", in, "--periods=20:40").out();
        assertEquals(expected, Cli.run("batch", in, "--periods=20:40", "--threads=1").out());
        assertEquals(expected, Cli.run("batch", in, "--periods=20:40", "--threads=3").out());
        assertEquals(2, Cli.run("batch", in, "--periods=20:40", "--threads=-1").exitCode());
    }

    @ParameterizedTest
    @CsvSource({
        "20:25, 20 21 22 23 24 25",
        "20:25:2, 20 22 24",
        "25:20:2, 25 23 21",
        "20:20:1, 20",
        "20, 20",
        "'20,50,35', 20 50 35",
        "'30:20:5,25,50:60:5,20', 30 25 20 50 55 60",
    })
    void everyPeriodOfTheRangeIsARow(String range, String periods) {
        String out = folder.resolve("out.npy").toString();
        assertEquals(SILENT_SUCCESS, Cli.run("batch", in, "--periods", range, "-o", out));
        List<String> expected = List.of(periods.split(" ", -1));
        Npy matrix = Npy.read(Path.of(out));
        assertTrue(
                matrix.header().contains("'shape': (%d, 300)".formatted(expected.size())),
                matrix.header());
        List<String> records =
                Cli.run("batch", in, "--transposed", "--periods", range).out().lines().toList();
        assertEquals(expected.size(), records.size());
        for (int row = 0; row < expected.size(); row++) {
            long[] values = bits(TrendFlex.of(Integer.parseInt(expected.get(row))).compute(PRICES));
            assertArrayEquals(values, bits(matrix.row(row, PRICES.length)));
            assertArrayEquals(values, bits(Csv.row(records.get(row))));
            assertEquals(expected.get(row), records.get(row).split(",", -1)[0]);
        }
    }

    @Test
    void aLineOfAPriceHasItsTimeAndAValueForEachPeriod() {
        String text = "close,Date\n1,2024-01-01\n2,2024-01-02\n4,2024-01-03\n3.50,2024-01-04\n";
        double[] two = TrendFlex.of(2).compute(new double[] {1, 2, 4, 3.5});
        double[] one = TrendFlex.of(1).compute(new double[] {1, 2, 4, 3.5});
        String expected =
                "Date,trendflex_2,trendflex_1\n2024-01-01,,\n2024-01-02,,%s\n2024-01-03,%s,%s\n2024-01-04,%s,%s\n"
                        .formatted(one[1], two[2], one[2], two[3], one[3]);
        assertEquals(
                new Cli.Result(0, expected, ""),
                Cli.runWithInput(text, "batch", "-", "--periods=2,1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"in.npy", "in.csv", "bare.csv"})
    void withoutTimesALineHasTheValuesAlone(String name) throws IOException {
        Samples.write(folder.resolve("in.csv"), Csv.of(PRICES));
        Samples.write(folder.resolve("bare.csv"), Csv.of(PRICES).substring("close\n".length()));
        Path out = folder.resolve("out.csv");
        String header = name.startsWith("bare") ? "--no-header" : "--column-index=0";
        String[] batch = {
            "batch",
            folder.resolve(name).toString(),
            "--periods=20,50",
            "-o",
            out.toString(),
            header
        };
        batch = name.endsWith("npy") ? Arrays.copyOf(batch, 5) : batch;
        assertEquals(SILENT_SUCCESS, Cli.run(batch));
        List<String> lines = Files.readAllLines(out);
        assertEquals("trendflex_20,trendflex_50", lines.getFirst());
        assertEquals(PRICES.length + 1, lines.size());
        double[] fifty = Csv.lastColumn(Files.readString(out));
        assertArrayEquals(bits(TrendFlex.of(50).compute(PRICES)), bits(fifty));
        double[] twenty =
                lines.stream()
                        .skip(1)
                        .mapToDouble(line -> Csv.value(line.substring(0, line.indexOf(','))))
                        .toArray();
        assertArrayEquals(bits(TrendFlex.of(20).compute(PRICES)), bits(twenty));
    }

    @Test
    void aPictureNeedsOneRange() {
        String message = "--heatmap needs one range of periods: START:END[:STEP]";
        assertEquals(
                new Cli.Result(2, "", "trendflex: " + message + "\n"),
                Cli.run(
                        "batch",
                        in,
                        "--periods=20,50",
                        "--heatmap",
                        folder.resolve("out.png").toString()));
    }

    @Test
    void rowsOfManyBlocksStandInOrder() {
        double[] prices = Samples.walk(70_000);
        String long_ = Samples.write(folder.resolve("long.npy"), Npy.of(prices));
        Path out = folder.resolve("out.npy");
        assertEquals(
                SILENT_SUCCESS,
                Cli.run("batch", long_, "--periods", "80:20:2", "-o", out.toString()));
        Npy matrix = Npy.read(out);
        for (int row = 0; row < 31; row++) {
            assertArrayEquals(
                    bits(TrendFlex.of(80 - 2 * row).compute(prices)),
                    bits(matrix.row(row, prices.length)));
        }
    }

    /// At any order of the rows, what `compute` gives for a period is its row of the batch.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void valuesByTimeComeOutWhereTheRowsStand(long seed) {
        List<Integer> days = IntStream.range(0, PRICES.length).boxed().collect(Collectors.toList());
        Collections.shuffle(days, new Random(seed));
        String text =
                days.stream()
                        .map(day -> LocalDate.EPOCH.plusDays(day) + "," + PRICES[day] + "\n")
                        .collect(Collectors.joining("", "day,close\n", ""));
        String shuffled = Samples.write(folder.resolve("shuffled.csv"), text);
        String out = folder.resolve("out.npy").toString();
        String[] batch = {"batch", shuffled, "--transposed", "--time=day", "--periods=22:20"};
        List<String> records = Cli.run(batch).out().lines().toList();
        String[] toFile = Arrays.copyOf(batch, batch.length + 2);
        toFile[batch.length] = "-o";
        toFile[batch.length + 1] = out;
        assertEquals(SILENT_SUCCESS, Cli.run(toFile));
        Npy matrix = Npy.read(Path.of(out));
        for (int row = 0; row < 3; row++) {
            String period = "--period=" + (22 - row);
            String computed = Cli.run("compute", shuffled, "--time=day", period).out();
            long[] expected = bits(Csv.lastColumn(computed));
            assertArrayEquals(expected, bits(Csv.row(records.get(row))), "seed " + seed);
            assertArrayEquals(expected, bits(matrix.row(row, PRICES.length)), "seed " + seed);
        }
    }

    @Test
    void anNpyResultHasNumPysHeader() throws IOException {
        Path out = folder.resolve("out.npy");
        Cli.run("batch", in, "--periods=20:21", "-o", out.toString());
        String dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 300), }";
        assertEquals(
                dictionary + " ".repeat(117 - dictionary.length()) + "\n", Npy.read(out).header());
        assertEquals(128 + 2 * 300 * Double.BYTES, Files.size(out));
    }

    @Test
    void definitionAndNanPolicyReachTheLibrary() {
        double[] prices = PRICES.clone();
        prices[100] = Double.NaN;
        TrendFlex trendFlex =
                TrendFlex.of(7).withDefinition(Definition.EHLERS).withNanPolicy(NanPolicy.SKIP);
        Cli.Result result =
                Cli.runWithInput(
                        Csv.of(prices),
                        "batch",
                        "-",
                        "--transposed",
                        "--periods=7",
                        "--definition=ehlers",
                        "--nan-policy=skip");
        assertArrayEquals(bits(trendFlex.compute(prices)), bits(Csv.row(result.out().strip())));
    }

    @Test
    void aResultThatTheDiskHasNoRoomForIsRefusedAtOnce() throws IOException {
        Path zeros = folder.resolve("zeros.npy");
        int length = 10_000_000;
        try (RandomAccessFile file = new RandomAccessFile(zeros.toFile(), "rw")) {
            file.write(
                    Npy.of(
                            1,
                            "{'descr': '<f8', 'fortran_order': False, 'shape': (%8d,), }\n"
                                    .formatted(length)));
            file.setLength(file.length() + (long) length * Double.BYTES);
        }
        String out = folder.resolve("out.npy").toString();
        Cli.Result result = Cli.run("batch", zeros.toString(), "--periods=1:9999999", "-o", out);
        assertEquals(1, result.exitCode());
        assertTrue(result.err().startsWith("trendflex: " + out + ": 7999999"), result.err());
        assertTrue(result.err().contains(" bytes are needed"), result.err());
        assertEquals(List.of("in.npy", "zeros.npy"), Samples.names(folder));
    }
}
