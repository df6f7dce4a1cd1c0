package io.github.trendflex.spark;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/// Reads the arguments that all forms of the functions have in common: prices, one or several
/// periods, and optionally a NaN policy and a definition.
final class Arguments {
    static final int LEAST = 2;
    static final int MOST = 4;

    private Arguments() {}

    static DataType[] types(int count, DataType prices, DataType period) {
        DataType[] types = new DataType[count];
        Arrays.fill(types, DataTypes.StringType);
        types[0] = prices;
        types[1] = period;
        return types;
    }

    /// Returns prices with NaN for null.
    static double[] prices(ArrayData array) {
        double[] prices = new double[array.numElements()];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = array.isNullAt(i) ? Double.NaN : array.getDouble(i);
        }
        return prices;
    }

    static int period(InternalRow arguments) {
        requireNotNull(arguments, 1);
        return period(arguments.getLong(1));
    }

    static int period(long period) {
        if (period != (int) period) {
            throw new IllegalArgumentException(
                    "period = %s: a period is from 1 to %s".formatted(period, Integer.MAX_VALUE));
        }
        return (int) period;
    }

    static NanPolicy nanPolicy(InternalRow arguments) {
        return option(arguments, 2, NanPolicy.PROPAGATE);
    }

    static Definition definition(InternalRow arguments) {
        return option(arguments, 3, Definition.VECTOR_TA);
    }

    private static <E extends Enum<E>> E option(InternalRow arguments, int index, E otherwise) {
        if (arguments.numFields() <= index) {
            return otherwise;
        }
        requireNotNull(arguments, index);
        String name = arguments.getString(index);
        // The command line writes vector-ta.
        String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        for (E option : all) {
            if (option.name().equals(wanted)) {
                return option;
            }
        }
        throw new IllegalArgumentException(
                "argument %s = '%s': it must be one of %s"
                        .formatted(index + 1, name, Arrays.toString(all)));
    }

    private static void requireNotNull(InternalRow arguments, int index) {
        if (arguments.isNullAt(index)) {
            throw new IllegalArgumentException("argument %s is null".formatted(index + 1));
        }
    }
}
