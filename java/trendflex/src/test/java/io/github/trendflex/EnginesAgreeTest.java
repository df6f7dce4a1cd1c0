package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.offHeap;
import static io.github.trendflex.Doubles.untouched;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Checks that the engine in Java gives the bits, the errors and the snapshots of the native one.
@Tag("once")
class EnginesAgreeTest {
    private static final Engine NATIVE = new NativeEngine();
    private static final Engine JAVA = new JavaEngine();

    /// What a price series does for a while.
    enum Stretch {
        WALK {
            @Override
            double next(double price, Random random) {
                return price + random.nextGaussian();
            }
        },
        PLATEAU {
            @Override
            double next(double price, Random random) {
                return price;
            }
        },
        ZERO {
            @Override
            double next(double price, Random random) {
                return random.nextBoolean() ? 0.0 : -0.0;
            }
        },
        DENORMAL {
            @Override
            double next(double price, Random random) {
                return random.nextInt(-9, 10) * Double.MIN_VALUE;
            }
        },
        TINY {
            @Override
            double next(double price, Random random) {
                return random.nextGaussian() * 0x1p-480;
            }
        },
        HUGE {
            @Override
            double next(double price, Random random) {
                return Math.clamp(random.nextGaussian() * 0x1p499, -0x1p500, 0x1p500);
            }
        },
        /// After a rise the sum of the window is not exact, so that each rounding shows.
        STAIRS {
            @Override
            double next(double price, Random random) {
                return random.nextInt(300) == 0
                        ? Math.scalb(price, random.nextInt(45, 62))
                        : price * (1 + random.nextGaussian() / 50);
            }
        },
        ANY {
            @Override
            double next(double price, Random random) {
                return Double.longBitsToDouble(random.nextLong());
            }
        },
        GAPS {
            @Override
            double next(double price, Random random) {
                return random.nextInt(8) == 0 ? Double.NaN : 100 + random.nextInt(9);
            }
        };

        abstract double next(double price, Random random);
    }

    /// Makes prices of several kinds, the same ones each time.
    record Series(long seed, int length) {
        double[] prices() {
            Random random = new Random(seed);
            double[] prices = new double[length];
            Stretch[] all = Stretch.values();
            Stretch stretch = all[random.nextInt(all.length)];
            double price = 100;
            boolean mixed = random.nextBoolean();
            for (int i = 0; i < length; i++) {
                if (mixed && random.nextInt(150) == 0) {
                    stretch = all[random.nextInt(all.length)];
                }
                prices[i] = stretch.next(price, random);
                price = Math.abs(prices[i]) <= 0x1p500 ? prices[i] : 100;
            }
            return prices;
        }
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void onSeries(
            @ForAll("series") Series series,
            @ForAll("periods") int period,
            @ForAll Definition definition,
            @ForAll NanPolicy nanPolicy) {
        double[] prices = series.prices();
        Options options = new Options(definition, nanPolicy, Kernel.AUTO);
        assertSame(
                prices.length,
                (engine, out) -> {
                    double[] results = new double[prices.length];
                    engine.series(prices, results, period, options);
                    out.copyFrom(MemorySegment.ofArray(results));
                });
        assertSame(
                prices.length,
                (engine, out) -> engine.series(offHeap(prices), out, period, options));
        assertEquals(NATIVE.scan(offHeap(prices)), JAVA.scan(MemorySegment.ofArray(prices)));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void onBatches(
            @ForAll("series") Series series,
            @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 300) Integer> periods,
            @ForAll Definition definition,
            @ForAll NanPolicy nanPolicy) {
        double[] prices = series.prices();
        Options options = new Options(definition, nanPolicy, Kernel.AUTO);
        assertSame(
                periods.size() * prices.length,
                (engine, out) ->
                        engine.rows(offHeap(prices), out, new Periods.Listed(periods), 2, options));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void onManySeries(
            @ForAll("series") Series series,
            @ForAll SeriesLayout layout,
            @ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll("periods") int period,
            @ForAll Definition definition,
            @ForAll NanPolicy nanPolicy) {
        double[] prices = Arrays.copyOf(series.prices(), series.length / count * count);
        Options options = new Options(definition, nanPolicy, Kernel.AUTO);
        assertSame(
                prices.length,
                (engine, out) ->
                        engine.manySeries(offHeap(prices), count, layout, out, period, 2, options));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void onPanels(
            @ForAll("series") Series series,
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = -1, max = 3100) Integer> cuts,
            @ForAll boolean sound,
            @ForAll("periods") int period,
            @ForAll NanPolicy nanPolicy) {
        int length = series.length;
        double[] prices = series.prices();
        long[] offsets = cuts.stream().mapToLong(cut -> cut).toArray();
        if (sound) {
            Arrays.setAll(offsets, i -> Math.clamp(offsets[i], 0, length));
            Arrays.sort(offsets);
            offsets[0] = 0;
            offsets[offsets.length - 1] = offsets.length == 1 ? 0 : length;
        }
        MemorySegment offHeapOffsets = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_LONG, offsets);
        Options options = new Options(Definition.VECTOR_TA, nanPolicy, Kernel.AUTO);
        assertSame(
                length,
                (engine, out) ->
                        engine.panel(offHeap(prices), offHeapOffsets, out, period, 2, options));
    }

