package io.github.trendflex.flink;

import static java.util.Objects.requireNonNull;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlexException;
import java.io.Serial;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.SerializableFunction;
import org.jspecify.annotations.Nullable;

/// Computes TrendFlex of the prices of each key: every element comes out with its output.
///
/// {@snippet :
/// DataStream<Tuple2<Bar, Double>> trends =
///         bars.keyBy(Bar::symbol).process(new TrendFlexFunction<>(bars.getType(), Bar::close, 20));
/// }
///
/// The elements of a key are taken in the order in which they arrive; put [EventTimeOrder] before
/// this function for the order of their times. The outputs have the bits of a
/// [stream][io.github.trendflex.TrendFlexStream] that takes the same prices: NaN for the first
/// `period` of them, and for a missing price, which changes nothing else unless the policy says
/// otherwise. A price that is null is missing, as NaN is.
///
/// The state of a key is the [snapshot][io.github.trendflex.TrendFlexStream#snapshot()] of its
/// stream: 88 bytes and 8 for each bar of the period. Of a period above 16,384 it is the prices
/// themselves until there are as many; then, of the longest periods, there is no snapshot, and the
/// job fails with [OUT_OF_MEMORY][io.github.trendflex.Refusal#OUT_OF_MEMORY]. Every state backend
/// and later releases can use the state. It holds its options: if a job goes on from a savepoint
/// with another period, definition or policy, each key forgets its earlier prices and begins anew
/// with its next element. A subtask warns of the first such key in its log, and its metric
/// `restarted` counts them.
///
/// Keys are kept for good, unless [#withStateTtl(Duration)] lets them expire.
///
/// @param <K> the type of the key
/// @param <T> the type of the elements
public final class TrendFlexFunction<K, T> extends KeyedProcessFunction<K, T, Tuple2<T, Double>>
        implements ResultTypeQueryable<Tuple2<T, Double>> {
    @Serial private static final long serialVersionUID = 1;

    /// The type of the elements.
    private final TypeInformation<T> type;

    /// Gives the price of an element.
    private final SerializableFunction<T, @Nullable Double> price;

    /// The number of bars that the trend is measured over.
    private final int period;

    /// How the period of the smoother follows from the period.
    private final Definition definition;

    /// What a missing price does.
    private final NanPolicy nanPolicy;

    /// How long a key without elements is kept; null for good.
    private final @Nullable Duration stateTtl;

    @SuppressWarnings("NullAway.Init") // open() does
    private transient ValueState<byte[]> snapshot;

    @SuppressWarnings("NullAway.Init") // open() does
    private transient Keys keys;

    /// Creates a function with [Definition#VECTOR_TA] and [NanPolicy#SKIP].
    ///
    /// @param type the type of the elements
    /// @param price what gives the price of an element
    /// @param period the number of bars that the trend is measured over, at least 1
    /// @throws TrendFlexException [INVALID_PERIOD][io.github.trendflex.Refusal#INVALID_PERIOD]
    public TrendFlexFunction(
            TypeInformation<T> type, SerializableFunction<T, @Nullable Double> price, int period) {
        this(type, price, period, Definition.VECTOR_TA, NanPolicy.SKIP);
    }

    /// Creates a function with any options.
    ///
    /// @param type the type of the elements
    /// @param price what gives the price of an element
    /// @param period the number of bars that the trend is measured over, at least 1
    /// @param definition how the period of the smoother follows from that of the indicator
    /// @param nanPolicy not [NanPolicy#REJECT]
    /// @throws TrendFlexException [INVALID_PERIOD][io.github.trendflex.Refusal#INVALID_PERIOD],
    ///   [REJECT_IN_STREAM][io.github.trendflex.Refusal#REJECT_IN_STREAM]
    public TrendFlexFunction(
            TypeInformation<T> type,
            SerializableFunction<T, @Nullable Double> price,
            int period,
            Definition definition,
            NanPolicy nanPolicy) {
        this(
                requireNonNull(type, "type"),
                requireNonNull(price, "price"),
                new Options(
                        period,
                        requireNonNull(definition, "definition"),
                        requireNonNull(nanPolicy, "nanPolicy")),
                null);
    }

    private TrendFlexFunction(
            TypeInformation<T> type,
            SerializableFunction<T, @Nullable Double> price,
            Options options,
            @Nullable Duration stateTtl) {
        this.type = type;
        this.price = price;
        this.period = options.period();
        this.definition = options.definition();
        this.nanPolicy = options.nanPolicy();
        this.stateTtl = stateTtl;
    }

    /// Returns a function that forgets a key which has had no element for a time, by the clock of
    /// the machine. If an element of the key comes later nevertheless, the key begins anew.
    ///
    /// @param ttl how long a key is kept at least, longer than nothing
    /// @return a function that is otherwise the same
    /// @throws IllegalArgumentException if `ttl` is not longer than nothing
    public TrendFlexFunction<K, T> withStateTtl(Duration ttl) {
        return new TrendFlexFunction<>(type, price, options(), Ttl.check(ttl));
    }

    private Options options() {
        return new Options(period, definition, nanPolicy);
    }

    @Override
    public void open(OpenContext context) {
        ValueStateDescriptor<byte[]> descriptor =
                new ValueStateDescriptor<>(
                        "trendflex", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
        Ttl.enable(descriptor, stateTtl);
        snapshot = getRuntimeContext().getState(descriptor);
        keys = new Keys(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(T element, Context context, Collector<Tuple2<T, Double>> out)
            throws Exception {
        Double value = price.apply(element);
        Keys.Step step = keys.take(snapshot.value(), options(), value == null ? Double.NaN : value);
        snapshot.update(step.state());
        out.collect(Tuple2.of(element, step.output()));
    }

    @Override
    public TypeInformation<Tuple2<T, Double>> getProducedType() {
        return Types.TUPLE(type, Types.DOUBLE);
    }
}
