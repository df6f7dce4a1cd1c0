package io.github.trendflex.spark;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.StringType;

/// Gives programs in Java and Scala the function of [TrendFlexCatalog].
///
/// {@snippet :
/// TrendFlexFunctions.register(spark);
/// series.withColumn("trend", trendflex(col("closes"), 20));
/// series.withColumn("sweep", trendflex(col("closes"), sequence(lit(20), lit(80))));
/// TrendFlexFunctions.withTrendFlex(bars, "symbol", "time", "close", 20, 50);
/// }
public final class TrendFlexFunctions {
    /// The catalog that programs get if they name none.
    private static final String CATALOG = "trendflex";

    /// The catalog for [#withTrendFlex], whose name hides no schema of a user.
    private static final String OWN_CATALOG = "trendflex_functions";

    private TrendFlexFunctions() {}

    /// Makes `trendflex.trendflex` and `trendflex.trendflex_or_null` known to a session. A schema
    /// `trendflex` is hidden from then on.
    ///
    /// @param session the session whose SQL is to know them
    /// @throws IllegalStateException if the session has another catalog of that name
    public static void register(SparkSession session) {
        register(session, CATALOG);
    }

    /// Makes the functions of [TrendFlexCatalog] known to a session. A schema with the name of the
    /// catalog is hidden from then on.
    ///
    /// @param session the session whose SQL is to know them
    /// @param catalog the name that SQL and `call_function` write before theirs, such as `tf` in
    ///   `tf.trendflex(closes, 20)`
    /// @throws IllegalStateException if the session has another catalog of that name
    public static void register(SparkSession session, String catalog) {
        String key = "spark.sql.catalog." + catalog;
        String wanted = TrendFlexCatalog.class.getName();
        String present = session.conf().get(key, wanted);
        if (!present.equals(wanted)) {
            throw new IllegalStateException("%s = %s: the name is taken".formatted(key, present));
        }
        session.conf().set(key, wanted);
    }

    /// {@return the outputs of a column of arrays of prices, or the output of each row with `over`
    /// a window} It is a call of `trendflex.trendflex`, which [#register(SparkSession)] makes
    /// known.
    ///
    /// @param prices arrays of prices, or a price in each row with a window
    /// @param period the number of bars that the trend is measured over, at least 1
    public static Column trendflex(Column prices, int period) {
        return trendflex(prices, lit(period));
    }

    /// {@return the same with the period, or the array of periods, of each row}
    ///
    /// @param prices arrays of prices, or a price in each row with a window
    /// @param period periods or arrays of periods
    /// @param options the name of a NaN policy, optionally followed by that of a definition
    public static Column trendflex(Column prices, Column period, Column... options) {
        Column[] arguments =
                Stream.concat(Stream.of(prices, period), Stream.of(options)).toArray(Column[]::new);
        return call_function(CATALOG + '.' + TrendFlexFunction.NAME, arguments);
    }

    /// {@return bars in long format with a column `trendflex_<period>` for each period, with
    /// [NanPolicy#PROPAGATE] and [Definition#VECTOR_TA]; NaN where there is no number}
    ///
    /// @param bars a row for each symbol and time
    /// @param symbol the name of the column of symbols
    /// @param time the name of the column of times
    /// @param price the name of the column of prices
    /// @param periods the periods, each at least 1
    public static Dataset<Row> withTrendFlex(
            Dataset<Row> bars, String symbol, String time, String price, int... periods) {
        return withTrendFlex(
                bars, symbol, time, price, NanPolicy.PROPAGATE, Definition.VECTOR_TA, periods);
    }

    /// {@return bars in long format with a column `trendflex_<period>` for each period; NaN where
    /// there is no number}
    ///
    /// The rows of a symbol are taken in the order of their times, wherever they are. Rows of equal
    /// times are taken in the order of their prices, null first and NaN last; a row whose time is
    /// null comes before all others. The outputs of rows of equal times and prices are assigned to
    /// them in an order that depends on how the table is stored; nothing else depends on that.
    ///
    /// A column whose name has a dot is written in backticks: `` "`close.adjusted`" ``.
    ///
    /// @param bars a row for each symbol and time
    /// @param symbol the name of the column of symbols
    /// @param time the name of the column of times, which are no strings
    /// @param price the name of the column of prices
    /// @param nanPolicy not [NanPolicy#REJECT]
    /// @param definition how the period of the smoother follows from that of the indicator
    /// @param periods the periods, each at least 1; there is at least one
    /// @throws IllegalArgumentException if the times are strings, which Spark would sort as text,
    ///   if there is no period, or if `bars` has a column of such a name, whatever its case
    /// @throws io.github.trendflex.TrendFlexException [REJECT_IN_STREAM][Refusal#REJECT_IN_STREAM]
    ///   or [INVALID_PERIOD][Refusal#INVALID_PERIOD]
    public static Dataset<Row> withTrendFlex(
            Dataset<Row> bars,
            String symbol,
            String time,
            String price,
            NanPolicy nanPolicy,
            Definition definition,
            int... periods) {
        return withTrendFlex(false, bars, symbol, time, price, nanPolicy, definition, periods);
    }

