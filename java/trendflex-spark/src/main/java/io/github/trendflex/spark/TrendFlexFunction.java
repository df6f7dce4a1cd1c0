package io.github.trendflex.spark;

import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/// Chooses a form by the types of the arguments. Spark casts the arguments to the types that the
/// form declares, or says which it cannot cast.
record TrendFlexFunction(boolean orNull) implements UnboundFunction {
    static final String NAME = "trendflex";
    static final String OR_NULL = "trendflex_or_null";

    static String name(boolean orNull) {
        return orNull ? OR_NULL : NAME;
    }

    @Override
    public String name() {
        return name(orNull);
    }

    @Override
    public String description() {
        return """
        %s(prices, period[, nan_policy[, definition]]) - Ehlers' TrendFlex. Of an array of \
        prices, an array of outputs; with an array of periods, such an array for each period; of \
        a price, its output in the series that the window makes. Where there is no number, it is \
        %s.\
        """
                .formatted(name(), orNull ? "null" : "NaN");
    }

    @Override
    public BoundFunction bind(StructType arguments) {
        StructField[] fields = arguments.fields();
        if (fields.length < Arguments.LEAST || fields.length > Arguments.MOST) {
            throw new UnsupportedOperationException(
                    "%s arguments: there must be prices and a period, and may be a NaN policy and a definition"
                            .formatted(fields.length));
        }
        DataType price = element(fields[0]);
        if (price instanceof StringType) {
            throw new UnsupportedOperationException(
                    "argument 1 is of type %s: prices are numbers, such as cast(close AS double)"
                            .formatted(price.sql()));
        }
        DataType period = element(fields[1]);
        // Spark would cast it, and cut off what is behind the point.
        if (!(period instanceof IntegralType || period instanceof NullType)) {
            throw new UnsupportedOperationException(
                    "argument 2 is of type %s: a period is an integer".formatted(period.sql()));
        }
        if (!(fields[0].dataType() instanceof ArrayType)) {
            return new RunningFunction(fields.length, orNull);
        }
        return fields[1].dataType() instanceof ArrayType
                ? new SweepFunction(fields.length, orNull)
                : new SeriesFunction(fields.length, orNull);
    }

    private static DataType element(StructField argument) {
        return argument.dataType() instanceof ArrayType array
                ? array.elementType()
                : argument.dataType();
    }
}
