package io.github.trendflex.flink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexStream;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionTest {
    private static final TypeInformation<Tick> TICKS = TypeInformation.of(Tick.class);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void whatNoStreamCanBeIsRefusedWhereTheJobIsMade() {
        assertRefused(Refusal.INVALID_PERIOD, 0, NanPolicy.SKIP);
        assertRefused(Refusal.REJECT_IN_STREAM, 20, NanPolicy.REJECT);
    }

    private static void assertRefused(Refusal error, int period, NanPolicy nanPolicy) {
        TrendFlexException refused =
                assertThrows(
                        TrendFlexException.class,
                        () ->
                                new TrendFlexFunction<String, Tick>(
                                        TICKS,
                                        Tick::price,
                                        period,
                                        Definition.VECTOR_TA,
                                        nanPolicy));
        assertEquals(error, refused.reason());
    }

    @Test
    void functionsTravelAndTakeNoMemoryAlong() throws Exception {
        for (Serializable function :
                List.of(
                        new TrendFlexFunction<String, Tick>(TICKS, Tick::price, 20)
                                .withStateTtl(DAY),
                        new EventTimeOrder<String, Tick>(TICKS).withStateTtl(DAY),
                        new TrendFlexTableFunction())) {
            InstantiationUtil.clone(function, getClass().getClassLoader());
            for (Field field : function.getClass().getDeclaredFields()) {
                if (!Modifier.isTransient(field.getModifiers())) {
                    for (Class<?> memory :
                            List.of(MemorySegment.class, Arena.class, TrendFlexStream.class)) {
                        assertFalse(memory.isAssignableFrom(field.getType()), field.toString());
                    }
                }
            }
        }
    }

    @Test
    void keysThatBeginAnewAreCountedAndTheFirstIsWarnedOf() {
        Counters metrics = new Counters();
        List<String> warnings = new ArrayList<>();
        Keys keys = new Keys(metrics, warnings::add);
        Options before = new Options(20, Definition.VECTOR_TA, NanPolicy.SKIP);
        TrendFlexStream stream = before.stream();
        stream.update(100);
        byte[] snapshot = stream.snapshot();

        keys.take(null, before, 101);
        assertEquals(2, taken(keys.take(snapshot, before, 101)).count());
        assertEquals(0, metrics.counters.get("restarted").getCount());
        assertEquals(List.of(), warnings);

        for (Options options :
                List.of(
                        new Options(21, Definition.VECTOR_TA, NanPolicy.SKIP),
                        new Options(20, Definition.EHLERS, NanPolicy.SKIP),
                        new Options(20, Definition.VECTOR_TA, NanPolicy.PROPAGATE))) {
            TrendFlexStream anew = taken(keys.take(snapshot, options, 101));
            assertEquals(options, Options.of(anew));
            assertEquals(1, anew.count());
        }
        assertEquals(3, metrics.counters.get("restarted").getCount());
        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().contains("period=20"), warnings.getFirst());
        assertTrue(warnings.getFirst().contains("period=21"), warnings.getFirst());
    }

    private static TrendFlexStream taken(Keys.Step step) {
        return TrendFlexStream.restore(step.state());
    }

    private static final class Counters extends UnregisteredMetricsGroup {
        final Map<String, Counter> counters = new HashMap<>();

        @Override
        public Counter counter(String name) {
            return counters.computeIfAbsent(name, _ -> new SimpleCounter());
        }
    }

    /// A snapshot of this period would have 16 GB.
    @Test
    void aHugePeriodCostsWhatItsPricesCost() {
        Keys keys = new Keys(new Counters());
        Options options = new Options(Integer.MAX_VALUE, Definition.EHLERS, NanPolicy.PROPAGATE);
        byte[] state = new byte[0];
        for (int i = 0; i < 60; i++) {
            Keys.Step step = keys.take(i == 0 ? null : state, options, 100 + i);
            assertTrue(Double.isNaN(step.output()));
            state = step.state();
        }
        assertEquals(16 + 8 * 60, state.length);

        byte[] full = History.empty(options);
        while (History.hasRoom(full)) {
            full = History.with(full, 100);
        }
        byte[] last = full;
        TrendFlexException refused =
                assertThrows(TrendFlexException.class, () -> keys.take(last, options, 100));
        assertEquals(Refusal.OUT_OF_MEMORY, refused.reason());
        assertTrue(refused.getMessage().contains("2147483647"), refused.getMessage());
        assertTrue(refused.getMessage().contains("17179869264"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"VECTOR_TA, SKIP", "EHLERS, PROPAGATE"})
    void aLongPeriodHasTheBitsOfAStreamBeforeAndAfterItsFirstSnapshot(
            Definition definition, NanPolicy nanPolicy) {
        int period = History.LONGEST + 1;
        Options options = new Options(period, definition, nanPolicy);
        TrendFlexStream stream = options.stream();
        byte[] state = History.empty(options);
        Random random = new Random(1);
        for (int i = 0; i < period + 50; i++) {
            double price =
                    i % 1000 == 3 && nanPolicy == NanPolicy.SKIP ? Double.NaN : random.nextDouble();
            double expected = stream.update(price);
            // Few of the steps between are tried: each takes all prices again.
            if (i % 1000 != 0 && i < History.LONGEST - 10) {
                state = History.with(state, price);
                continue;
            }
            Keys.Step step = new Keys(new Counters()).take(state, options, price);
            assertEquals(
                    Double.doubleToRawLongBits(expected),
                    Double.doubleToRawLongBits(step.output()));
            state = step.state();
            assertEquals(i < History.LONGEST, History.isOne(state));
        }
        assertArrayEquals(stream.snapshot(), state);
        assertTrue(nanPolicy == NanPolicy.SKIP || !Double.isNaN(stream.peek(100)));
    }

    @Test
    void keysExpireIfTheyAreToldSo() throws Exception {
        TrendFlexFunction<String, Tick> function = new TrendFlexFunction<>(TICKS, Tick::price, 3);
        assertFalse(lastAfterTwoDays(function).isNaN());
        assertTrue(lastAfterTwoDays(function.withStateTtl(DAY)).isNaN());
        for (Duration ttl : List.of(Duration.ZERO, DAY.negated())) {
            assertThrows(IllegalArgumentException.class, () -> function.withStateTtl(ttl));
        }
    }

    @SuppressWarnings("try") // that closing the operator may be interrupted
    private static Double lastAfterTwoDays(TrendFlexFunction<String, Tick> function)
            throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, Tick, Tuple2<Tick, Double>> operator =
                operator(function)) {
            operator.open();
            operator.setStateTtlProcessingTime(0);
            takeTen(operator);
            operator.setStateTtlProcessingTime(DAY.multipliedBy(2).toMillis());
            operator.processElement(new Tick(10, "S", 100.0), 10);
            return operator.extractOutputValues().getLast().f1;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @SuppressWarnings("try") // that closing the operator may be interrupted
    void keysMayExpireFromASavepointOnOrNoLonger(boolean after) throws Exception {
        TrendFlexFunction<String, Tick> kept = new TrendFlexFunction<>(TICKS, Tick::price, 3);
        TrendFlexFunction<String, Tick> expiring = kept.withStateTtl(DAY);
        OperatorSubtaskState savepoint;
        try (KeyedOneInputStreamOperatorTestHarness<String, Tick, Tuple2<Tick, Double>> operator =
                operator(after ? kept : expiring)) {
            operator.open();
            takeTen(operator);
            savepoint = operator.snapshot(1, 1);
        }
        try (KeyedOneInputStreamOperatorTestHarness<String, Tick, Tuple2<Tick, Double>> operator =
                operator(after ? expiring : kept)) {
            operator.initializeState(savepoint);
            operator.open();
            operator.processElement(new Tick(10, "S", 100.0), 10);
            assertFalse(operator.extractOutputValues().getLast().f1.isNaN());
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Tick, Tuple2<Tick, Double>>
            operator(TrendFlexFunction<String, Tick> function) throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(function), Tick::symbol, Types.STRING);
    }

    private static void takeTen(
            KeyedOneInputStreamOperatorTestHarness<String, Tick, Tuple2<Tick, Double>> operator)
            throws Exception {
        for (int i = 0; i < 10; i++) {
            operator.processElement(new Tick(i, "S", 100.0 + i % 3), i);
        }
    }
}
