package io.github.trendflex.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Prices and files for the tests.
public final class Samples {
    private Samples() {}

    /// Prices around 100 with two decimals.
    public static double[] walk(int length) {
        Random random = new Random(length);
        double price = 100;
        double[] prices = new double[length];
        for (int i = 0; i < length; i++) {
            price += random.nextGaussian(0, 0.25);
            prices[i] = Math.round(price * 100) / 100.0;
        }
        return prices;
    }

    public static String write(Path file, String text) {
        return write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes a file and returns its name, as an argument of a command.
    public static String write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The names of the files in a folder.
    public static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Doubles to be compared bit by bit.
    public static long[] bits(double... values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }
}
