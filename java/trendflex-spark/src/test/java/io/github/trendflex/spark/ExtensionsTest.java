package io.github.trendflex.spark;

import static io.github.trendflex.spark.Expected.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.TrendFlex;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

class ExtensionsTest {
    private static final String BARS =
            "FROM VALUES (1, 1.0), (2, 3.0), (3, 2.0), (4, 5.0) AS bars(time, price)";
    private static final double[] EXPECTED = TrendFlex.of(2).compute(new double[] {1, 3, 2, 5});

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark =
                Local.builder()
                        .config("spark.sql.extensions", TrendFlexExtensions.class.getName())
                        .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void everySessionKnowsThePlainName() {
        for (SparkSession session : List.of(spark, spark.newSession())) {
            Row row =
                    session.sql(
                                    "SELECT trendflex(array(1, 3, 2, 5), 2) AS trend,"
                                            + " TrendFlex(array(1, 3, 2, 5), array(2)) AS sweep,"
                                            + " trendflex_or_null(array(1, 3, 2, 5), 2) AS null")
                            .first();
            assertSameBits(EXPECTED, row.getList(0), "series");
            List<Seq<Double>> sweep = row.getList(1);
            assertSameBits(EXPECTED, CollectionConverters.asJava(sweep.getFirst()), "sweep");
            assertTrue(row.<Double>getList(2).contains(null));
        }
    }

    @Test
    void thePlainNameIsAWindowFunction() {
        List<Row> rows =
                spark.sql("SELECT trendflex(price, 2) OVER (ORDER BY time) AS trend " + BARS)
                        .collectAsList();
        assertSameBits(EXPECTED, rows.stream().map(row -> row.getDouble(0)).toList(), "window");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ROWS UNBOUNDED PRECEDING",
                "ORDER BY time ROWS BETWEEN CURRENT ROW AND CURRENT ROW",
                "ORDER BY time ROWS BETWEEN 9 PRECEDING AND CURRENT ROW",
                "ORDER BY time ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING"
            })
    void otherWindowsAreRefusedBeforeTheQueryRuns(String window) {
        String query = "SELECT trendflex(price, 2) OVER (%s) AS trend %s".formatted(window, BARS);
        for (String each : List.of(query, "SELECT max(trend) FROM (%s)".formatted(query))) {
            assertEquals(
                    RunningTrend.withoutOrder().getMessage(),
                    assertThrows(UnsupportedOperationException.class, () -> spark.sql(each), each)
                            .getMessage());
        }
    }

    @Test
    void aFilterIsRefusedBeforeTheQueryRuns() {
        String query =
                "SELECT trendflex(price, 2) FILTER (WHERE price > 1) OVER (ORDER BY time) AS trend "
                        + BARS;
        assertThrows(UnsupportedOperationException.class, () -> spark.sql(query));
    }

    @Test
    void otherFunctionsKeepTheirWindows() {
        assertEquals(
                4, spark.sql("SELECT sum(price) OVER () AS sum " + BARS).collectAsList().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"array(1, 2)", "array(1, 2), 2.9", "array(map(1, 2)), 2"})
    void argumentsThatAreNoneFailTheAnalysis(String arguments) {
        assertThrows(
                AnalysisException.class,
                () -> spark.sql("SELECT trendflex(%s) AS trend".formatted(arguments)));
    }

    @Test
    void theFunctionsDescribeThemselves() {
        String text =
                spark.sql("DESCRIBE FUNCTION trendflex").collectAsList().stream()
                        .map(row -> row.getString(0))
                        .toList()
                        .toString();
        assertTrue(text.contains("trendflex(prices, period["), text);
    }
}
