package io.github.trendflex.flink;

import static java.util.Objects.requireNonNull;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import java.io.Serial;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.ArgumentTrait;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.FunctionHint;
import org.apache.flink.table.annotation.StateHint;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.types.ColumnList;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/// Computes TrendFlex in Flink SQL: every row comes out with one column more.
///
/// ```sql
/// CREATE FUNCTION TREND_FLEX AS 'io.github.trendflex.flink.TrendFlexTableFunction';
///
/// SELECT * FROM TREND_FLEX(TABLE bars PARTITION BY symbol ORDER BY ts, DESCRIPTOR(price), 20);
/// ```
///
/// The column is named after the period, `trendflex_20`. It has the bits of a
/// [stream][io.github.trendflex.TrendFlexStream] that takes the same prices, and is NULL where that
/// gives no number: for the first `period` prices of a partition, and for a missing price. NULL,
/// NaN and the infinities are missing. The price may be of any type of numbers; decimals and long
/// integers are rounded to the nearest double.
///
/// The arguments are `input`, `price`, `` `period` `` (a reserved word, so in backticks if it is
/// named), `nan_policy`, which is `'SKIP'` if left out, or `'PROPAGATE'`, and `definition`, which
/// is `'VECTOR_TA'` if left out, or `'EHLERS'`. All but the table are literals.
///
/// ### Order
///
/// With `ORDER BY` and a time that has a watermark, a row waits until the watermark says that no
/// earlier one is to come. Flink leaves out a row that comes later than the watermark allows. After
/// a failure it may not know the watermark; then this function leaves out what is earlier than the
/// last row of its partition that came out. Without `ORDER BY` the rows of a partition are taken in
/// the order in which they arrive.
///
/// ### State
///
/// As that of a [TrendFlexFunction]: a snapshot for each partition, which begins anew with other
/// options and is counted by the metric `restarted`. The option `table.exec.state.ttl` of Flink
/// lets partitions expire.
@FunctionHint(output = @DataTypeHint("ROW<trendflex DOUBLE>"))
public final class TrendFlexTableFunction extends ProcessTableFunction<Row> {
    @Serial private static final long serialVersionUID = 1;

    private static final String INPUT = "input";

    // The places of the arguments in a call.
    private static final int TABLE = 0;
    private static final int PRICE = 1;
    private static final int PERIOD = 2;
    private static final int NAN_POLICY = 3;
    private static final int DEFINITION = 4;

    @SuppressWarnings("NullAway.Init") // open() does
    private transient Keys keys;

    /// Creates the function, as Flink does.
    public TrendFlexTableFunction() {}

    /// What Flink keeps of a partition.
    public static final class State {
        /// The snapshot of the stream.
        public byte @Nullable [] snapshot;

        /// The time of the row that was taken last, in milliseconds, if the rows have an order.
        public @Nullable Long taken;

        /// Creates the state of a partition of which no row has come.
        public State() {}
    }

    @Override
    public void open(FunctionContext context) {
        keys = new Keys(context.getMetricGroup());
    }

    /// Takes a row, as Flink calls it.
    ///
    /// @param context what knows the order of the rows
    /// @param state the state of the partition
    /// @param input the row
    /// @param price the column of the price
    /// @param period the number of bars that the trend is measured over, at least 1
    /// @param nanPolicy what a missing price does
    /// @param definition how the period of the smoother follows from the period
    public void eval(
            Context context,
            @StateHint State state,
            @ArgumentHint(
                            name = INPUT,
                            value = {
                                ArgumentTrait.SET_SEMANTIC_TABLE,
                                ArgumentTrait.PASS_COLUMNS_THROUGH
                            })
                    Row input,
            @ArgumentHint(name = "price") ColumnList price,
            @ArgumentHint(name = "period") Integer period,
            @ArgumentHint(name = "nan_policy", isOptional = true) @Nullable String nanPolicy,
            @ArgumentHint(name = "definition", isOptional = true) @Nullable String definition) {
        int[] order = context.tableSemanticsFor(INPUT).orderByColumns();
        if (order.length > 0) {
            // Flink's checkpoints hold the rows that wait, and not the watermark.
            long time = milliseconds(requireNonNull(input.getField(order[0])));
            if (state.taken != null && time < state.taken) {
                return;
            }
            state.taken = time;
        }
        Number value = input.getFieldAs(price.getNames().getFirst());
        Keys.Step step =
                keys.take(
                        state.snapshot,
                        options(period, nanPolicy, definition),
                        value == null ? Double.NaN : value.doubleValue());
        state.snapshot = step.state();
        collect(Row.of(Double.isNaN(step.output()) ? null : step.output()));
    }

