package io.github.trendflex.benchmarks.report;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What it takes until a fresh JVM has its first value.
///
/// @param jvms how many of each program were started, in turns
/// @param programs TrendFlex first
public record FirstValue(LocalDate date, Machine machine, int jvms, List<Program> programs) {
    public static final String TRENDFLEX = "TrendFlex";
    public static final String BY_HAND = "one downcall by hand";
    public static final double TIMES_BY_HAND_TARGET = 1.4;
    public static final double STREAM_TARGET = 10;

    /// @param process from the start of `java` to its end
    /// @param value from the prices to their outputs, inside the JVM
    /// @param stream from the first value to that of a first stream
    public record Program(
            String name, Millis process, @Nullable Millis value, @Nullable Millis stream) {}

    /// Milliseconds.
    public record Millis(double min, double median) {
        public static Millis of(long[] nanos) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return new Millis(
                    Result.figure(sorted[0] / 1e6), Result.figure(sorted[sorted.length / 2] / 1e6));
        }
    }

    /// How many times as long as the call by hand TrendFlex takes to its first value, by the
    /// shortest of each.
    public double timesByHand() {
        return value(TRENDFLEX).min() / value(BY_HAND).min();
    }

    /// What a first stream takes after the first value, in milliseconds, at the shortest.
    public double stream() {
        return programs.stream()
                .map(Program::stream)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElseThrow()
                .min();
    }

    private Millis value(String name) {
        return programs.stream()
                .filter(it -> it.name().equals(name))
                .map(Program::value)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElseThrow();
    }
}
