package io.github.trendflex.spark;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.types.DataType;

/// Is a form of one of the two functions, which [TrendFlexFunction] chooses.
interface TrendFlexForm extends BoundFunction {
    /// {@return whether an output without a number is null, not NaN}
    boolean orNull();

    @Override
    default String name() {
        return TrendFlexFunction.name(orNull());
    }

    /// Returns the same name for functions that compute the same from the same arguments, whatever
    /// the catalog is called.
    @Override
    default String canonicalName() {
        return Arrays.stream(inputTypes())
                .map(DataType::catalogString)
                .collect(Collectors.joining(",", "io.github.trendflex." + name() + '(', ")"));
    }

    /// Makes an array of Spark.
    default ArrayData array(double[] outputs) {
        UnsafeArrayData array = UnsafeArrayData.fromPrimitiveArray(outputs);
        if (orNull()) {
            for (int i = 0; i < outputs.length; i++) {
                if (Double.isNaN(outputs[i])) {
                    // Spark compares arrays byte by byte, and expects zero where a null is.
                    array.setDouble(i, 0);
                    array.setNullAt(i);
                }
            }
        }
        return array;
    }
}
