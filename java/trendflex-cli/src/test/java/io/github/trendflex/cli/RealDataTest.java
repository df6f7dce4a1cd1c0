package io.github.trendflex.cli;

import static io.github.trendflex.cli.Samples.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bitcoin in US dollars, 15,577 candles of 4 hours: test data of the Rust crate `vector-ta`, whose
/// published last values must come out in every way through the program.
@EnabledIfSystemProperty(
        named = "trendflex.realData",
        matches = ".+",
        disabledReason = "needs -Dtrendflex.realData=FILE")
class RealDataTest {
    private static final String FILE = System.getProperty("trendflex.realData", "");

    @TempDir private Path folder;

    static Stream<Arguments> published() {
        return Stream.of(
                published(
                        20,
                        -0.19724678008015128,
                        -0.1238001236481444,
                        -0.10515389737087717,
                        -0.1149541079904878,
                        -0.16006869484450567),
                published(5, -0.2285252875545891, -0.39460603041605014),
                published(10, -0.06646403491510358, -0.17069273852190706),
                published(21, -0.12764176120676018, -0.15205290398826415),
                published(50, -1.0896883581693777, -1.0814790783039612),
                published(200, -0.13850502678070167, -0.18759961813312243));
    }

    @ParameterizedTest
    @MethodSource("published")
    void everyWayGivesThePublishedValuesAndTheSameBits(int period, double[] published)
            throws IOException {
        double[] closes = closes();
        String npy = Samples.write(folder.resolve("closes.npy"), Npy.of(closes));
        Path out = folder.resolve("out.npy");
        String single = "--period=" + period;
        // Two rows, of which the second has the period.
        String batch = "--periods=%d:%d".formatted(period + 1, period);

        double[] values = Csv.lastColumn(succeed("compute", FILE, "--column=2", single));
        assertArrayEquals(
                published,
                Arrays.copyOfRange(values, values.length - published.length, values.length),
                1e-9);
        long[] expected = bits(values);
        assertEquals(closes.length, expected.length);

        succeed("compute", FILE, "--column=2", single, "-o", out.toString());
        assertArrayEquals(expected, bits(Npy.read(out).values()));
        succeed("compute", npy, single, "-o", out.toString());
        assertArrayEquals(expected, bits(Npy.read(out).values()));
        assertArrayEquals(expected, bits(Csv.lastColumn(succeed("compute", npy, single))));

        succeed("batch", FILE, "--column=2", batch, "-o", out.toString());
        assertArrayEquals(expected, bits(Npy.read(out).row(1, closes.length)));
        succeed("batch", npy, batch, "-o", out.toString());
        assertArrayEquals(expected, bits(Npy.read(out).row(1, closes.length)));
        assertArrayEquals(expected, bits(Csv.lastColumn(succeed("batch", npy, batch))));
        String rows = succeed("batch", npy, batch, "--transposed");
        assertArrayEquals(expected, bits(Csv.row(rows.lines().skip(1).findFirst().orElseThrow())));

        Cli.Result stream =
                Cli.runWithInput(
                        DoubleStream.of(closes)
                                .mapToObj(Double::toString)
                                .collect(Collectors.joining("\n")),
                        "stream",
                        single);
        assertArrayEquals(expected, bits(stream.out().lines().mapToDouble(Csv::value).toArray()));
    }

    private static String succeed(String... arguments) {
        Cli.Result result = Cli.run(arguments);
        assertEquals("", result.err());
        assertEquals(0, result.exitCode());
        return result.out();
    }

    static double[] closes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(FILE))) {
            return lines.skip(1)
                    .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[2]))
                    .toArray();
        }
    }

    private static Arguments published(int period, double... values) {
        return Arguments.of(period, values);
    }
}
