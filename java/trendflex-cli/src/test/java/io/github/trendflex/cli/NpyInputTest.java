package io.github.trendflex.cli;

import static io.github.trendflex.cli.Samples.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.TrendFlex;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `compute` makes of `.npy` files of all kinds.
class NpyInputTest {
    private static final double[] PRICES = {Double.NaN, 100, 101.5, 99.25, 102};
    private static final double[] VALUES = TrendFlex.of(2).compute(PRICES);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | {'descr': '<f8', 'fortran_order': False, 'shape': (5,), }",
                "2 | {'descr': '<f8', 'fortran_order': False, 'shape': (5,), }",
                "3 | {'descr': '<f8', 'fortran_order': False, 'shape': (5,), }",
                "1 | {'descr': '<f8', 'fortran_order': True, 'shape': (5,)}",
                "1 | {'shape': (5,), 'fortran_order': False, 'descr': '<f8'}",
                "1 | {\"descr\": \"<f8\", \"fortran_order\": False, \"shape\": (5,)}",
                "1 | {  'descr' :'<f8','fortran_order':False , 'shape':( 5L , ) ,  }",
            })
    void everyHeaderOfFiveDoublesIsRead(int version, String header) {
        for (int padding = 0; padding < Double.BYTES; padding++) {
            assertComputes(Npy.of(version, header + " ".repeat(padding) + "\n", PRICES));
        }
    }

    @Test
    void aHeaderWithoutPaddingIsRead() {
        assertComputes(Npy.of(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (5,)}", PRICES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'descr': '>f8', 'fortran_order': False, 'shape': (5,)} | type must be '<f8', little-endian double, and is '>f8'",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (10,)}| type must be '<f8', little-endian double, and is '<f4'",
                "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (5,)} | type must be '<f8', little-endian double, and is [('a', '<f8')]",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (5, 1)} | shape must be of one dimension, (n,), and is (5, 1)",
                "{'descr': '<f8', 'fortran_order': False, 'shape': ()} | shape must be of one dimension, (n,), and is ()",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (5)} | shape must be of one dimension, (n,), and is (5)",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (-5,)} | shape must be of one dimension, (n,), and is (-5,)",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)} | shape must be of one dimension, (n,), and is (99999999999999999999,)",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (6,)} | truncated: 6 doubles from byte 65 on end at 113, the file at 105",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (4,)} | too long: 4 doubles from byte 65 on end at 97, the file at 105",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (999999999999999999,)} | truncated",
                "{'descr': '<f8', 'fortran_order': None, 'shape': (5,)} | header is no dictionary of descr, fortran_order and shape",
                "{'descr': '<f8', 'shape': (5,)}                        | header is no dictionary of descr, fortran_order and shape",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (5,), 'x': 1} | header is no dictionary of descr, fortran_order and shape",
                "{'shape': (5,), 'descr': '<f8', 'fortran_order': False, 'shape': (5,)} | header is no dictionary of descr, fortran_order and shape",
                "{'descr': '<f8' 'fortran_order': False, 'shape': (5,)} | header is no dictionary of descr, fortran_order and shape",
                "{'descr: '<f8', 'fortran_order': False, 'shape': (5,)} | header is no dictionary of descr, fortran_order and shape",
                "'descr': '<f8', 'fortran_order': False, 'shape': (5,)  | header is no dictionary of descr, fortran_order and shape",
                "{}                                                     | header is no dictionary of descr, fortran_order and shape",
                "``                                                     | header is no dictionary of descr, fortran_order and shape",
            })
    void anyOtherHeaderIsRefusedInOneLine(String header, String message) {
        assertRefused(message, Npy.of(1, header, PRICES));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 255})
    void anUnknownVersionIsRefused(int version) {
        byte[] file = Npy.of(PRICES);
        file[6] = (byte) version;
        assertRefused("unknown .npy version %d.0: 1.0, 2.0 and 3.0 are read".formatted(version), file);
    }

    @Test
    void aHeaderLongerThanTheFileIsRefused() {
        byte[] file = Npy.of(2, "{}", PRICES);
        Arrays.fill(file, 8, 12, (byte) 0xFF);
        assertRefused("truncated: the header ends at byte 4294967307, the file at 54", file);
    }

    @Test
    void aHeaderLongerThanAnyOfAnArrayOfPricesIsRefused() {
        assertRefused("the header has 70000 bytes", Npy.of(2, " ".repeat(70_000), PRICES));
    }

    @Test
    void everyTruncatedFileIsRefused() {
        byte[] file = Npy.of(PRICES);
        for (int length = 0; length < file.length; length++) {
            String message = length < 8 ? "not an .npy file" : "truncated";
            assertRefused(message, Arrays.copyOf(file, length));
        }
    }

    @Test
    void textIsNoNpyFile() {
        assertRefused(
                "not an .npy file: it does not begin with NumPy's magic string",
                Csv.of(PRICES).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--column=close", "--column-index=0", "--no-header"})
    void optionsForCsvAreRefused(String option) {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(PRICES));
        String message = "trendflex: " + in + ": --column, --column-index and --no-header are for CSV\n";
        assertEquals(new Cli.Result(2, "", message), Cli.run("compute", in, option));
    }

    private void assertComputes(byte[] file) {
        String in = Samples.write(folder.resolve("in.npy"), file);
        Cli.Result result = Cli.run("compute", in, "--period=2");
        assertEquals("", result.err());
        assertArrayEquals(bits(VALUES), bits(Csv.lastColumn(result.out())));
    }

    private void assertRefused(String message, byte[] file) {
        String in = Samples.write(folder.resolve("in.npy"), file);
        Cli.Result result = Cli.run("compute", in, "--period=2");
        assertEquals(1, result.exitCode());
        assertEquals("", result.out());
        assertTrue(result.err().startsWith("trendflex: " + in + ": "), result.err());
        assertTrue(result.err().contains(message), result.err());
        assertEquals(1, result.err().lines().count());
    }
}
