package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Checks states that series hardly ever come to.
@Tag("once")
class StepTest {
    /// The place of the mean square in a snapshot of a stream.
    private static final int MEAN_SQUARE = 9 * Long.BYTES;

    private static final double SMALLEST_MEAN_SQUARE = 0x1p-960;

    /// Two threads that take prices at once can leave a place beyond the ring.
    @Test
    void aPlaceThatTwoThreadsLeftBeyondTheRingIsRefused() throws ReflectiveOperationException {
        Field position = Step.class.getDeclaredField("position");
        position.setAccessible(true);
        Step young = flat(100, 50);
        Step old = flat(100, 500);
        position.setInt(young, 100);
        position.setInt(old, 100);
        double[] one = {1};
        for (Executable call :
                List.<Executable>of(
                        () -> young.update(1),
                        () -> old.update(1),
                        () -> old.update(one, 0, 1, one, 0),
                        () -> old.peek(1))) {
            TrendFlexException e = assertThrows(TrendFlexException.class, call);
            assertEquals(Refusal.CORRUPT_STATE, e.reason());
        }
        assertEquals(50, young.count());
        assertEquals(500, old.count());
    }

    @Test
    void aMeanSquareIsZeroBelowTheSmallestOneOnly() {
        byte[] snapshot = Snapshots.ofStream(flat(20, 100));
        ByteBuffer words = ByteBuffer.wrap(snapshot).order(ByteOrder.LITTLE_ENDIAN);
        double meanSquare = SMALLEST_MEAN_SQUARE / 0.96;
        for (double next : new double[] {SMALLEST_MEAN_SQUARE, 0}) {
            words.putDouble(MEAN_SQUARE, meanSquare);
            int end = snapshot.length - Long.BYTES;
            words.putLong(end, Snapshots.checksum(snapshot, end));
            Step step = Snapshots.stream(snapshot);
            NativeStream expected = NativeStream.of(step, snapshot);
            step.update(1);
            expected.update(1);
            byte[] after = Snapshots.ofStream(step);
            assertArrayEquals(expected.snapshot(), after);
            words.put(0, after);
            assertEquals(next, words.getDouble(MEAN_SQUARE));
            meanSquare = Math.nextDown(meanSquare);
        }
    }

    /// Returns a series of equal prices, whose mean square only falls.
    private static Step flat(int period, int prices) {
        Step step = new Step(period, Definition.VECTOR_TA, NanPolicy.PROPAGATE);
        double[] ones = new double[prices];
        Arrays.fill(ones, 1);
        step.update(ones, 0, prices, ones, 0);
        return step;
    }
}
