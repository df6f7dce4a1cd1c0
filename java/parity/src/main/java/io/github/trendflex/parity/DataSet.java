package io.github.trendflex.parity;

import io.github.trendflex.exact.Walk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Holds a series of prices, and what is known about it.
final class DataSet {
    static final String REAL = "real prices";

    private static final int BARS = 20_000;
    private static final long SEED = 1;

    /// The hash of the file that upstream's published last values are for.
    private static final String PUBLISHED =
            "1a4a908a43d4203ff136018e514dabfa179b6ed09b24c87631e247b4c5fafb2b";

    private final String name;
    private final String description;
    private final double[] prices;

    private DataSet(String name, String description, double[] prices) {
        this.name = name;
        this.description = description;
        this.prices = prices;
    }

    @Override
    public String toString() {
        return name;
    }

    String name() {
        return name;
    }

    String description() {
        return description;
    }

    double[] prices() {
        return prices.clone();
    }

    /// Returns all data sets that are made here, the same on every machine.
    static List<DataSet> made() {
        double[] ticks = Walk.TICKS.prices(BARS, SEED);
        double[] gaussian = Walk.GAUSSIAN.prices(BARS, SEED);
        List<DataSet> all = new ArrayList<>();
        for (Walk walk : Walk.values()) {
            all.add(of(walk));
        }
        all.add(of("flat ticks", "two decimals, each for 1 to 400 bars", plateaus(ticks)));
        all.add(of("flat", "100.1 from the start", i -> 100.1));
        all.add(
                of(
                        "moves, then flat",
                        "the ticks for 10,000 bars, then 100.1",
                        i -> i < BARS / 2 ? ticks[i] : 100.1));
        all.add(
                of(
                        "large offset",
                        "moves of 0.0001 at 100,000",
                        i -> 1e5 + 1e-4 * (gaussian[i] - 100)));
        all.add(
                of(
                        "NaN first",
                        "the ticks, the first 1,000 of them NaN",
                        i -> i < 1000 ? Double.NaN : ticks[i]));
        all.add(
                of(
                        "NaN inside",
                        "the ticks, one in the middle NaN",
                        i -> i == BARS / 2 ? Double.NaN : ticks[i]));
        all.add(of("huge", "the gaussian walk times 2^490", i -> Math.scalb(gaussian[i], 490)));
        all.add(of("tiny", "the gaussian walk times 2^-400", i -> Math.scalb(gaussian[i], -400)));
        all.add(
                of(
                        "vanishing",
                        "the gaussian walk times 2^-540, whose squares are below all doubles",
                        i -> Math.scalb(gaussian[i], -540)));
        return all;
    }

    /// Returns the prices that are most like a market's.
    static DataSet ticks() {
        return of(Walk.TICKS);
    }

    /// Returns the closes of a CSV file with a line of headers and the close in its third column.
    static DataSet real(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String what =
                sha256(bytes).equals(PUBLISHED)
                        ? "Bitcoin in US dollars, 4-hour candles, from upstream's own tests"
                        : file.getFileName().toString();
        try (Stream<String> lines = Files.lines(file)) {
            double[] closes =
                    lines.skip(1)
                            .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[2]))
                            .toArray();
            return new DataSet(REAL, what, closes);
        }
    }

    private static DataSet of(String name, String description, IntToDoubleFunction price) {
        double[] prices = IntStream.range(0, BARS).mapToDouble(price).toArray();
        return new DataSet(name, description, prices);
    }

    private static DataSet of(Walk walk) {
        String name = walk.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String description =
                switch (walk) {
                    case GAUSSIAN -> "a walk from 100 with moves of about 1";
                    case TICKS -> "two decimals, around 100, moves of about 0.25";
                    case GEOMETRIC -> "a walk from 100 with moves of about 1 %";
                    case MEAN_REVERTING -> "a walk with moves of about 1, drawn to 100";
                    case TREND -> "a straight line from 100 under noise";
                    case JUMPS ->
                            "almost still, with a move 2,000 times as large at one bar in 200";
                };
        return new DataSet(name, description, walk.prices(BARS, SEED));
    }

    private static IntToDoubleFunction plateaus(double[] prices) {
        Random random = new Random(SEED);
        double[] stepped = new double[prices.length];
        for (int from = 0, to; from < stepped.length; from = to) {
            to = Math.min(from + random.nextInt(1, 401), stepped.length);
            Arrays.fill(stepped, from, to, prices[from]);
        }
        return i -> stepped[i];
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
