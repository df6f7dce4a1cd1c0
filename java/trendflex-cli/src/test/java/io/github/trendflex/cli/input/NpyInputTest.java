package io.github.trendflex.cli.input;

import static io.github.trendflex.cli.Samples.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Csv;
import io.github.trendflex.cli.Npy;
import io.github.trendflex.cli.Samples;
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

    @TempDir private Path folder;

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
        assertComputes(
                Npy.of(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (5,)}", PRICES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'>f8'", "'<f4'", "'|f8'", "'f8'", "'|O'", "[('a', '<f8')]", "True"})
    void onlyLittleEndianDoublesAreRead(String type) {
        assertRefused(
                "the array's type must be '<f8', little-endian double, and is " + type,
                Npy.of(
                        1,
                        "{'descr': %s, 'fortran_order': False, 'shape': (5,), }\n".formatted(type),
                        PRICES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(5, 1)",
                "(1, 5)",
                "()",
                "(5)",
                "(-5,)",
                "(0x5,)",
                "(99999999999999999999,)",
                "'(5,)'"
            })
    void onlyOneDimensionIsRead(String shape) {
        assertRefused(
                "the array's shape must be of one dimension, (n,), and is " + shape,
                Npy.of(
                        1,
                        "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }\n"
                                .formatted(shape),
                        PRICES));
    }

    @ParameterizedTest
    @CsvSource({
        "4, 'too long: 4 doubles from byte 66 on end at 98, the file at 106'",
        "6, 'truncated: 6 doubles from byte 66 on end at 114, the file at 106'",
        "999999999999999999, truncated: 999999999999999999 doubles from byte 83 on end at 8000000000000000075",
    })
    void theShapeMustBeThatOfTheFile(long length, String message) {
        String header =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (%d,)}\n".formatted(length);
        assertRefused(message, Npy.of(1, header, PRICES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "5",
                "{'descr': '<f8', 'shape': (5,)}",
                "{'descr': '<f8', 'fortran_order': None, 'shape': (5,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (5,), 'x': 1}",
                "{'shape': (5,), 'descr': '<f8', 'fortran_order': False, 'shape': (5,)}",
                "{'descr': '<f8' 'fortran_order': False, 'shape': (5,)}",
                "{'descr: '<f8', 'fortran_order': False, 'shape': (5,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (5,)",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (5,)} {}",
            })
    void aHeaderMustBeNumPysDictionary(String header) {
        assertRefused(
                "the header is no dictionary of descr, fortran_order and shape",
                Npy.of(1, header + "\n", PRICES));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 255})
    void anUnknownVersionIsRefused(int version) {
        byte[] file = Npy.of(PRICES);
        file[6] = (byte) version;
        assertRefused(
                "unknown .npy version %d.0: 1.0, 2.0 and 3.0 are read".formatted(version), file);
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

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6, 7, 8, 9, 10, 11, 127, 128, 129, 136, 167})
    void aFileThatEndsTooEarlyIsRefused(int length) {
        assertRefused(
                length < 8 ? "not an .npy file" : "truncated",
                Arrays.copyOf(Npy.of(PRICES), length));
    }

    @Test
    void textIsNoNpyFile() {
        assertRefused(
                "not an .npy file: it does not begin with NumPy's magic string",
                Csv.of(PRICES).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--column=close", "--column-index=0", "--no-header", "--by=a", "--time=t"})
    void optionsForCsvAreRefused(String option) {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(PRICES));
        String message =
                "trendflex: "
                        + in
                        + ": --column, --column-index, --no-header, --by and --time are for CSV\n";
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
