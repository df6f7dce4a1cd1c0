package io.github.trendflex.spark.example;

import static io.github.trendflex.spark.TrendFlexFunctions.trendflex;
import static io.github.trendflex.spark.TrendFlexFunctions.withTrendFlex;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;

import io.github.trendflex.BatchResult;
import io.github.trendflex.PeriodRange;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.spark.TrendFlexFunctions;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/// Computes TrendFlex of many symbols, once bar by bar and once for many periods at a time:
///
/// ```
/// Sweep [SYMBOLS [BARS]]
/// ```
///
/// It fails if Spark's numbers do not have the bits of the library alone.
public final class Sweep {
    private static final PeriodRange PERIODS = PeriodRange.closed(20, 80);

    private Sweep() {}

    /// Runs on the cluster that Spark was started for, or on this machine if it was started for
    /// none.
    ///
    /// @param arguments the number of symbols and the number of bars, or none
    /// @throws IOException if a file cannot be written
    public static void main(String[] arguments) throws IOException {
        int symbols = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8;
        int bars = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2000;
        SparkSession.Builder builder = SparkSession.builder().appName("TrendFlex sweep");
        if (System.getProperty("spark.master") == null) {
            builder.master("local[*]");
        }
        try (SparkSession spark = builder.getOrCreate()) {
            sweep(spark, symbols, bars);
        }
    }

    private static void sweep(SparkSession spark, int symbols, int bars) {
        TrendFlexFunctions.register(spark);
        Dataset<Row> table = bars(spark, symbols, bars);
        Dataset<Row> barByBar = withTrendFlex(table, "symbol", "time", "close", 20, 50);
        barByBar.where(col("symbol").equalTo("S0")).orderBy(col("time").desc()).show(5);

        Dataset<Row> series =
                table.groupBy("symbol")
                        .agg(array_sort(collect_list(struct("time", "close"))).as("bars"))
                        .select(col("symbol"), col("bars.close").as("closes"));
        Dataset<Row> sweeps =
                series.withColumn(
                        "sweep",
                        trendflex(
                                col("closes"), sequence(lit(PERIODS.start()), lit(PERIODS.end()))));
        sweeps.select(col("symbol"), expr("posexplode(sweep)").as(new String[] {"row", "trend"}))
                .select(
                        col("symbol"),
                        col("row").plus(PERIODS.start()).as("period"),
                        expr("trend[size(trend) - 1]").as("last"))
                .orderBy(col("last").desc())
                .show(5);

        List<Row> computed = sweeps.collectAsList();
        if (!computed.stream().allMatch(Sweep::isThatOfTheLibrary)) {
            throw new IllegalStateException("Spark's numbers are not those of the library alone");
        }
        System.out.printf(
                "%s symbols x %s periods x %s bars: the bits of the library alone%n",
                computed.size(), PERIODS.rows(), bars);
    }

    /// Makes prices that move, the same in every run.
    private static Dataset<Row> bars(SparkSession spark, int symbols, int bars) {
        return spark.range((long) symbols * bars)
                .selectExpr(
                        "concat('S', id %% %s) AS symbol".formatted(symbols),
                        "timestamp_seconds(60 * (id div %s)) AS time".formatted(symbols),
                        "100 + 10 * sin(id / %s) + (xxhash64(id) %% 1000) / 1000 AS close"
                                .formatted(50 * symbols));
    }

    private static boolean isThatOfTheLibrary(Row row) {
        BatchResult alone = TrendFlexBatch.of(PERIODS).compute(doubles(row.getList(1)));
        List<Seq<Double>> sweep = row.getList(2);
        return sweep.size() == alone.rows()
                && IntStream.range(0, sweep.size())
                        .allMatch(i ->
                                Arrays.equals(
                                        alone.arrayAt(i),
                                        doubles(CollectionConverters.asJava(sweep.get(i)))));
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
