package io.github.trendflex.spark;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.functions.AggregateFunction;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/// Computes `trendflex(price, period, ...) OVER (... ORDER BY ...)`: the output of the last row of
/// a frame that begins with the first row and grows by one row at a time. Spark gives the rows of
/// such a frame one after the other, and asks for an output after each.
record RunningFunction(int argumentCount, boolean orNull)
        implements AggregateFunction<RunningTrend, Double>, TrendFlexForm {
    @Override
    public DataType[] inputTypes() {
        return Arguments.types(argumentCount, DoubleType, LongType);
    }

    @Override
    public DataType resultType() {
        return DoubleType;
    }

    @Override
    public boolean isResultNullable() {
        return orNull;
    }

    @Override
    public RunningTrend newAggregationState() {
        return new RunningTrend();
    }

    @Override
    public RunningTrend update(RunningTrend trend, InternalRow arguments) {
        trend.update(arguments);
        return trend;
    }

    @Override
    public RunningTrend merge(RunningTrend left, RunningTrend right) {
        throw RunningTrend.withoutOrder();
    }

    @Override
    public @Nullable Double produceResult(RunningTrend trend) {
        double output = trend.last();
        return orNull && Double.isNaN(output) ? null : (Double) output;
    }
}
