package io.github.trendflex.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // that closing them may be interrupted
class EventTimeOrderTest {
    private static final int DELAY = 20;

    /// An element with its place in the order of arrival.
    public record Event(int arrival, String key, long time) {}

    private static final TypeInformation<Event> TYPE = TypeInformation.of(Event.class);

    /// Those of the operator that was made last.
    private InterceptingOperatorMetricGroup metrics = new InterceptingOperatorMetricGroup();

    private final TaskMetricGroup task =
            new InterceptingTaskMetricGroup() {
                @Override
                public InternalOperatorMetricGroup getOrAddOperator(
                        OperatorID id, String name, Map<String, String> variables) {
                    metrics = new InterceptingOperatorMetricGroup();
                    return metrics;
                }
            };

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void elementsComeInTheOrderOfTheirTimesAndLateOnesAside(long seed) throws Exception {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            // Most elements are within the delay, and several have the same time.
            int time = i / 5 + random.nextInt(i % 50 == 49 ? 60 : DELAY) - 60;
            events.add(new Event(i, "K" + random.nextInt(3), time));
        }
        List<Event> inTime = new ArrayList<>();
        List<Event> late = new ArrayList<>();
        long watermark = Long.MIN_VALUE;
        for (Event event : events) {
            (event.time <= watermark ? late : inTime).add(event);
            watermark = Math.max(watermark, event.time - DELAY);
        }
        inTime.sort(Comparator.comparingLong(Event::time)); // stable
        assertFalse(late.isEmpty());

        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1);
        SingleOutputStreamOperator<Event> ordered =
                environment
                        .fromData(TYPE, events.toArray(Event[]::new))
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<Event>forGenerator(
                                                _ -> new AtEveryEvent<>(DELAY))
                                        .withTimestampAssigner((event, _) -> event.time))
                        .keyBy(Event::key)
                        .process(new EventTimeOrder<>(TYPE));
        List<Event> tooLate = new ArrayList<>();
        List<Event> out = new ArrayList<>();
        try (CloseableIterator<Event> lateEvents =
                        ordered.getSideOutput(EventTimeOrder.late(TYPE)).collectAsync();
                CloseableIterator<Event> orderedEvents = ordered.executeAndCollect()) {
            orderedEvents.forEachRemaining(out::add);
            lateEvents.forEachRemaining(tooLate::add);
        }
        assertEquals(byKey(inTime), byKey(out));
        assertEquals(late, tooLate);
    }

    @Test
    void afterAFailureNothingComesOutBeforeWhatDid() throws Exception {
        OperatorSubtaskState checkpoint;
        try (KeyedOneInputStreamOperatorTestHarness<String, Event, Event> before = operator()) {
            before.open();
            take(before, new Event(0, "K", 100));
            take(before, new Event(1, "K", 130));
            before.processWatermark(120);
            assertEquals(List.of(new Event(0, "K", 100)), before.extractOutputValues());
            checkpoint = before.snapshot(0, 0);
        }
        try (KeyedOneInputStreamOperatorTestHarness<String, Event, Event> after = operator()) {
            after.initializeState(checkpoint);
            after.open();
            Event equal = new Event(2, "K", 100);
            Event earlier = new Event(3, "K", 90);
            Event ofAnotherKey = new Event(4, "L", 90);
            Event behindTheWatermark = new Event(5, "K", 110);
            for (Event event : List.of(equal, earlier, ofAnotherKey, behindTheWatermark)) {
                take(after, event);
            }
            after.processWatermark(140);
            assertEquals(2, ((Counter) metrics.get("late")).getCount());
            assertEquals(
                    List.of(equal, earlier),
                    after.getSideOutput(EventTimeOrder.late(TYPE)).stream()
                            .map(StreamRecord::getValue)
                            .toList());
            assertEquals(
                    List.of(ofAnotherKey, behindTheWatermark, new Event(1, "K", 130)),
                    after.extractOutputValues());
        }
    }

    @Test
    void anElementWithoutATimestampIsRefused() throws Exception {
        Event event = new Event(0, "K", 0);
        try (KeyedOneInputStreamOperatorTestHarness<String, Event, Event> operator = operator()) {
            operator.open();
            for (StreamRecord<Event> without :
                    List.of(new StreamRecord<>(event), new StreamRecord<>(event, Long.MIN_VALUE))) {
                assertEquals(
                        "the element has no timestamp",
                        assertThrows(
                                        IllegalStateException.class,
                                        () -> operator.processElement(without))
                                .getMessage());
            }
        }
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Event, Event> operator()
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new EventTimeOrder<String, Event>(TYPE)),
                Event::key,
                Types.STRING,
                new MockEnvironmentBuilder().setMetricGroup(task).build());
    }

    private static void take(
            KeyedOneInputStreamOperatorTestHarness<String, Event, Event> operator, Event event)
            throws Exception {
        operator.processElement(event, event.time);
    }

    private static Map<String, List<Event>> byKey(List<Event> events) {
        return events.stream()
                .collect(Collectors.groupingBy(Event::key, TreeMap::new, Collectors.toList()));
    }

    /// Moves the watermark at every element.
    static final class AtEveryEvent<T> implements WatermarkGenerator<T> {
        private final long delay;
        private long greatest;

        AtEveryEvent(long delay) {
            this.delay = delay;
            this.greatest = Long.MIN_VALUE + delay;
        }

        @Override
        public void onEvent(T event, long time, WatermarkOutput output) {
            greatest = Math.max(greatest, time);
            output.emitWatermark(new Watermark(greatest - delay));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
