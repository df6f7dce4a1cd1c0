package io.github.trendflex.benchmarks;

import io.github.trendflex.TrendFlexStreamBank;
import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

/// Measures a price of each symbol at a time.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class BankBenchmark {
    private static final int PERIOD = 20;

    @Param({"8", "1024"})
    private int symbols;

    private double[] array;
    private double[] outArray;
    private MemorySegment prices;
    private MemorySegment out;
    private TrendFlexStreamBank bank;
    private MemorySegment state;
    private long size;

    @Setup
    public void begin() {
        array = Prices.walk(symbols);
        outArray = new double[symbols];
        prices = Prices.offHeap(array);
        out = Prices.offHeap(outArray);
        bank = TrendFlexStreamBank.of(PERIOD, symbols);
        MemorySegment place = Arena.global().allocate(Long.BYTES, Long.BYTES);
        TrendflexH.trendflex_bank_size(PERIOD, symbols, place);
        size = place.get(ValueLayout.JAVA_LONG, 0);
        state = Arena.global().allocate(size, 64);
        TrendflexH.trendflex_bank_init(state, size, PERIOD, 0, symbols, 1);
    }

    @Benchmark
    public int binding() {
        return TrendflexH.trendflex_bank_update(state, size, prices, symbols, out);
    }

    @Benchmark
    public void segment() {
        bank.updateInto(prices, out);
    }

    @Benchmark
    public void array() {
        bank.updateInto(array, outArray);
    }
}