    /// Lets an engine compute into memory, or refuse.
    private static void assertSame(int places, BiConsumer<Engine, MemorySegment> call) {
        MemorySegment expected = offHeap(untouched(places));
        MemorySegment actual = offHeap(untouched(places));
        assertEquals(outcome(NATIVE, expected, call), outcome(JAVA, actual, call));
        assertSameBits(array(expected), array(actual));
    }

    private static String outcome(
            Engine engine, MemorySegment out, BiConsumer<Engine, MemorySegment> call) {
        try {
            call.accept(engine, out);
            return "computed";
        } catch (TrendFlexException e) {
            return e.reason() + ": " + e.getMessage();
        }
    }

    enum Turn {
        UPDATE,
        PEEK,
        ARRAY,
        SEGMENT,
        DISCARD,
        NATIVE_KERNEL,
        RESTORE_IN_JAVA,
        RESTORE_FROM_NATIVE,
        COPY
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void onStreams(
            @ForAll("series") Series series,
            @ForAll("periods") int period,
            @ForAll Definition definition,
            @ForAll("lenient") NanPolicy nanPolicy,
            @ForAll @Size(max = 40) List<Turn> turns,
            @ForAll @IntRange(min = 1, max = 700) int most) {
        double[] all = series.prices();
        NativeStream expected = NativeStream.begin(period, definition, nanPolicy);
        Step step = new Step(period, definition, nanPolicy);
        Random random = new Random(series.seed);
        int from = 0;
        for (Turn turn : turns) {
            int to = Math.min(from + random.nextInt(most), all.length);
            double[] prices = Arrays.copyOfRange(all, from, to);
            double[] wanted = new double[prices.length];
            double[] out = new double[prices.length];
            if (turn != Turn.PEEK) {
                Arrays.setAll(wanted, i -> expected.update(prices[i]));
                from = to;
            }
            switch (turn) {
                case UPDATE -> {
                    for (int i = 0; i < out.length; i++) {
                        out[i] = step.update(prices[i]);
                    }
                }
                case PEEK -> {
                    Arrays.setAll(wanted, i -> expected.peek(prices[i]));
                    for (int i = 0; i < out.length; i++) {
                        out[i] = step.peek(prices[i]);
                    }
                }
                case ARRAY -> {
                    double[] wide = new double[out.length + 3];
                    step.update(prices, 0, prices.length, wide, 3);
                    out = Arrays.copyOfRange(wide, 3, wide.length);
                }
                case SEGMENT -> JAVA.update(step, offHeap(prices), MemorySegment.ofArray(out));
                case DISCARD -> {
                    JAVA.update(step, offHeap(prices), MemorySegment.NULL);
                    out = wanted;
                }
                case NATIVE_KERNEL ->
                        NATIVE.update(step, offHeap(prices), MemorySegment.ofArray(out));
                case RESTORE_IN_JAVA -> {
                    step.update(prices, 0, prices.length, out, 0);
                    step = Snapshots.stream(Snapshots.ofStream(step));
                }
                case RESTORE_FROM_NATIVE -> {
                    step = Snapshots.stream(expected.snapshot());
                    out = wanted;
                }
                case COPY -> {
                    Step copy = step.copy();
                    step.update(prices, 0, prices.length, new double[prices.length], 0);
                    step = copy;
                    step.update(prices, 0, prices.length, out, 0);
                }
            }
            assertSameBits(wanted, out);
            assertEquals(expected.count(), step.count());
        }
        assertArrayEquals(expected.snapshot(), Snapshots.ofStream(step));
    }

    enum Move {
        NONE,
        NATIVE_KERNEL,
        RESTORE,
        COPY,
        RESET
    }

