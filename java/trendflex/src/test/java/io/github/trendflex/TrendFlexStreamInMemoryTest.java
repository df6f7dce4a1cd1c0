package io.github.trendflex;

import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.assertUntouched;
import static io.github.trendflex.Doubles.offHeap;
import static io.github.trendflex.Doubles.ramp;
import static io.github.trendflex.Doubles.untouched;
import static io.github.trendflex.Doubles.walk;
import static io.github.trendflex.Doubles.withGaps;
import static io.github.trendflex.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks streams whose state is in memory of the caller's, which the native engine computes.
@Tag("once")
class TrendFlexStreamInMemoryTest {
    @ParameterizedTest
    @EnumSource(names = {"PROPAGATE", "SKIP"})
    void gapsDoWhatTheyDoInASeries(NanPolicy nanPolicy) {
        double[] prices = withGaps(walk(300, 1), 0, 1, 100, 101, 250);
        TrendFlex calculator =
                TrendFlex.of(5).withDefinition(Definition.EHLERS).withNanPolicy(nanPolicy);
        MemorySegment state = offHeap(new double[(int) TrendFlexStream.stateSize(5) / 8]);
        assertSameBits(calculator.compute(prices), updates(calculator.streamIn(state), prices));
    }

    @Test
    void rejectIsNotForStreams() {
        TrendFlex rejecting = TrendFlex.of(5).withNanPolicy(NanPolicy.REJECT);
        MemorySegment state = offHeap(untouched((int) TrendFlexStream.stateSize(5) / 8));
        assertRefused(Refusal.REJECT_IN_STREAM, () -> rejecting.streamIn(state));
        assertUntouched(state);
    }

    @Test
    void optionsOfAStreamInMemoryOfTheCallerChangeInPlace() {
        double[] prices = walk(100, 1);
        MemorySegment state = offHeap(new double[(int) TrendFlexStream.stateSize(5) / 8]);
        TrendFlexStream stream =
                TrendFlexStream.createIn(state, 5)
                        .withDefinition(Definition.EHLERS)
                        .withNanPolicy(NanPolicy.PROPAGATE);
        stream.updateAll(Arrays.copyOf(prices, 99));
        TrendFlexStream opened = TrendFlexStream.openIn(state);
        assertEquals(stream.toString(), opened.toString());
        assertEquals(99, opened.count());
        assertEquals(
                TrendFlex.of(5).withDefinition(Definition.EHLERS).compute(prices)[99],
                opened.update(prices[99]));
        stream.reset();
        assertEquals(
                Definition.VECTOR_TA, opened.withDefinition(Definition.VECTOR_TA).definition());
        assertEquals(Definition.VECTOR_TA, TrendFlexStream.openIn(state).definition());
        TrendFlexStream copy = opened.copy().withDefinition(Definition.EHLERS);
        copy.updateAll(prices);
        assertEquals(0, opened.count());
    }

    @Test
    void nothingIsNoError() {
        MemorySegment state = offHeap(new double[(int) TrendFlexStream.stateSize(5) / 8]);
        TrendFlexStream stream = TrendFlexStream.createIn(state, 5);
        stream.updateInto(MemorySegment.NULL, MemorySegment.NULL);
        stream.updateInto(MemorySegment.NULL, MemorySegment.ofArray(new double[0]));
        assertEquals(0, stream.count());
    }

    @Test
    void stateMayLieInMemoryOfTheCaller() {
        double[] prices = walk(100, 1);
        double[] expected = TrendFlex.of(5).compute(prices);
        long size = TrendFlexStream.stateSize(5);
        MemorySegment[] states = {
            Arena.ofAuto().allocate(size, 8),
            MemorySegment.ofArray(new long[(int) size / 8]),
            MemorySegment.ofArray(new double[(int) size / 8 + 2]).asSlice(16)
        };
        for (MemorySegment state : states) {
            state.fill((byte) 0xa5);
            double[] out = new double[100];
            TrendFlexStream.createIn(state, 5)
                    .updateInto(offHeap(prices), MemorySegment.ofArray(out));
            assertSameBits(expected, out);
            TrendFlexStream.createIn(state, 5)
                    .updateInto(MemorySegment.ofArray(prices), MemorySegment.ofArray(out));
            assertSameBits(expected, out);
            assertSameBits(expected, updates(TrendFlexStream.createIn(state, 5), prices));
        }
    }

