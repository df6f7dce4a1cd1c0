package io.github.trendflex.spark;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/// Holds a series whose rows so far have been taken. It stays where the window is computed: only an
/// aggregation over groups, whose rows have no order, would send it elsewhere.
final class RunningTrend implements Serializable {
    @Serial private static final long serialVersionUID = 1;

    private transient @Nullable TrendFlexStream stream;
    private transient @Nullable Series series;
    private transient double last = Double.NaN;
    private transient boolean asked = true;

    /// Takes a row. The output of the one before must have been asked for: only a frame that begins
    /// with the first row and grows by one row at a time gives each row its own output.
    void update(InternalRow arguments) {
        if (!asked) {
            throw withoutOrder();
        }
        asked = false;
        Series current = Series.of(arguments);
        TrendFlexStream taking = stream;
        if (taking == null) {
            taking = current.stream();
            stream = taking;
            series = current;
        } else if (!current.equals(series)) {
            throw new IllegalArgumentException(
                    "%s after %s: all rows of a window must have the same"
                            .formatted(current, series));
        }
        last = taking.update(arguments.isNullAt(0) ? Double.NaN : arguments.getDouble(0));
    }

    /// Gives the output of the row taken last, once: a row that a frame or a `FILTER` leaves out
    /// has none.
    double last() {
        if (asked) {
            throw withoutOrder();
        }
        asked = true;
        return last;
    }

    static UnsupportedOperationException withoutOrder() {
        return new UnsupportedOperationException(
                "trendflex of a price needs the order of the rows: write trendflex(price, period)"
                        + " OVER (PARTITION BY symbol ORDER BY time ROWS UNBOUNDED PRECEDING);"
                        + " in a group, in another frame, with FILTER, and without ROWS among rows"
                        + " of equal times, a row has no output of its own");
    }

    @Serial
    private void writeObject(ObjectOutputStream out) {
        throw withoutOrder();
    }

    /// What the arguments other than the price say.
    private record Series(int period, NanPolicy nanPolicy, Definition definition) {
        static Series of(InternalRow arguments) {
            return new Series(
                    Arguments.period(arguments),
                    Arguments.nanPolicy(arguments),
                    Arguments.definition(arguments));
        }

        TrendFlexStream stream() {
            return TrendFlex.of(period)
                    .withDefinition(definition)
                    .withNanPolicy(nanPolicy)
                    .stream();
        }
    }
}
