package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.walk;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.CRC32;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/// Checks that a call on any memory ends with a result, or with a refusal and nothing written.
class AnyCallTest {
    private static final int BLOCK_SIZE = 400;

    /// Memory whose parts the calls get.
    enum Block {
        OFF_HEAP,
        OFF_HEAP_READ_ONLY,
        DOUBLES,
        DOUBLES_READ_ONLY,
        LONGS,
        BYTES;

        MemorySegment filled(Arena arena) {
            MemorySegment prices =
                    MemorySegment.ofArray(walk(BLOCK_SIZE / Double.BYTES, name().hashCode()));
            return switch (this) {
                case OFF_HEAP -> arena.allocate(BLOCK_SIZE, 8).copyFrom(prices);
                case OFF_HEAP_READ_ONLY ->
                        arena.allocate(BLOCK_SIZE, 8).copyFrom(prices).asReadOnly();
                case DOUBLES -> prices;
                case DOUBLES_READ_ONLY -> prices.asReadOnly();
                case LONGS ->
                        MemorySegment.ofArray(new long[BLOCK_SIZE / Long.BYTES]).copyFrom(prices);
                case BYTES -> MemorySegment.ofArray(new byte[BLOCK_SIZE]).copyFrom(prices);
            };
        }
    }

    record Part(Block block, int offset, int size) {
        MemorySegment of(Map<Block, MemorySegment> blocks) {
            return requireNonNull(blocks.get(block)).asSlice(offset, size);
        }
    }

    private static byte[] bytes(Block block, Map<Block, MemorySegment> blocks) {
        return requireNonNull(blocks.get(block)).toArray(ValueLayout.JAVA_BYTE);
    }

    enum Call {
        SERIES,
        BATCH,
        BATCH_IN_BLOCKS,
        MANY_SERIES,
        PANEL,
        STREAM,
        BANK,
        STATE
    }

    @Property(edgeCases = EdgeCasesMode.NONE) // they are more than the tries
    void endsWithAResultOrARefusalThatHasWrittenNothing(
            @ForAll Call call,
            @ForAll("parts") Part prices,
            @ForAll("parts") Part out,
            @ForAll("parts") Part offsets,
            @ForAll("numbers") int period,
            @ForAll("numbers") int other,
            @ForAll NanPolicy nanPolicy,
            @ForAll @IntRange(min = -1, max = 3) int threads,
            @ForAll @IntRange(min = 15, max = 17) int state) {
        Assume.that(call != Call.STATE || TrendFlexLibrary.engine() == TrendFlexEngine.NATIVE);
        try (Arena arena = Arena.ofConfined()) {
            Map<Block, MemorySegment> blocks = new EnumMap<>(Block.class);
            Map<Block, byte[]> before = new EnumMap<>(Block.class);
            for (Block block : Block.values()) {
                blocks.put(block, block.filled(arena));
                before.put(block, bytes(block, blocks));
            }
            MemorySegment in = prices.of(blocks);
            MemorySegment to = out.of(blocks);
            double[] values = new double[(int) in.byteSize() / Double.BYTES];
            MemorySegment.ofArray(values).copyFrom(in.asSlice(0, 8L * values.length));
            boolean done = true;
            try {
                TrendFlex calculator =
                        TrendFlex.of(period).withNanPolicy(nanPolicy).withThreads(threads);
                switch (call) {
                    case SERIES -> calculator.computeInto(in, to);
                    case BATCH ->
                            TrendFlexBatch.of(period, other)
                                    .withThreads(threads)
                                    .withNanPolicy(nanPolicy)
                                    .computeInto(in, to);
                    case BATCH_IN_BLOCKS ->
                            TrendFlexBatch.of(PeriodRange.closed(period, other))
                                    .computeInto(in, to, (_, _) -> true);
                    case MANY_SERIES ->
                            calculator.computeManyInto(in, other, SeriesLayout.TIME_MAJOR, to);
                    case PANEL -> calculator.computePanelInto(in, offsets.of(blocks), to);
                    case STREAM ->
                            TrendFlexStream.of(period % 1000)
                                    .withNanPolicy(nanPolicy)
                                    .updateInto(in, to);
                    case BANK ->
                            TrendFlexStreamBank.of(period % 100, other % 100).updateInto(in, to);
                    // If the size is right, the period that follows from it is too.
                    case STATE -> TrendFlexStream.createIn(to, (int) to.byteSize() / 8 - state);
                }
            } catch (TrendFlexException _) {
                done = false;
            }
            if (done && call == Call.SERIES) {
                assertSameBits(
                        TrendFlex.of(period).withNanPolicy(nanPolicy).compute(values), array(to));
            }
            for (Block block : Block.values()) {
                if (!done || block != out.block) {
                    assertArrayEquals(before.get(block), bytes(block, blocks), block::name);
                }
            }
        }
    }