    @Test
    void openedStateGoesOn() {
        double[] prices = walk(100, 1);
        MemorySegment state = Arena.ofAuto().allocate(TrendFlexStream.stateSize(5), 8);
        TrendFlexStream created =
                TrendFlex.of(5)
                        .withDefinition(Definition.EHLERS)
                        .withNanPolicy(NanPolicy.PROPAGATE)
                        .streamIn(state);
        double[] expected = updates(created, prices);

        created.reset();
        updates(created, Arrays.copyOf(prices, 50));
        TrendFlexStream opened = TrendFlexStream.openIn(state);
        assertEquals(created.toString(), opened.toString());
        assertSameBits(
                Arrays.copyOfRange(expected, 50, 100),
                updates(opened, Arrays.copyOfRange(prices, 50, 100)));

        opened.reset();
        assertSameBits(expected, updates(opened, prices));
    }

    @Test
    void unsuitableStatesAreRefused() {
        int size = (int) TrendFlexStream.stateSize(5);
        MemorySegment state = Arena.ofAuto().allocate(size + 8, 8);
        MemorySegment readOnly = state.asSlice(0, size).asReadOnly();
        MemorySegment shifted = state.asSlice(4, size);
        MemorySegment bytes = MemorySegment.ofArray(new byte[size]);
        assertRefused(
                Refusal.STATE_SIZE,
                "state has " + (size + 8) + " bytes: it must have " + size,
                () -> TrendFlexStream.createIn(state, 5));
        assertRefused(Refusal.STATE_SIZE, () -> TrendFlexStream.createIn(MemorySegment.NULL, 5));
        assertRefused(Refusal.READ_ONLY, () -> TrendFlexStream.createIn(readOnly, 5));
        assertRefused(Refusal.MISALIGNED, () -> TrendFlexStream.createIn(shifted, 5));
        assertRefused(Refusal.MISALIGNED, () -> TrendFlexStream.createIn(bytes, 5));
        assertRefused(Refusal.READ_ONLY, () -> TrendFlexStream.openIn(readOnly));
        assertRefused(Refusal.MISALIGNED, () -> TrendFlexStream.openIn(shifted));
        assertEquals(-1, state.mismatch(Arena.ofAuto().allocate(size + 8, 8)));
    }

