package io.github.trendflex.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeOrderTest {
    private static final int DELAY = 20;

    /// Number `arrival` of all.
    public record Event(int arrival, String key, long time) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @SuppressWarnings("try") // that closing them may be interrupted
    void elementsComeInTheOrderOfTheirTimesAndLateOnesAside(long seed) throws Exception {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            // Most within the delay, several at a time.
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

        TypeInformation<Event> type = TypeInformation.of(Event.class);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1);
        SingleOutputStreamOperator<Event> ordered =
                environment
                        .fromData(type, events.toArray(Event[]::new))
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<Event>forGenerator(_ -> new AtEveryEvent())
                                        .withTimestampAssigner((event, _) -> event.time))
                        .keyBy(Event::key)
                        .process(new EventTimeOrder<>(type));
        List<Event> tooLate = new ArrayList<>();
        List<Event> out = new ArrayList<>();
        try (CloseableIterator<Event> lateEvents =
                        ordered.getSideOutput(EventTimeOrder.late(type)).collectAsync();
                CloseableIterator<Event> orderedEvents = ordered.executeAndCollect()) {
            orderedEvents.forEachRemaining(out::add);
            lateEvents.forEachRemaining(tooLate::add);
        }
        assertEquals(byKey(inTime), byKey(out));
        assertEquals(late, tooLate);
    }

    private static Map<String, List<Event>> byKey(List<Event> events) {
        return events.stream()
                .collect(Collectors.groupingBy(Event::key, TreeMap::new, Collectors.toList()));
    }

    private static final class AtEveryEvent implements WatermarkGenerator<Event> {
        private long greatest = Long.MIN_VALUE + DELAY;

        @Override
        public void onEvent(Event event, long time, WatermarkOutput output) {
            greatest = Math.max(greatest, time);
            output.emitWatermark(new Watermark(greatest - DELAY));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
