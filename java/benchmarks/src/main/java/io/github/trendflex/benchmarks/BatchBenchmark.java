package io.github.trendflex.benchmarks;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.TrendFlexBatch;
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
import org.openjdk.jmh.infra.Blackhole;

/// Measures one series at 61 periods.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class BatchBenchmark {
    private static final PeriodRange PERIODS = PeriodRange.closed(20, 80);
    private static final int ROWS = 61;

    @Param({"1000", "100000", "1000000"})
    private int length;

    @Param({"1", "0"})
    private int threads;

    private TrendFlexBatch batch;
    private MemorySegment prices;
    private MemorySegment out;
    private MemorySegment pricesOnHeap;
    private MemorySegment outOnHeap;

    @Setup
    public void allocate() {
        batch = TrendFlexBatch.of(PERIODS).withThreads(threads);
        double[] array = Prices.walk(length);
        prices = Prices.offHeap(array);
        out = Arena.global().allocate(ROWS * prices.byteSize(), Double.BYTES);
        pricesOnHeap = MemorySegment.ofArray(array);
        outOnHeap = MemorySegment.ofArray(new double[ROWS * length]);
    }

    @Benchmark
    public int binding() {
        return TrendflexH.trendflex_batch_inner_into(
                prices,
                length,
                PERIODS.start(),
                PERIODS.end(),
                PERIODS.step(),
                TrendflexH.TRENDFLEX_DEFINITION_VECTOR_TA(),
                TrendflexH.TRENDFLEX_NAN_POLICY_PROPAGATE(),
                TrendflexH.TRENDFLEX_KERNEL_AUTO(),
                threads,
                out,
                (long) ROWS * length,
                MemorySegment.NULL);
    }

    @Benchmark
    public void segments() {
        batch.computeInto(prices, out);
    }

    @Benchmark
    public void progress() {
        batch.computeInto(prices, out, (_, _) -> true);
    }

    @Benchmark
    public void rows(Blackhole consumer) {
        batch.forEachRow(prices, (_, row) -> consumer.consume(row));
    }

    @Benchmark
    public void arrays() {
        batch.computeInto(pricesOnHeap, outOnHeap);
    }
}
