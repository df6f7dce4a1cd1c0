package io.github.trendflex.cli.input;

import static io.github.trendflex.cli.Samples.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Csv;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CsvRoundTripTest {
    /// Any bits that are a price, and so any length of text.
    @Provide
    static Arbitrary<double[]> prices() {
        return Arbitraries.longs()
                .map(Double::longBitsToDouble)
                .filter(value -> Math.abs(value) <= 0x1p500)
                .array(double[].class)
                .ofMinSize(4)
                .ofMaxSize(200);
    }

    @Property(tries = 50)
    void textLosesNoBit(@ForAll("prices") double[] prices) {
        double[] values = TrendFlex.of(3).compute(prices);
        String text = Cli.runWithInput(Csv.of(prices), "compute", "-", "--period=3").out();
        assertArrayEquals(bits(values), bits(Csv.lastColumn(text)));
        double[] copied =
                text.lines()
                        .skip(1)
                        .mapToDouble(
                                line -> Double.parseDouble(line.substring(0, line.indexOf(','))))
                        .toArray();
        assertArrayEquals(bits(prices), bits(copied));
    }
}
