package io.github.trendflex.benchmarks;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Measures one series at one period. Long arrays are computed in pieces.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class SeriesBenchmark {
    private static final int PERIOD = 20;
    private static final TrendFlex CALCULATOR = TrendFlex.of(PERIOD);

    @Param({"22", "100", "1000", "10000", "100000", "1000000", "10000000"})
    private int length;

    private double[] prices;
    private double[] out;
    private MemorySegment offHeapPrices;
    private MemorySegment offHeapOut;

    @Setup
    public void allocate() {
        prices = Prices.walk(length);
        out = new double[length];
        offHeapPrices = Prices.offHeap(prices);
        offHeapOut = Arena.global().allocate(offHeapPrices.byteSize(), Double.BYTES);
    }

    @Benchmark
    public int binding() {
        return TrendflexH.trendflex_into(
                offHeapPrices,
                length,
                PERIOD,
                TrendflexH.TRENDFLEX_DEFINITION_VECTOR_TA(),
                TrendflexH.TRENDFLEX_NAN_POLICY_PROPAGATE(),
                TrendflexH.TRENDFLEX_KERNEL_AUTO(),
                offHeapOut,
                length,
                MemorySegment.NULL);
    }

    @Benchmark
    public void segments() {
        CALCULATOR.computeInto(offHeapPrices, offHeapOut);
    }

    @Benchmark
    public void arrays() {
        CALCULATOR.computeInto(prices, out);
    }

    @Benchmark
    public void arrayToSegment() {
        CALCULATOR.computeInto(MemorySegment.ofArray(prices), offHeapOut);
    }
}
