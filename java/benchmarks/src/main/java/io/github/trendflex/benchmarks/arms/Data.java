package io.github.trendflex.benchmarks.arms;

import io.github.trendflex.benchmarks.Prices;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Holds the memory of a work: the prices, series by series, and one output outside the heap. All
/// arms that can use it share it, so that none has better memory than another.
public final class Data implements AutoCloseable {
    final Work work;
    final double[] array;
    final MemorySegment prices;
    final MemorySegment out;
    private final Arena arena = Arena.ofShared();

    public Data(Work work) {
        this.work = work;
        this.array = Prices.walk(work.series() * work.bars());
        this.prices = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, array);
        // As users get it: its data begins 16 bytes after that of a cache line, as an array's does.
        this.out = arena.allocate(work.outputs() * Double.BYTES, Double.BYTES);
    }

    public Work work() {
        return work;
    }

    /// Returns the prices of one series.
    public double[] series(int series) {
        return Arrays.copyOfRange(array, series * work.bars(), (series + 1) * work.bars());
    }

    /// Returns the first prices of all series, then the second ones, and so on.
    MemorySegment timeMajor() {
        MemorySegment segment = allocate(prices.byteSize());
        for (int series = 0; series < work.series(); series++) {
            for (int bar = 0; bar < work.bars(); bar++) {
                segment.setAtIndex(
                        ValueLayout.JAVA_DOUBLE,
                        (long) bar * work.series() + series,
                        array[series * work.bars() + bar]);
            }
        }
        return segment;
    }

    /// Returns the same in an array.
    double[] ticks() {
        return timeMajor().toArray(ValueLayout.JAVA_DOUBLE);
    }

    /// Returns memory that lives as long as this, on a line of the cache.
    MemorySegment allocate(long bytes) {
        return arena.allocate(bytes, 64);
    }

    @Override
    public void close() {
        arena.close();
    }
}
