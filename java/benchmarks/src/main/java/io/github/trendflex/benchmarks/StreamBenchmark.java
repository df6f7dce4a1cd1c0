package io.github.trendflex.benchmarks;

import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.benchmarks.arms.PlainJava;
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

/// Measures a price at a time.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class StreamBenchmark {
    /// With the longer one a quarter of the updates also make a part of the next rebuild.
    @Param({"20", "250"})
    private int period;

    private double[] prices;
    private int next;
    private PlainJava.RunningSum plain;
    private TrendFlexStream stream;
    private TrendFlexStream offHeapStream;
    private MemorySegment state;

    @Setup
    public void warmUp() {
        prices = Prices.walk(1 << 12);
        plain = new PlainJava.RunningSum(period, PlainJava.ROOT_OF_TWO);
        stream = TrendFlexStream.of(period);
        stream.updateAll(prices);
        state = Arena.global().allocate(TrendFlexStream.stateSize(period), Long.BYTES);
        offHeapStream = TrendFlexStream.createIn(state, period);
        offHeapStream.updateAll(prices);
    }

    @Benchmark
    public double runningSum() {
        return plain.next(price());
    }

    @Benchmark
    public double binding() {
        return TrendflexH.trendflex_stream_update(state, state.byteSize(), price());
    }

    @Benchmark
    public double update() {
        return stream.update(price());
    }

    @Benchmark
    public double updateOffHeap() {
        return offHeapStream.update(price());
    }

    @Benchmark
    public double peek() {
        return stream.peek(price());
    }

    private double price() {
        return prices[next++ & prices.length - 1];
    }
}
