package io.github.trendflex.cli.input;

import static io.github.trendflex.cli.Samples.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Npy;
import io.github.trendflex.cli.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parquet files that other programs have written. `README.md` beside them says how.
class ParquetTest {
    private static final double[] CLOSES = {100.5, 101.25, 99.1, 102.75, 103.5, 101.125};

    @TempDir private Path folder;

    @BeforeEach
    void copyFiles() throws IOException {
        for (String name :
                List.of(
                        "pyarrow",
                        "pyarrow-int96",
                        "pyarrow-none",
                        "pyarrow-gzip",
                        "pyarrow-zstd",
                        "pyarrow-lz4",
                        "duckdb",
                        "duckdb-zstd",
                        "spark")) {
            try (InputStream file = ParquetTest.class.getResourceAsStream(name + ".parquet")) {
                Files.copy(Objects.requireNonNull(file), folder.resolve(name + ".parquet"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pyarrow", "pyarrow-int96", "duckdb"})
    void aColumnIsWhatItsTypeSays(String file) throws IOException {
        double[] single = Arrays.stream(CLOSES).map(price -> (float) price).toArray();
        double[] units = {1005, 1012, 991, 1027, 1035, 1011};
        double[] gap = CLOSES.clone();
        gap[1] = Double.NaN;
        gap[4] = Double.NaN;
        assertValues(CLOSES, file, "close");
        assertValues(CLOSES, file, "exact");
        assertValues(single, file, "single");
        assertValues(units, file, "units");
        assertValues(units, file, "small");
        double[] known = DoubleStream.of(gap).filter(price -> !Double.isNaN(price)).toArray();
        double[] values = values(file, "gap", "--nan-policy=skip");
        double[] expected = TrendFlex.of(2).compute(known);
        assertEquals(expected[2], values[3]);
        assertEquals(expected[3], values[5]);
    }

    @Test
    void sparkWritesTheSameColumns() throws IOException {
        assertValues(CLOSES, "spark", "close");
        assertValues(CLOSES, "spark", "exact");
        assertValues(new double[] {1005, 1012, 991, 1027, 1035, 1011}, "spark", "units");
        String row = run("spark", "--period=1").out().lines().toList().get(2);
        assertTrue(row.startsWith("2024-01-03T00:00:00Z,B,101.25,1012,101.250,"), row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pyarrow-none", "pyarrow-gzip", "pyarrow-zstd", "duckdb-zstd"})
    void filesMayBeCompressedInOtherWaysThanUsual(String file) throws IOException {
        assertValues(CLOSES, file, "close");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pyarrow", "pyarrow-int96", "duckdb"})
    void theResultIsCsvWithTheColumnsThatAreText(String file) {
        Cli.Result result = run(file, "--by=name", "--time=time", "--period=1");
        assertEquals("", result.err());
        List<String> lines = result.out().lines().toList();
        assertEquals("time,name,close,single,units,small,exact,gap,trendflex_1", lines.getFirst());
        String day = file.endsWith("96") ? "2024-01-03T00:00:00Z" : "2024-01-03T00:00";
        assertEquals(day + ",B,101.25,101.25,1012,1012,101.250,,", lines.get(2));
        assertEquals(7, lines.size());
        assertTrue(lines.get(3).endsWith(",-5.0"), lines.get(3));
    }

    @Test
    void aResultInAFolderIsCsv() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        assertEquals("", run("duckdb", "--period=1", "-o", results.toString()).err());
        assertEquals(List.of("duckdb.csv"), Samples.names(results));
    }

    @Test
    void whatIsNoPriceIsRefused() throws IOException {
        assertRefused(
                "there is no column 'nested': say --column NAME, one of "
                        + "[time, name, close, single, units, small, exact, gap]",
                "pyarrow",
                "--column=nested");
        assertRefused("line 2, column 'name': not a price: 'A'", "pyarrow", "--column=name");
        assertRefused(
                "the columns are compressed with LZ4_RAW: only Snappy, gzip and Zstandard are read",
                "pyarrow-lz4");
        byte[] bytes = Files.readAllBytes(folder.resolve("pyarrow.parquet"));
        for (int length : new int[] {0, 4, 100, bytes.length - 1}) {
            Files.write(folder.resolve("pyarrow.parquet"), Arrays.copyOf(bytes, length));
            Cli.Result result = run("pyarrow");
            assertEquals(1, result.exitCode());
            assertTrue(result.err().contains("pyarrow.parquet: "), result.err());
            assertEquals(1, result.err().lines().count());
        }
    }

    @Test
    void optionsOfTextAreWrongUsage() {
        for (String option : List.of("--separator=;", "--skip-lines=1", "--no-header")) {
            Cli.Result result = run("pyarrow", option);
            assertEquals(2, result.exitCode());
            assertTrue(result.err().endsWith("are for text\n"), result.err());
        }
    }

    private void assertRefused(String message, String file, String... options) {
        String name = folder.resolve(file + ".parquet").toString();
        assertEquals(
                new Cli.Result(1, "", "trendflex: " + name + ": " + message + "\n"),
                run(file, options));
    }

    private void assertValues(double[] prices, String file, String column) throws IOException {
        assertArrayEquals(bits(TrendFlex.of(2).compute(prices)), bits(values(file, column)));
    }

    private double[] values(String file, String column, String... options) throws IOException {
        Path out = folder.resolve("out.npy");
        String[] all = Arrays.copyOf(options, options.length + 4);
        System.arraycopy(
                new String[] {"--column=" + column, "--period=2", "-o", out.toString()},
                0,
                all,
                options.length,
                4);
        assertEquals(Cli.Result.SILENT_SUCCESS, run(file, all));
        return Npy.read(out).values();
    }

    private Cli.Result run(String file, String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "compute";
        all[1] = folder.resolve(file + ".parquet").toString();
        System.arraycopy(options, 0, all, 2, options.length);
        return Cli.run(all);
    }
}
