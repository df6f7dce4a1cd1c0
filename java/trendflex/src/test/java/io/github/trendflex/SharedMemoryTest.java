package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.walk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Checks memory that several threads use, and close.
class SharedMemoryTest {
    private static final double[] PRICES = walk(20_000, 1);

    /// Calls with as many outputs as prices.
    enum Call {
        SERIES {
            @Override
            void compute(MemorySegment prices, MemorySegment out) {
                TrendFlex.of(20).computeInto(prices, out);
            }
        },
        SERIES_FROM_THE_HEAP {
            @Override
            void compute(MemorySegment prices, MemorySegment out) {
                TrendFlex.of(20).computeInto(MemorySegment.ofArray(PRICES), out);
            }
        },
        BATCH {
            @Override
            void compute(MemorySegment prices, MemorySegment out) {
                TrendFlexBatch.of(PeriodRange.closed(20, 20)).computeInto(prices, out);
            }
        },
        ROWS {
            @Override
            void compute(MemorySegment prices, MemorySegment out) {
                TrendFlexBatch.of(PeriodRange.closed(20, 22))
                        .forEachRow(prices, (_, row) -> out.copyFrom(row));
            }
        },
        STREAM {
            @Override
            void compute(MemorySegment prices, MemorySegment out) {
                TrendFlexStream.of(20).updateInto(prices, out);
            }
        };

        abstract void compute(MemorySegment prices, MemorySegment out);
    }

    /// Ways to run many tasks at once.
    enum Threads {
        PLATFORM {
            @Override
            ExecutorService executor() {
                return Executors.newFixedThreadPool(4);
            }
        },
        VIRTUAL {
            @Override
            ExecutorService executor() {
                return Executors.newVirtualThreadPerTaskExecutor();
            }
        };

        abstract ExecutorService executor();
    }

    @ParameterizedTest
    @EnumSource
    void threadsReadAndWriteOneArena(Threads threads) throws Exception {
        double[] prices = walk(5000, 1);
        long bytes = 8L * prices.length;
        try (Arena arena = Arena.ofShared();
                ExecutorService executor = threads.executor()) {
            MemorySegment input = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, prices);
            MemorySegment out = arena.allocate(200 * bytes, 8);
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int period = 1; period <= 200; period++) {
                TrendFlex calculator = TrendFlex.of(period);
                MemorySegment row = out.asSlice((period - 1) * bytes, bytes);
                tasks.add(() -> {
                    calculator.computeInto(input, row);
                    return null;
                });
            }
            for (Future<Void> done : executor.invokeAll(tasks)) {
                done.get();
            }
            assertSameBits(
                    array(TrendFlexBatch.of(PeriodRange.closed(1, 200)).compute(prices).values()),
                    array(out));
        }
    }

    @ParameterizedTest
    @EnumSource
    void batchesAndStreamsRunAtOnce(Threads threads) throws Exception {
        double[] prices = walk(5000, 1);
        TrendFlexBatch batch = TrendFlexBatch.of(PeriodRange.closed(10, 60, 10));
        double[] expected = array(batch.compute(prices).values());
        double[] last = {TrendFlex.of(30).compute(prices)[4999]};
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tasks.add(() -> {
                assertSameBits(expected, array(batch.compute(prices).values()));
                assertSameBits(last, new double[] {TrendFlexStream.of(30).updateAll(prices)});
                return null;
            });
        }
        try (ExecutorService executor = threads.executor()) {
            for (Future<Void> done : executor.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    /// Closing fails while a call uses the memory; a call after the closing fails. A native call
    /// keeps an arena open; the engine in Java finds it closed between two pieces.
    @Tag("once")
    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("MustBeClosedChecker") // it is closed when nobody uses it
    void arenaThatAnotherThreadClosesIsTheJdksError(Call call) throws InterruptedException {
        boolean refused = false;
        for (int i = 0; i < 10 || (!refused && i < 10_000); i++) {
            Arena arena = Arena.ofShared();
            MemorySegment prices = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, PRICES);
            MemorySegment out = arena.allocate(prices.byteSize(), 8);
            CountDownLatch begun = new CountDownLatch(1);
            FutureTask<Void> calls =
                    new FutureTask<>(() -> {
                        while (true) {
                            call.compute(prices, out);
                            begun.countDown();
                        }
                    });
            Thread.ofPlatform().start(calls);
            begun.await();
            refused |= closingsUntilClosed(arena) > 1;
            Throwable ended = assertThrows(ExecutionException.class, calls::get).getCause();
            assertEquals(
                    "Already closed",
                    assertInstanceOf(IllegalStateException.class, ended).getMessage());
        }
        assertTrue(refused, "no call was under way when the arena was to be closed");
    }

    private static int closingsUntilClosed(Arena arena) {
        for (int closings = 1; ; closings++) {
            try {
                arena.close();
                return closings;
            } catch (IllegalStateException e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith("Session is acquired"));
            }
        }
    }
}
