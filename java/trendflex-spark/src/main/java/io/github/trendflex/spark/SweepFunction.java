package io.github.trendflex.spark;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/// Computes `trendflex(prices, periods, ...)`: an array of outputs for each period.
record SweepFunction(int argumentCount, boolean orNull)
        implements ScalarFunction<ArrayData>, TrendFlexForm {
    @Override
    public DataType[] inputTypes() {
        return Arguments.types(
                argumentCount, createArrayType(DoubleType), createArrayType(LongType));
    }

    @Override
    public DataType resultType() {
        return createArrayType(createArrayType(DoubleType, orNull), false);
    }

    @Override
    public @Nullable ArrayData produceResult(InternalRow arguments) {
        if (arguments.anyNull()) {
            return null;
        }
        double[] prices = Arguments.prices(arguments.getArray(0));
        int[] periods = periods(arguments.getArray(1));
        NanPolicy nanPolicy = Arguments.nanPolicy(arguments);
        Definition definition = Arguments.definition(arguments);
        List<ArrayData> rows = new ArrayList<>(periods.length);
        if (periods.length > 0) {
            try {
                // A task has one core.
                TrendFlexBatch.of(periods)
                        .withThreads(1)
                        .withNanPolicy(nanPolicy)
                        .withDefinition(definition)
                        .forEachRow(
                                MemorySegment.ofArray(prices),
                                (_, row) -> rows.add(array(row.toArray(ValueLayout.JAVA_DOUBLE))));
            } catch (TrendFlexException e) {
                // The prices are too few for the largest period; they may be enough for others.
                WholeSeries.requireTooShort(e);
                for (int period : periods) {
                    TrendFlex calculator =
                            TrendFlex.of(period)
                                    .withNanPolicy(nanPolicy)
                                    .withDefinition(definition);
                    rows.add(array(WholeSeries.compute(calculator, prices)));
                }
            }
        }
        return new GenericArrayData(rows.toArray());
    }

    private static int[] periods(ArrayData array) {
        int[] periods = new int[array.numElements()];
        for (int i = 0; i < periods.length; i++) {
            if (array.isNullAt(i)) {
                throw new IllegalArgumentException("periods[%s] is null".formatted(i));
            }
            periods[i] = Arguments.period(array.getLong(i));
        }
        return periods;
    }
}