    @Test
    void foreignBytesAreNoState() {
        MemorySegment state = Arena.ofAuto().allocate(TrendFlexStream.stateSize(5), 8);
        String message =
                "the memory holds no sound state: was it overwritten, or used by two threads at once?";
        assertRefused(Refusal.CORRUPT_STATE, message, () -> TrendFlexStream.openIn(state));
        state.fill((byte) -1);
        assertRefused(Refusal.CORRUPT_STATE, message, () -> TrendFlexStream.openIn(state));
        TrendFlexStream.createIn(state, 5);
        assertRefused(
                Refusal.CORRUPT_STATE, message, () -> TrendFlexStream.openIn(state.asSlice(8)));
        assertRefused(
                Refusal.CORRUPT_STATE, message, () -> TrendFlexStream.openIn(MemorySegment.NULL));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 9, 11, 12, 13, 14, 15, 18})
    void stateWithOneDamagedPartIsRefused(int part) {
        MemorySegment state = Arena.ofAuto().allocate(TrendFlexStream.stateSize(5), 8);
        TrendFlexStream.createIn(state, 5).updateAll(ramp(10));
        assertEquals(10, TrendFlexStream.openIn(state).count());
        long bits = state.getAtIndex(ValueLayout.JAVA_LONG, part);
        // This changes counts, and turns numbers into NaN.
        state.setAtIndex(ValueLayout.JAVA_LONG, part, bits | 0x7ff8_0000_0000_0001L);
        assertRefused(Refusal.CORRUPT_STATE, () -> TrendFlexStream.openIn(state));
    }

    @Test
    void everyMethodRefusesAnOverwrittenState() {
        MemorySegment state = Arena.ofAuto().allocate(TrendFlexStream.stateSize(5), 8);
        TrendFlexStream stream = TrendFlexStream.createIn(state, 5);
        stream.updateAll(ramp(10));
        state.fill((byte) 0x7f);
        MemorySegment before = Arena.ofAuto().allocate(state.byteSize(), 8).copyFrom(state);
        double[] out = untouched(10);
        assertRefused(Refusal.CORRUPT_STATE, () -> stream.update(1));
        assertRefused(Refusal.CORRUPT_STATE, () -> stream.peek(1));
        assertRefused(Refusal.CORRUPT_STATE, stream::isReady);
        assertRefused(Refusal.CORRUPT_STATE, stream::snapshot);
        assertTrue(stream.toString().contains("used by two threads at once?"), stream.toString());
        assertRefused(Refusal.CORRUPT_STATE, () -> stream.updateInto(ramp(10), out));
        assertRefused(Refusal.CORRUPT_STATE, () -> stream.updateAll(ramp(10)));
        assertRefused(Refusal.CORRUPT_STATE, stream::count);
        assertUntouched(out);
        assertEquals(-1, state.mismatch(before));
    }

    @Test
    void stateIsMemoryOfItsOwn() {
        long size = TrendFlexStream.stateSize(5);
        MemorySegment memory = offHeap(ramp(100));
        TrendFlexStream stream = TrendFlexStream.createIn(memory.asSlice(0, size), 5);
        MemorySegment other = offHeap(untouched(10));
        MemorySegment shared = memory.asSlice(size - 8, 80);
        assertRefused(
                Refusal.OVERLAP,
                "prices and state share memory: state must be memory of its own",
                () -> stream.updateInto(shared, other));
        assertRefused(
                Refusal.OVERLAP,
                "state and out share memory: out must be memory of its own",
                () -> stream.updateInto(other, shared));
        assertRefused(
                Refusal.OVERLAP,
                "history and state share memory: state must be memory of its own",
                () -> stream.updateAll(shared));
        assertUntouched(other);
        assertEquals(0, stream.count());
    }

    @Test
    void stateInAClosedArenaIsTheJdksError() {
        TrendFlexStream stream;
        try (Arena arena = Arena.ofShared()) {
            stream = TrendFlexStream.createIn(arena.allocate(TrendFlexStream.stateSize(5), 8), 5);
        }
        assertThrows(IllegalStateException.class, () -> stream.update(1));
        assertThrows(IllegalStateException.class, () -> stream.peek(1));
        assertThrows(IllegalStateException.class, () -> stream.updateAll(ramp(10)));
        assertThrows(IllegalStateException.class, stream::reset);
        assertThrows(IllegalStateException.class, stream::count);
        assertThrows(IllegalStateException.class, stream::copy);
    }

    @Test
    void stateConfinedToAnotherThreadIsTheJdksError() throws InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            TrendFlexStream stream =
                    TrendFlexStream.createIn(arena.allocate(TrendFlexStream.stateSize(5), 8), 5);
            FutureTask<Double> task = new FutureTask<>(() -> stream.update(1));
            Thread.ofPlatform().start(task);
            Throwable cause = assertThrows(ExecutionException.class, task::get).getCause();
            assertInstanceOf(WrongThreadException.class, cause);
            assertEquals(0, stream.count());
        }
    }

    private static double[] updates(TrendFlexStream stream, double[] prices) {
        return Arrays.stream(prices).map(stream::update).toArray();
    }
}