    /// A time attribute is one of these.
    private static long milliseconds(Object time) {
        return time instanceof Instant instant
                ? instant.toEpochMilli()
                : ((LocalDateTime) time).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static Options options(
            int period, @Nullable String nanPolicy, @Nullable String definition) {
        return new Options(
                period,
                option("definition", definition, Definition.VECTOR_TA),
                option("nan_policy", nanPolicy, NanPolicy.SKIP));
    }

    private static <E extends Enum<E>> E option(
            String argument, @Nullable String name, E otherwise) {
        if (name == null) {
            return otherwise;
        }
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        return Arrays.stream(all)
                .filter(one -> one.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "%s = '%s': it must be one of %s"
                                        .formatted(argument, name, Arrays.toString(all))));
    }

    // Checks a call before it runs, and names the column that it adds.
    @Override
    public TypeInference getTypeInference(DataTypeFactory types) {
        TypeInference inferred = super.getTypeInference(types);
        return TypeInference.newBuilder()
                .staticArguments(inferred.getStaticArguments().orElseThrow())
                .inputTypeStrategy(inferred.getInputTypeStrategy())
                .stateTypeStrategies(inferred.getStateTypeStrategies())
                .outputTypeStrategy(call -> Optional.of(outputType(call)))
                .build();
    }

    private static DataType outputType(CallContext call) {
        TableSemantics input = call.getTableSemantics(TABLE).orElseThrow();
        checkPrice(input, literal(call, PRICE, "price", ColumnList.class).getNames());
        if (input.timeColumn() >= 0 && input.orderByColumns().length == 0) {
            throw new ValidationException(
                    "on_time alone does not put the rows in the order of their times:"
                            + " write TABLE ... PARTITION BY ... ORDER BY the same column");
        }
        int period = literal(call, PERIOD, "period", Integer.class);
        try {
            options(
                    period,
                    optional(call, NAN_POLICY, "nan_policy"),
                    optional(call, DEFINITION, "definition"));
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
        String column = "trendflex_" + period;
        if (DataType.getFieldNames(input.dataType()).contains(column)) {
            throw new ValidationException("the table has a column '%s' already".formatted(column));
        }
        return DataTypes.ROW(DataTypes.FIELD(column, DataTypes.DOUBLE()));
    }

    private static void checkPrice(TableSemantics input, List<String> columns) {
        if (columns.size() != 1) {
            throw new ValidationException("price = %s: it must be one column".formatted(columns));
        }
        List<String> names = DataType.getFieldNames(input.dataType());
        int index = names.indexOf(columns.getFirst());
        if (index < 0) {
            throw new ValidationException(
                    "the table has no column '%s', but %s".formatted(columns.getFirst(), names));
        }
        DataType type = DataType.getFieldDataTypes(input.dataType()).get(index);
        if (!type.getLogicalType().is(LogicalTypeFamily.NUMERIC)) {
            throw new ValidationException(
                    "the column '%s' is of %s: prices must be numbers"
                            .formatted(columns.getFirst(), type));
        }
    }

    private static @Nullable String optional(CallContext call, int argument, String name) {
        return call.isArgumentNull(argument) ? null : literal(call, argument, name, String.class);
    }

    private static <V> V literal(CallContext call, int argument, String name, Class<V> type) {
        return call.getArgumentValue(argument, type)
                .orElseThrow(() -> new ValidationException("%s must be a literal".formatted(name)));
    }
}
