package io.github.trendflex.benchmarks.works;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.benchmarks.arms.Agreement;
import io.github.trendflex.benchmarks.arms.Arm;
import io.github.trendflex.benchmarks.arms.Outputs;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final int ROUNDS = 9;
    private static final long SAMPLE = 10_000_000;

    /// How many times slower the machine is in this round.
    private long slowness = 1;

    @Test
    void ratiosAreThoseWithinEachRound() {
        Rounds rounds =
                Rounds.of(
                        List.of(arm(2000), arm(6000)),
                        ROUNDS,
                        SAMPLE,
                        round -> slowness = 1 + (long) round * round);
        assertEquals(3, rounds.ratio(1, 0));
        assertEquals(1 / 3.0, rounds.ratio(0, 1));
        assertEquals(3, rounds.ratioOfMins(1, 0));
    }

    @Test
    void timesAreThoseOfACall() {
        Rounds rounds =
                Rounds.of(List.of(arm(2000)), ROUNDS, SAMPLE, round -> slowness = 1L + round);
        assertEquals(2000, rounds.min(0));
        assertEquals(10_000, rounds.median(0));
        assertEquals(18_000, rounds.max(0));
    }

    @Test
    void aTurnLastsAsLongAsASampleOrACall() {
        Counting quick = new Counting(1000);
        Counting slow = new Counting(3 * SAMPLE);
        Rounds.of(List.of(quick.arm(), slow.arm()), ROUNDS, SAMPLE, _ -> {});
        assertEquals(SAMPLE / 1000, quick.last);
        assertEquals(1, slow.last);
        assertTrue(quick.turns > ROUNDS, "it was not warmed up");
    }

    private Arm arm(long nanos) {
        return new Arm("arm", Agreement.NONE, calls -> calls * nanos * slowness, Outputs.NONE);
    }

    private static final class Counting {
        private final long nanos;
        private long last;
        private int turns;

        Counting(long nanos) {
            this.nanos = nanos;
        }

        Arm arm() {
            return new Arm(
                    "arm",
                    Agreement.NONE,
                    calls -> {
                        last = calls;
                        turns++;
                        return calls * nanos;
                    },
                    Outputs.NONE);
        }
    }
}
