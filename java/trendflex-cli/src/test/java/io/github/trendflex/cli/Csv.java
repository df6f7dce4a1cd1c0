package io.github.trendflex.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// CSV as the tests write and read it, without the code under test: no field has a comma or a
/// quote.
public final class Csv {
    private Csv() {}

    /// A text with the one column `close`.
    public static String of(double... prices) {
        return DoubleStream.of(prices)
                .mapToObj(Double::toString)
                .collect(Collectors.joining("\n", "close\n", "\n"));
    }

    /// The values in the last column, below the header.
    public static double[] lastColumn(String text) {
        return text.lines()
                .skip(1)
                .mapToDouble(line -> value(line.substring(line.lastIndexOf(',') + 1)))
                .toArray();
    }

    /// The values behind the first field of a line.
    public static double[] row(String line) {
        return Arrays.stream(line.split(",", -1)).skip(1).mapToDouble(Csv::value).toArray();
    }

    /// The value that the text of a result stands for.
    public static double value(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
}
