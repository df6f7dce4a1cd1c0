package io.github.trendflex.spark;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.github.trendflex.TrendFlex;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/// Computes `trendflex(prices, period, ...)`: an array of outputs.
record SeriesFunction(int argumentCount, boolean orNull)
        implements ScalarFunction<ArrayData>, TrendFlexForm {
    @Override
    public DataType[] inputTypes() {
        return Arguments.types(argumentCount, createArrayType(DoubleType), LongType);
    }

    @Override
    public DataType resultType() {
        return createArrayType(DoubleType, orNull);
    }

    @Override
    public @Nullable ArrayData produceResult(InternalRow arguments) {
        if (arguments.anyNull()) {
            return null;
        }
        TrendFlex calculator =
                TrendFlex.of(Arguments.period(arguments))
                        .withNanPolicy(Arguments.nanPolicy(arguments))
                        .withDefinition(Arguments.definition(arguments));
        double[] prices = Arguments.prices(arguments.getArray(0));
        return array(WholeSeries.compute(calculator, prices));
    }
}
