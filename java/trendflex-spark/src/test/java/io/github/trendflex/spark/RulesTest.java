package io.github.trendflex.spark;

import static io.github.trendflex.spark.Expected.assertSameBits;
import static io.github.trendflex.spark.Local.rootCause;
import static io.github.trendflex.spark.TrendFlexFunctions.withTrendFlex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.NanPolicy;
import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds the table "What the data can be" of docs/how-to/spark.md: a test for each of its lines.
class RulesTest {
    private static final Path PAGE = Path.of("../../docs/how-to/spark.md");
    private static final double[] NONE = {Double.NaN, Double.NaN, Double.NaN};

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = Local.session();
        TrendFlexFunctions.register(spark, "tf");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void eachLineOfTheTableHasATest() throws IOException {
        String page = Files.readString(PAGE);
        String table =
                page.substring(
                        page.indexOf("| data | is |\n|---|---|\n"),
                        page.indexOf("\nTo count only"));
        assertEquals(
                List.copyOf(lines().keySet()),
                table.lines().skip(2).map(line -> line.split(" \\| ", 2)[0].substring(2)).toList());
    }

    @TestFactory
    Stream<DynamicTest> theTableIsTrue() {
        return lines().entrySet().stream()
                .map(line -> DynamicTest.dynamicTest(line.getKey(), line.getValue()::run));
    }

    private static Map<String, Runnable> lines() {
        Map<String, Runnable> lines = new LinkedHashMap<>();
        lines.put("null", () -> assertMissing("null"));
        lines.put(
                "NaN, infinity and magnitudes above 2^500",
                () -> {
                    for (String value : List.of("double('NaN')", "double('-Infinity')", "1e151")) {
                        assertMissing(value);
                    }
                });
        lines.put(
                "an output without a number",
                () -> {
                    Row row =
                            spark.sql(
                                            "SELECT tf.trendflex(array(1, 2), 1), tf.trendflex_or_null(array(1, 2), 1)")
                                    .first();
                    assertTrue(Double.isNaN(row.<Double>getList(0).getFirst()));
                    assertNull(row.getList(1).getFirst());
                });
        lines.put(
                "rows in any order",
                () -> assertRows(expected(1, 3, 2, 5), "(3, 2d), (1, 3d), (4, 5d), (null, 1d)"));
        lines.put(
                "rows of equal times",
                () -> assertRows(expected(1, 2, 3, 5), "(2, 5d), (1, 3d), (1, 1d), (1, 2d)"));
        lines.put("too few prices", () -> assertRows(NONE, "(1, 1d), (2, null), (3, 2d)"));
        lines.put(
                "a huge period",
                () -> {
                    assertArray(NONE, "array(1, 2, 3), %s".formatted(Integer.MAX_VALUE));
                    String rows =
                            IntStream.range(0, 60)
                                    .mapToObj(i -> "(%s, %sd)".formatted(i, i))
                                    .collect(Collectors.joining(", "));
                    assertEquals(
                            Collections.nCopies(60, Double.NaN), trends(rows, Integer.MAX_VALUE));
                });
        lines.put(
                "a period below 1 or above 2^31 - 1",
                () -> {
                    for (String period : List.of("0", "-1", "2147483648")) {
                        assertEquals(
                                "period = " + period,
                                failure("array(1, 2, 3), " + period)
                                        .getMessage()
                                        .split(": ", 2)[0]);
                    }
                    assertEquals(
                            Refusal.INVALID_PERIOD,
                            assertThrows(TrendFlexException.class, () -> trends("(1, 1d)", 0))
                                    .reason());
                });
        lines.put(
                "decimals, integers and floats",
                () -> {
                    for (String type : List.of("decimal(38, 10)", "bigint", "float")) {
                        assertArray(
                                expected(1, 3, 2, 5),
                                "cast(array(1, 3, 2, 5) AS array<%s>), 2".formatted(type));
                    }
                });
        lines.put(
                "strings",
                () -> {
                    for (String prices : List.of("array('1', '3')", "'1'")) {
                        assertTrue(
                                failure(prices + ", 2")
                                        .getMessage()
                                        .contains("cast(close AS double)"),
                                prices);
                    }
                    assertThrows(IllegalArgumentException.class, () -> trends("('9', 1d)", 2));
                });
        lines.put(
                "an unknown option",
                () ->
                        assertEquals(
                                "argument 4 = 'ta-lib': it must be one of [VECTOR_TA, EHLERS]",
                                failure("array(1, 2, 3), 2, 'skip', 'ta-lib'").getMessage()));
        return lines;
    }

    private static double[] expected(double... prices) {
        return TrendFlex.of(2).compute(prices);
    }

    /// A missing price makes all outputs from there on NaN, and is skipped with `SKIP`.
    private static void assertMissing(String price) {
        double[] prices = {1, 3, Double.NaN, 2, 5};
        String array = "array(1d, 3d, %s, 2d, 5d), 2".formatted(price);
        assertArray(TrendFlex.of(2).compute(prices), array);
        assertArray(
                TrendFlex.of(2).withNanPolicy(NanPolicy.SKIP).compute(prices), array + ", 'skip'");
    }

    private static void assertArray(double[] expected, String arguments) {
        List<Double> actual =
                spark.sql("SELECT tf.trendflex(%s) AS trend".formatted(arguments))
                        .first()
                        .getList(0);
        assertSameBits(expected, actual, arguments);
    }

    private static void assertRows(double[] expected, String rows) {
        assertSameBits(expected, trends(rows, 2), rows);
    }

    private static List<Double> trends(String rows, int period) {
        return withTrendFlex(
                        spark.sql(
                                "SELECT 'S' AS symbol, * FROM VALUES %s AS bars(time, price)"
                                        .formatted(rows)),
                        "symbol",
                        "time",
                        "price",
                        period)
                .orderBy("time", "price")
                .collectAsList()
                .stream()
                .map(row -> row.getDouble(3))
                .toList();
    }

    private static Throwable failure(String arguments) {
        return rootCause(
                assertThrows(
                        Exception.class,
                        () ->
                                spark.sql("SELECT tf.trendflex(%s) AS trend".formatted(arguments))
                                        .collectAsList(),
                        arguments));
    }
}