    /// {@return the same as [#withTrendFlex(Dataset, String, String, String, int...)], with null
    /// where there is no number}
    ///
    /// @param bars a row for each symbol and time
    /// @param symbol the name of the column of symbols
    /// @param time the name of the column of times
    /// @param price the name of the column of prices
    /// @param periods the periods, each at least 1
    public static Dataset<Row> withTrendFlexOrNull(
            Dataset<Row> bars, String symbol, String time, String price, int... periods) {
        return withTrendFlexOrNull(
                bars, symbol, time, price, NanPolicy.PROPAGATE, Definition.VECTOR_TA, periods);
    }

    /// {@return the same as [#withTrendFlex(Dataset, String, String, String, NanPolicy, Definition,
    /// int...)], with null where there is no number}
    ///
    /// @param bars a row for each symbol and time
    /// @param symbol the name of the column of symbols
    /// @param time the name of the column of times, which are no strings
    /// @param price the name of the column of prices
    /// @param nanPolicy not [NanPolicy#REJECT]
    /// @param definition how the period of the smoother follows from that of the indicator
    /// @param periods the periods, each at least 1; there is at least one
    /// @throws IllegalArgumentException as there
    public static Dataset<Row> withTrendFlexOrNull(
            Dataset<Row> bars,
            String symbol,
            String time,
            String price,
            NanPolicy nanPolicy,
            Definition definition,
            int... periods) {
        return withTrendFlex(true, bars, symbol, time, price, nanPolicy, definition, periods);
    }

    private static Dataset<Row> withTrendFlex(
            boolean orNull,
            Dataset<Row> bars,
            String symbol,
            String time,
            String price,
            NanPolicy nanPolicy,
            Definition definition,
            int... periods) {
        requirePeriods(periods);
        requireNoLookingAhead(nanPolicy);
        requireSortable(bars, time);
        register(bars.sparkSession(), OWN_CATALOG);
        String function = OWN_CATALOG + '.' + TrendFlexFunction.name(orNull);
        WindowSpec window =
                Window.partitionBy(col(symbol))
                        .orderBy(col(time), col(price))
                        .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
        Map<String, Column> columns = new LinkedHashMap<>();
        for (int period : periods) {
            Column trend =
                    call_function(
                            function,
                            col(price),
                            lit(period),
                            lit(nanPolicy.name()),
                            lit(definition.name()));
            columns.put("trendflex_" + period, trend.over(window));
        }
        for (String present : bars.columns()) {
            if (columns.containsKey(present.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "bars have a column %s already".formatted(present));
            }
        }
        return bars.withColumns(columns);
    }

    private static void requirePeriods(int[] periods) {
        if (periods.length == 0) {
            throw new IllegalArgumentException("there are no periods");
        }
        for (int period : periods) {
            TrendFlex.of(period);
        }
    }

    private static void requireNoLookingAhead(NanPolicy nanPolicy) {
        if (nanPolicy == NanPolicy.REJECT) {
            throw new TrendFlexException(
                    Refusal.REJECT_IN_STREAM,
                    "nanPolicy = REJECT: a window cannot look ahead; it can SKIP or PROPAGATE");
        }
    }

    /// Refuses times that Spark would sort as text, 01/02/2025 before 12/31/2024 and 10 before 9.
    private static void requireSortable(Dataset<Row> bars, String time) {
        if (bars.select(col(time)).schema().fields()[0].dataType() instanceof StringType) {
            throw new IllegalArgumentException(
                    "the times in %s are strings, which sort as text: cast them first, with to_timestamp(%s, 'MM/dd/yyyy') or cast(%s AS bigint)"
                            .formatted(time, time, time));
        }
    }
}