    /// The sum that a rebuild gives the window is not exact if prices have just risen by a factor
    /// of about 2<sup>53</sup>; so it shows in the state how and when it was made.
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void onARiseBeforeARebuild(
            @ForAll long seed,
            @ForAll @IntRange(min = 9, max = 300) int anyPeriod,
            @ForAll boolean longest,
            @ForAll Move move) {
        int period = longest ? 250 : anyPeriod;
        int rebuild = period <= 250 ? 1000 : 2000;
        Random random = new Random(seed);
        int rise = rebuild - 1 - random.nextInt(period);
        double scale = Math.scalb(1.0, random.nextInt(45, 62));
        double[] prices = new double[2 * rebuild + 2];
        Arrays.setAll(prices, i -> (100 + random.nextGaussian()) * (i < rise ? 1 : scale));
        NativeStream expected = NativeStream.begin(period, Definition.VECTOR_TA, NanPolicy.SKIP);
        Step updated = new Step(period, Definition.VECTOR_TA, NanPolicy.SKIP);
        Step inArrays = updated.copy();
        int cut = random.nextInt(rebuild);
        if (move == Move.RESET) {
            updated.update(prices, 0, cut, new double[cut], 0);
            updated.reset();
        }
        for (int i = 0; i < cut; i++) {
            assertSameStep(expected, updated, prices[i]);
        }
        int next = cut;
        switch (move) {
            case RESTORE -> updated = Snapshots.stream(Snapshots.ofStream(updated));
            case COPY -> updated = updated.copy();
            case NATIVE_KERNEL -> {
                next += random.nextInt(period);
                MemorySegment piece = offHeap(Arrays.copyOfRange(prices, cut, next));
                expected.updateInto(piece, MemorySegment.NULL);
                NATIVE.update(updated, piece, MemorySegment.NULL);
            }
            default -> {}
        }
        for (int i = next; i < prices.length; i++) {
            assertSameStep(expected, updated, prices[i]);
        }
        double[] out = new double[prices.length];
        inArrays.update(prices, 0, cut, out, 0);
        inArrays.update(prices, cut, prices.length, out, cut);
        assertArrayEquals(expected.snapshot(), Snapshots.ofStream(updated));
        assertArrayEquals(expected.snapshot(), Snapshots.ofStream(inArrays));
    }

    private static void assertSameStep(NativeStream expected, Step step, double price) {
        assertEquals(expected.peek(price), step.peek(price));
        assertEquals(expected.update(price), step.update(price));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void onBanks(
            @ForAll("series") Series series,
            @ForAll("periods") int period,
            @ForAll Definition definition,
            @ForAll("lenient") NanPolicy nanPolicy,
            @ForAll @IntRange(min = 1, max = 20) int symbols) {
        double[] all = series.prices();
        BankInfo info = new BankInfo(period, definition, nanPolicy, symbols);
        BankState expected = NATIVE.bank(info);
        BankState bank = JAVA.bank(info);
        Random random = new Random(series.seed);
        double[] wanted = new double[symbols];
        double[] out = new double[symbols];
        for (int from = 0; from + symbols <= all.length; from += symbols) {
            double[] prices = Arrays.copyOfRange(all, from, from + symbols);
            expected.peek(prices, wanted);
            bank.peek(prices, out);
            assertSameBits(wanted, out);
            bank.peek(offHeap(prices), MemorySegment.ofArray(out));
            assertSameBits(wanted, out);
            expected.update(prices, wanted);
            if (random.nextBoolean()) {
                bank.update(prices, out);
            } else {
                bank.update(offHeap(prices), MemorySegment.ofArray(out));
            }
            assertSameBits(wanted, out);
            if (random.nextInt(50) == 0) {
                int symbol = random.nextInt(symbols);
                assertArrayEquals(
                        expected.stream(symbol).snapshot(), bank.stream(symbol).snapshot());
                expected.reset(symbol);
                bank.reset(symbol);
                bank = JAVA.restoreBank(expected.snapshot());
                assertEquals(info, bank.info());
                expected = NATIVE.restoreBank(bank.snapshot());
                bank = bank.copy();
            }
        }
        assertEquals(expected.isNew(), bank.isNew());
        assertArrayEquals(expected.snapshot(), bank.snapshot());
        bank.reset();
        assertArrayEquals(NATIVE.bank(info).snapshot(), bank.snapshot());
    }

    /// The lengths and periods reach beyond several rebuilds.
    @Provide
    Arbitrary<Series> series() {
        Arbitrary<Integer> length =
                Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.integers().between(0, 40)),
                        Tuple.of(3, Arbitraries.integers().between(0, 4500)));
        return Combinators.combine(Arbitraries.longs(), length).as(Series::new);
    }

    @Provide
    Arbitrary<Integer> periods() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(1, 20)),
                Tuple.of(2, Arbitraries.integers().between(20, 600)),
                Tuple.of(1, Arbitraries.integers().between(249, 251)));
    }

    @Provide
    Arbitrary<NanPolicy> lenient() {
        return Arbitraries.of(NanPolicy.PROPAGATE, NanPolicy.SKIP);
    }
}
