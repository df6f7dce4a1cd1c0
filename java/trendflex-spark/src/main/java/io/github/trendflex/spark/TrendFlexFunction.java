package io.github.trendflex.spark;

import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/// Chooses a form by the types of the arguments. Spark casts the arguments to the types that the
/// form declares, or says which it cannot cast.
record TrendFlexFunction() implements UnboundFunction {
    @Override
    public String name() {
        return TrendFlexCatalog.NAME;
    }

    @Override
    public String description() {
        return """
        trendflex(prices, period[, nan_policy[, definition]]) - Ehlers' TrendFlex. Of an array of \
        prices, an array of outputs; with an array of periods, such an array for each period; of \
        a price, its output in the series that the window makes.\
        """;
    }

    @Override
    public BoundFunction bind(StructType arguments) {
        StructField[] fields = arguments.fields();
        if (fields.length < Arguments.LEAST || fields.length > Arguments.MOST) {
            throw new UnsupportedOperationException(
                    "%s arguments: there must be prices and a period, and may be a NaN policy and a definition"
                            .formatted(fields.length));
        }
        DataType period =
                fields[1].dataType() instanceof ArrayType periods
                        ? periods.elementType()
                        : fields[1].dataType();
        // Spark would cast it, and cut off what is behind the point.
        if (!(period instanceof IntegralType || period instanceof NullType)) {
            throw new UnsupportedOperationException(
                    "argument 2 is of type %s: a period is an integer".formatted(period.sql()));
        }
        if (!(fields[0].dataType() instanceof ArrayType)) {
            return new RunningFunction(fields.length);
        }
        return fields[1].dataType() instanceof ArrayType
                ? new SweepFunction(fields.length)
                : new SeriesFunction(fields.length);
    }
}
