package io.github.trendflex.spark;

import static io.github.trendflex.spark.TrendFlexFunctions.trendflex;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.TrendFlexBatch;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/// Measures what Spark adds to a sweep of 200 million outputs, which it computes and throws away.
/// Spark and the library alone take turns, because only runs side by side can be compared on a
/// machine whose speed changes. `scripts/bench spark` runs it.
final class Throughput {
    private static final int SYMBOLS = 100;
    private static final int BARS = 8000;
    private static final PeriodRange PERIODS = PeriodRange.closed(5, 254);
    private static final double OUTPUTS = (double) SYMBOLS * BARS * PERIODS.rows();
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 11;

    private Throughput() {}

    /// Prints a line for each arm.
    public static void main(String[] arguments) throws IOException {
        List<double[]> prices = IntStream.range(0, SYMBOLS).mapToObj(Throughput::walk).toList();
        try (SparkSession spark = Local.session()) {
            TrendFlexFunctions.register(spark);
            Map<String, Runnable> arms = new LinkedHashMap<>();
            arms.put("the library, 1 thread", () -> alone(prices, 1));
            arms.put("the library, 2 threads", () -> alone(prices, 2));
            Dataset<Row> two = table(spark, prices);
            Dataset<Row> one = two.coalesce(1);
            Column periods = sequence(lit(PERIODS.start()), lit(PERIODS.end()));
            Dataset<Row> rows = two.withColumn("period", explode(periods));
            arms.put("Spark, an array of periods, 1 task", () -> compute(one, periods));
            arms.put("Spark, an array of periods, 2 tasks", () -> compute(two, periods));
            arms.put("Spark, a row for each period, 2 tasks", () -> compute(rows, col("period")));
            compare(arms);
        }
    }

    private static double[] walk(int seed) {
        Random random = new Random(seed);
        double[] prices = new double[BARS];
        double price = 100;
        for (int i = 0; i < BARS; i++) {
            price += random.nextGaussian();
            prices[i] = price;
        }
        return prices;
    }

    private static Dataset<Row> table(SparkSession spark, List<double[]> prices) {
        Dataset<Row> table =
                Local.table(
                                spark,
                                prices.stream()
                                        .map(closes -> RowFactory.create((Object) closes))
                                        .toList(),
                                Local.nullable("closes", createArrayType(DoubleType)))
                        .repartition(2)
                        .cache();
        table.count(); // now it is
        return table;
    }

    private static void alone(List<double[]> prices, int threads) {
        TrendFlexBatch batch = TrendFlexBatch.of(PERIODS).withThreads(threads);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_DOUBLE, PERIODS.rows() * BARS);
            for (double[] closes : prices) {
                batch.computeInto(MemorySegment.ofArray(closes), out);
            }
        }
    }

    private static void compute(Dataset<Row> table, Column period) {
        table.select(trendflex(col("closes"), period))
                .write()
                .format("noop")
                .mode("overwrite")
                .save();
    }

    private static void compare(Map<String, Runnable> arms) {
        Map<String, double[]> seconds = new LinkedHashMap<>();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (Map.Entry<String, Runnable> arm : arms.entrySet()) {
                long start = System.nanoTime();
                arm.getValue().run();
                double elapsed = (System.nanoTime() - start) / 1e9;
                if (round >= 0) {
                    seconds.computeIfAbsent(arm.getKey(), _ -> new double[ROUNDS])[round] = elapsed;
                }
            }
        }
        System.out.printf(
                "%-38s %8s %8s %12s%n",
                "%.0f outputs".formatted(OUTPUTS), "min s", "median s", "ns an output");
        seconds.forEach((arm, all) -> {
            double[] sorted = DoubleStream.of(all).sorted().toArray();
            double median = sorted[ROUNDS / 2];
            System.out.printf(
                    "%-38s %8.3f %8.3f %12.2f%n", arm, sorted[0], median, median / OUTPUTS * 1e9);
        });
    }
}