    @Property
    @Tag("once")
    void aDamagedStateIsRefusedOrGoesOnWithinItsMemory(
            @ForAll @IntRange(min = 1, max = 40) int period,
            @ForAll @IntRange(max = 100) int taken,
            @ForAll("damage") Map<Integer, Byte> damage,
            @ForAll boolean atItsHead) {
        int size = (int) TrendFlexStream.stateSize(period);
        byte[] around = new byte[64];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(size + 128L, 8);
            MemorySegment state = memory.asSlice(64, size);
            TrendFlexStream.createIn(state, period).updateAll(walk(taken, period));
            damage.forEach((place, value) ->
                    state.set(ValueLayout.JAVA_BYTE, place % (atItsHead ? 128 : size), value));
            try {
                TrendFlexStream stream = TrendFlexStream.openIn(state);
                stream.peek(100);
                stream.update(100);
                stream.updateInto(walk(50, 1), new double[50]);
                TrendFlexStream.restore(stream.snapshot()).update(100);
            } catch (TrendFlexException refusal) {
                assertEquals(Refusal.CORRUPT_STATE, refusal.reason());
            }
            assertArrayEquals(around, memory.asSlice(0, 64).toArray(ValueLayout.JAVA_BYTE));
            assertArrayEquals(around, memory.asSlice(64 + size).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @Property
    void aDamagedSnapshotIsRefusedThoughItsCheckSumIsRight(
            @ForAll @IntRange(min = 1, max = 40) int period,
            @ForAll boolean bank,
            @ForAll("damage") Map<Integer, Byte> damage,
            @ForAll @IntRange(max = 9) int shortened) {
        byte[] whole =
                bank
                        ? TrendFlexStreamBank.of(period, 3).snapshot()
                        : TrendFlexStream.of(period).snapshot();
        // The damage is in the part that says what the snapshot is of.
        damage.forEach((place, value) -> whole[place % 24] = value);
        byte[] snapshot = Arrays.copyOf(whole, whole.length - shortened);
        ByteBuffer bytes = ByteBuffer.wrap(snapshot).order(ByteOrder.LITTLE_ENDIAN);
        CRC32 crc = new CRC32();
        crc.update(snapshot, 0, snapshot.length - 8);
        bytes.putLong(snapshot.length - 8, crc.getValue());
        try {
            byte[] kept =
                    bank
                            ? TrendFlexStreamBank.restore(snapshot).snapshot()
                            : TrendFlexStream.restore(snapshot).snapshot();
            assertArrayEquals(snapshot, kept);
        } catch (TrendFlexException refusal) {
            assertEquals(Refusal.CORRUPT_STATE, refusal.reason());
        }
    }

    @Provide
    static Arbitrary<Part> parts() {
        Arbitrary<Integer> offset =
                Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.just(0)),
                        Tuple.of(3, Arbitraries.integers().between(0, 10).map(i -> 8 * i)),
                        Tuple.of(1, Arbitraries.integers().between(0, 80)));
        Arbitrary<Integer> size =
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.of(160, 240, 320)),
                        Tuple.of(2, Arbitraries.integers().between(0, 40).map(i -> 8 * i)),
                        Tuple.of(1, Arbitraries.integers().between(0, 320)));
        return Combinators.combine(Arbitraries.of(Block.class), offset, size).as(Part::new);
    }

    @Provide
    static Arbitrary<Integer> numbers() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(1, 12)),
                Tuple.of(1, Arbitraries.integers().between(-2, 50)),
                Tuple.of(1, Arbitraries.integers()));
    }

    @Provide
    static Arbitrary<Map<Integer, Byte>> damage() {
        return Arbitraries.maps(Arbitraries.integers().between(0, 9999), Arbitraries.bytes())
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
