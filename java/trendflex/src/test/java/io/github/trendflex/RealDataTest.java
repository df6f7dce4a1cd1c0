package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.offHeap;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The file of Bitcoin prices that the Rust crate `vector-ta` publishes last values for: a CSV with
/// a line of headers and the close in its third column.
@EnabledIfSystemProperty(
        named = "trendflex.realData",
        matches = ".+",
        disabledReason = "-Dtrendflex.realData names no file of real prices")
class RealDataTest {
    private static double[] prices = {};

    @BeforeAll
    static void readPrices() throws IOException {
        try (Stream<String> lines =
                Files.lines(Path.of(System.getProperty("trendflex.realData")))) {
            prices =
                    lines.skip(1)
                            .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[2]))
                            .toArray();
        }
    }

    @ParameterizedTest
    @MethodSource
    void lastValuesAreThePublishedOnesOnEveryWay(int period, double[] published) {
        double[] out = TrendFlex.of(period).compute(prices);
        assertArrayEquals(
                published,
                Arrays.copyOfRange(out, out.length - published.length, out.length),
                1e-9);

        assertSameBits(out, array(TrendFlex.of(period).compute(offHeap(prices), Arena.ofAuto())));
        BatchResult batch = TrendFlexBatch.of(PeriodRange.closed(5, 200)).compute(prices);
        assertSameBits(out, array(batch.rowForPeriod(period)));
        TrendFlexStream stream = TrendFlexStream.of(period);
        assertSameBits(out, Arrays.stream(prices).map(stream::update).toArray());
    }

    static Stream<Arguments> lastValuesAreThePublishedOnesOnEveryWay() {
        return Stream.of(
                published(5, -0.2285252875545891, -0.39460603041605014),
                published(10, -0.06646403491510358, -0.17069273852190706),
                published(
                        20,
                        -0.19724678008015128,
                        -0.1238001236481444,
                        -0.10515389737087717,
                        -0.1149541079904878,
                        -0.16006869484450567),
                published(21, -0.12764176120676018, -0.15205290398826415),
                published(50, -1.0896883581693777, -1.0814790783039612),
                published(200, -0.13850502678070167, -0.18759961813312243));
    }

    private static Arguments published(int period, double... values) {
        return Arguments.of(period, values);
    }
}
