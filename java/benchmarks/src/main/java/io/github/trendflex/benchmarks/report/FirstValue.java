package io.github.trendflex.benchmarks.report;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Holds the time that it takes until a fresh JVM has its first value.
///
/// @param jvms the number of JVMs that were started for each program, in turns
/// @param programs the programs, TrendFlex first
public record FirstValue(LocalDate date, Machine machine, int jvms, List<Program> programs) {
    public static final String TRENDFLEX = "TrendFlex";
    public static final String STREAM = "TrendFlex, a stream alone";
    public static final String BY_HAND = "one downcall by hand";
    public static final String NOTHING = "a program that does nothing";
    public static final double TIMES_BY_HAND_TARGET = 1.4;
    public static final double STREAM_TARGET = 10;
    public static final double ONLY_STREAMS_TARGET = 15;

    /// @param process the time from the start of `java` to its end
    /// @param value the time from the prices to their outputs, inside the JVM
    /// @param stream the time from the first value to that of a first stream
    public record Program(
            String name, Millis process, @Nullable Millis value, @Nullable Millis stream) {}

    /// Holds times in milliseconds.
    public record Millis(double min, double median) {
        public static Millis of(long[] nanos) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return new Millis(
                    Result.figure(sorted[0] / 1e6), Result.figure(sorted[sorted.length / 2] / 1e6));
        }
    }

    /// Returns the ratio of the times to the first value, TrendFlex to the call by hand, by the
    /// shortest of each.
    public double timesByHand() {
        return value(TRENDFLEX).min() / value(BY_HAND).min();
    }

    /// Returns the shortest time that a first stream takes after the first value, in milliseconds.
    public double stream() {
        return programs.stream()
                .map(Program::stream)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElseThrow()
                .min();
    }

    /// Returns the shortest time that a program which only streams takes longer than one that does
    /// nothing, in milliseconds.
    public double onlyStreams() {
        return program(STREAM).process().min() - program(NOTHING).process().min();
    }

    private Millis value(String name) {
        return requireNonNull(program(name).value());
    }

    private Program program(String name) {
        return programs.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    }
}
