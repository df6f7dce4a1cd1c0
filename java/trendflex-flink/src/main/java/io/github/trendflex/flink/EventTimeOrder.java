package io.github.trendflex.flink;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/// Puts the elements of each key in the order of their event times.
///
/// {@snippet :
/// DataStream<Bar> ordered =
///         bars.keyBy(Bar::symbol).process(new EventTimeOrder<>(bars.getType()));
/// DataStreamUtils.reinterpretAsKeyedStream(ordered, Bar::symbol)
///         .process(new TrendFlexFunction<>(bars.getType(), Bar::close, 20));
/// }
///
/// An element waits until the watermark says that no earlier one is to come. Elements of equal
/// times keep the order in which they arrived. An element that comes later than the watermark
/// allows goes to the side output [#late(TypeInformation)] instead, because it can no longer be put
/// where it belongs. The metric `late` counts such elements.
///
/// Flink's checkpoints do not hold the watermark. So after a failure an element that would have
/// been late may still be taken, but only if its time is after that of the last element that came
/// out.
///
/// The time of its last element is kept for each key for good, unless [#withStateTtl(Duration)]
/// lets it expire.
///
/// @param <K> the type of the key
/// @param <T> the type of the elements, which have timestamps
public final class EventTimeOrder<K, T> extends KeyedProcessFunction<K, T, T>
        implements ResultTypeQueryable<T> {
    @Serial private static final long serialVersionUID = 1;

    /// The type of the elements.
    private final TypeInformation<T> type;

    /// The side output of elements that come too late.
    private final OutputTag<T> late;

    /// How long a key without elements is kept; null for good.
    private final @Nullable Duration stateTtl;

    @SuppressWarnings("NullAway.Init") // open() does
    private transient MapState<Long, List<T>> waiting;

    /// The time of the elements that came out last.
    @SuppressWarnings("NullAway.Init") // open() does
    private transient ValueState<Long> taken;

    @SuppressWarnings("NullAway.Init") // open() does
    private transient Counter lateElements;

    /// Creates an order of the elements of a stream.
    ///
    /// @param type the type of the elements
    public EventTimeOrder(TypeInformation<T> type) {
        this(requireNonNull(type, "type"), null);
    }

    private EventTimeOrder(TypeInformation<T> type, @Nullable Duration stateTtl) {
        this.type = type;
        this.late = late(type);
        this.stateTtl = stateTtl;
    }

    /// Returns an order that forgets a key which has had no element for a time, by the clock of the
    /// machine. Elements that wait are kept.
    ///
    /// @param ttl how long the time of a key's last element is kept at least, longer than nothing
    /// @return an order that is otherwise the same
    /// @throws IllegalArgumentException if `ttl` is not longer than nothing
    public EventTimeOrder<K, T> withStateTtl(Duration ttl) {
        return new EventTimeOrder<>(type, Ttl.check(ttl));
    }

    /// {@return the side output of elements that come too late}
    ///
    /// @param <T> the type of the elements
    /// @param type the type of the elements
    public static <T> OutputTag<T> late(TypeInformation<T> type) {
        return new OutputTag<>("late", type);
    }

    @Override
    public void open(OpenContext context) {
        waiting =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>("waiting", Types.LONG, Types.LIST(type)));
        ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("taken", Types.LONG);
        Ttl.enable(descriptor, stateTtl);
        taken = getRuntimeContext().getState(descriptor);
        lateElements = getRuntimeContext().getMetricGroup().counter("late");
    }

    @Override
    public void processElement(T element, Context context, Collector<T> out) throws Exception {
        Long time = context.timestamp();
        // A source without timestamps may give the smallest one.
        if (time == null || time == Long.MIN_VALUE) {
            throw new IllegalStateException("the element has no timestamp");
        }
        Long last = taken.value();
        if (time <= context.timerService().currentWatermark() || (last != null && time <= last)) {
            lateElements.inc();
            context.output(late, element);
            return;
        }
        List<T> sameTime = waiting.get(time);
        if (sameTime == null) {
            sameTime = new ArrayList<>();
            context.timerService().registerEventTimeTimer(time);
        }
        sameTime.add(element);
        waiting.put(time, sameTime);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<T> out) throws Exception {
        waiting.get(time).forEach(out::collect);
        waiting.remove(time);
        taken.update(time);
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return type;
    }
}
