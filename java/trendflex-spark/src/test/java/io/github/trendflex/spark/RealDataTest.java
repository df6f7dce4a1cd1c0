package io.github.trendflex.spark;

import static io.github.trendflex.spark.Expected.assertSameBits;
import static io.github.trendflex.spark.TrendFlexFunctions.trendflex;
import static io.github.trendflex.spark.TrendFlexFunctions.withTrendFlex;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.github.trendflex.TrendFlex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/// The file that Spark reads has a line of headers, the time in its first column and the close in
/// its third.
@EnabledIfSystemProperty(
        named = "trendflex.realData",
        matches = ".+",
        disabledReason = "-Dtrendflex.realData names no file of real prices")
class RealDataTest {
    private static final String FILE = System.getProperty("trendflex.realData", "");
    private static final int[] PERIODS = {20, 200};

    @Test
    void realPricesGiveTheBitsOfTheLibrary() throws IOException {
        double[] closes = closes();
        SparkSession spark = Local.session();
        TrendFlexFunctions.register(spark);
        try {
            Dataset<Row> bars =
                    spark.read()
                            .option("header", true)
                            .option("inferSchema", true)
                            .csv(FILE)
                            .toDF("time", "open", "close", "high", "low", "volume")
                            .withColumn("symbol", lit("BTC"))
                            .repartition(3);
            List<Row> rows =
                    withTrendFlex(bars, "symbol", "time", "close", PERIODS)
                            .orderBy("time")
                            .select("trendflex_20", "trendflex_200")
                            .collectAsList();
            List<Seq<Double>> sweep =
                    bars.groupBy("symbol")
                            .agg(array_sort(collect_list(struct("time", "close"))).as("bars"))
                            .select(trendflex(col("bars.close"), array(lit(20), lit(200))))
                            .first()
                            .getList(0);
            for (int i = 0; i < PERIODS.length; i++) {
                int column = i;
                String what = "period " + PERIODS[i];
                double[] expected = TrendFlex.of(PERIODS[i]).compute(closes);
                assertSameBits(
                        expected, rows.stream().map(row -> row.getDouble(column)).toList(), what);
                assertSameBits(expected, CollectionConverters.asJava(sweep.get(i)), what);
            }
        } finally {
            spark.stop();
        }
    }

    private static double[] closes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(FILE))) {
            return lines.skip(1)
                    .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[2]))
                    .toArray();
        }
    }
}
