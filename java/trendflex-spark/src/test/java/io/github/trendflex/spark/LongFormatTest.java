package io.github.trendflex.spark;

import static io.github.trendflex.spark.Expected.assertSameBits;
import static io.github.trendflex.spark.Local.nullable;
import static io.github.trendflex.spark.Local.rootCause;
import static io.github.trendflex.spark.Local.table;
import static io.github.trendflex.spark.TrendFlexFunctions.withTrendFlex;
import static io.github.trendflex.spark.TrendFlexFunctions.withTrendFlexOrNull;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongFormatTest {
    private record Bar(
            int id, @Nullable String symbol, @Nullable Long time, @Nullable Double price) {}

    /// The order that the javadoc promises: null first, NaN last.
    private static final Comparator<Bar> ORDER =
            comparing(Bar::time, nullsFirst(naturalOrder()))
                    .thenComparing(Bar::price, nullsFirst(naturalOrder()));

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = Local.session();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @ParameterizedTest
    @CsvSource({"1, PROPAGATE, VECTOR_TA", "2, SKIP, VECTOR_TA", "3, SKIP, EHLERS"})
    void barsGetTheBitsOfTheLibraryWhereverTheyAre(
            long seed, NanPolicy nanPolicy, Definition definition) {
        List<Bar> bars = bars(new Random(seed));
        Map<Integer, Double> short5 = expected(bars, TrendFlex.of(5), nanPolicy, definition);
        Map<Integer, Double> long21 = expected(bars, TrendFlex.of(21), nanPolicy, definition);
        for (int partitions : new int[] {1, 5}) {
            Dataset<Row> trends =
                    withTrendFlex(
                            frame(bars).repartition(partitions),
                            "symbol",
                            "time",
                            "price",
                            nanPolicy,
                            definition,
                            5,
                            21);
            assertArrayEquals(
                    new String[] {"id", "symbol", "time", "price", "trendflex_5", "trendflex_21"},
                    trends.columns());
            List<Row> rows = trends.collectAsList();
            assertEquals(bars.size(), rows.size());
            for (Row row : rows) {
                int id = row.getInt(0);
                String what = "seed %s, %s".formatted(seed, bars.get(id));
                assertSameBits(short5.get(id), row.getDouble(4), what);
                assertSameBits(long21.get(id), row.getDouble(5), what);
            }
        }
    }

    @Test
    void theDefaultsAreThoseOfTheLibrary() {
        List<Bar> bars = bars(new Random(4));
        Map<Integer, Double> expected =
                expected(bars, TrendFlex.of(21), NanPolicy.PROPAGATE, Definition.VECTOR_TA);
        for (Row row : withTrendFlex(frame(bars), "symbol", "time", "price", 21).collectAsList()) {
            assertSameBits(expected.get(row.getInt(0)), row.getDouble(4), row.toString());
        }
    }

    @Test
    void whereThereIsNoNumberTheOtherFunctionGivesNull() {
        List<Bar> bars = bars(new Random(11));
        Map<Integer, Double> expected =
                expected(bars, TrendFlex.of(5), NanPolicy.SKIP, Definition.EHLERS);
        Dataset<Row> trends =
                withTrendFlexOrNull(
                        frame(bars),
                        "symbol",
                        "time",
                        "price",
                        NanPolicy.SKIP,
                        Definition.EHLERS,
                        5);
        for (Row row : trends.collectAsList()) {
            assertEquals(
                    Local.numberOrNull(expected.get(row.getInt(0))), row.get(4), row.toString());
        }
        assertEquals(
                expected.values().stream().filter(output -> output > 0.5).count(),
                trends.where("trendflex_5 > 0.5").count());
    }

    @Test
    void theTablesOfASchemaOfThatNameAreStillFound() {
        SparkSession session = spark.newSession();
        session.sql("CREATE SCHEMA IF NOT EXISTS trendflex");
        try {
            Dataset<Row> bars =
                    session.sql("SELECT 'S' AS symbol, 1 AS time, 1.0 AS price, 1 AS id");
            withTrendFlex(bars, "symbol", "time", "price", 2);
            assertEquals(0, session.sql("SHOW TABLES IN trendflex").count());
        } finally {
            session.sql("DROP SCHEMA trendflex");
        }
    }

    @Test
    void aColumnThatIsThereIsNotReplaced() {
        Dataset<Row> bars = frame(bars(new Random(8))).withColumnRenamed("id", "TrendFlex_21");
        assertEquals(
                "bars have a column TrendFlex_21 already",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> withTrendFlex(bars, "symbol", "time", "price", 5, 21))
                        .getMessage());
    }

    @Test
    void timesThatWouldSortAsTextAreRefused() {
        Dataset<Row> bars =
                spark.sql("SELECT 'S' AS symbol, '01/02/2025' AS time, 1.0 AS price, 1 AS id");
        assertEquals(
                "the times in time are strings, which sort as text: cast them first, with"
                        + " to_timestamp(time, 'MM/dd/yyyy') or cast(time AS bigint)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> withTrendFlex(bars, "symbol", "time", "price", 2))
                        .getMessage());
        Dataset<Row> nested = bars.selectExpr("symbol", "struct(time) AS bar", "price");
        assertThrows(
                IllegalArgumentException.class,
                () -> withTrendFlex(nested, "symbol", "bar.time", "price", 2));
    }

    @Test
    void whatNoRowCouldGetIsRefusedBeforeTheQueryRuns() {
        Dataset<Row> bars = frame(bars(new Random(9)));
        assertEquals(
                "there are no periods",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> withTrendFlex(bars, "symbol", "time", "price"))
                        .getMessage());
        assertEquals(
                Refusal.INVALID_PERIOD,
                assertThrows(
                                TrendFlexException.class,
                                () -> withTrendFlex(bars, "symbol", "time", "price", 5, 0))
                        .reason());
        assertEquals(
                Refusal.REJECT_IN_STREAM,
                assertThrows(
                                TrendFlexException.class,
                                () ->
                                        withTrendFlex(
                                                bars,
                                                "symbol",
                                                "time",
                                                "price",
                                                NanPolicy.REJECT,
                                                Definition.EHLERS,
                                                5))
                        .reason());
    }

    @Test
    void namesWithDotsAreWrittenInBackticks() {
        Dataset<Row> bars =
                frame(bars(new Random(10)))
                        .withColumnRenamed("symbol", "my.symbol")
                        .withColumnRenamed("time", "my.time")
                        .withColumnRenamed("price", "my.price");
        assertArrayEquals(
                new String[] {"id", "my.symbol", "my.time", "my.price", "trendflex_5"},
                withTrendFlex(bars, "`my.symbol`", "`my.time`", "`my.price`", 5).columns());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PARTITION BY symbol",
                "ORDER BY time ROWS BETWEEN 9 PRECEDING AND CURRENT ROW",
                "ORDER BY time RANGE BETWEEN 9 PRECEDING AND CURRENT ROW",
                "ORDER BY time ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING",
                "ORDER BY time ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING",
                "ORDER BY time ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
                "ORDER BY time ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                "ORDER BY time ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING",
                "ORDER BY time ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING",
                "ORDER BY time DIV 2"
            })
    void windowsThatGiveARowNoOutputOfItsOwnAreRefused(String window) {
        assertEquals(
                RunningTrend.withoutOrder().getMessage(), failure("price, 2", window).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"time > 1", "time <> 2"})
    void rowsThatAFilterLeavesOutHaveNoOutput(String kept) {
        TrendFlexFunctions.register(spark);
        Dataset<Row> query =
                spark.sql(
                        ("SELECT trendflex.trendflex(price, 2) FILTER (WHERE %s) OVER (ORDER BY time"
                                        + " ROWS UNBOUNDED PRECEDING) AS trend FROM VALUES %s AS bars(time, price)")
                                .formatted(kept, values(List.of(1.0, 2.0, 3.0, 4.0))));
        assertEquals(
                RunningTrend.withoutOrder().getMessage(),
                rootCause(assertThrows(Exception.class, query::collectAsList)).getMessage());
    }

    @Test
    void rowsOfEqualTimesHaveOutputsOfTheirOwnInAFrameOfRows() {
        TrendFlexFunctions.register(spark);
        List<Double> prices = List.of(1.0, 3.0, 2.0, 5.0, 4.0);
        double[] expected = TrendFlex.of(2).compute(new double[] {1, 3, 2, 5, 4});
        List<Row> rows =
                spark.sql(
                                "SELECT trendflex.trendflex(price, 2) OVER (ORDER BY time DIV 2, time"
                                        + " ROWS UNBOUNDED PRECEDING) AS trend FROM VALUES "
                                        + values(prices)
                                        + " AS bars(time, price) ORDER BY time")
                        .collectAsList();
        assertSameBits(expected, rows.stream().map(row -> row.getDouble(0)).toList(), "ties");
    }

    @Test
    void groupsHaveNoOrderAndAreRefused() {
        TrendFlexFunctions.register(spark);
        for (String query :
                List.of(
                        "SELECT symbol, trendflex.trendflex(price, 2) FROM bars GROUP BY symbol",
                        "SELECT trendflex.trendflex(price, 2) FROM bars")) {
            frame(bars(new Random(6))).createOrReplaceTempView("bars");
            Throwable refused =
                    rootCause(
                            assertThrows(
                                    Exception.class,
                                    () -> spark.sql(query).collectAsList(),
                                    query));
            assertEquals(RunningTrend.withoutOrder().getMessage(), refused.getMessage());
        }
    }

    @Test
    void aPolicyThatWouldLookAheadIsRefused() {
        TrendFlexException refused =
                assertInstanceOf(TrendFlexException.class, failure("price, 3, 'REJECT'"));
        assertEquals(Refusal.REJECT_IN_STREAM, refused.reason());
    }

    @Test
    void argumentsThatDifferWithinAWindowAreRefused() {
        assertEquals(
                "Series[period=2, nanPolicy=PROPAGATE, definition=VECTOR_TA] after Series[period=1,"
                        + " nanPolicy=PROPAGATE, definition=VECTOR_TA]: all rows of a window must"
                        + " have the same",
                failure("price, time").getMessage());
        assertEquals("argument 2 is null", failure("price, nullif(time, 2)").getMessage());
    }

    @Test
    void aRunningTrendDoesNotTravel() throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThrows(
                    UnsupportedOperationException.class, () -> out.writeObject(new RunningTrend()));
        }
    }

    private static Throwable failure(String arguments) {
        return failure(arguments, "ORDER BY time");
    }

    private static Throwable failure(String arguments, String window) {
        TrendFlexFunctions.register(spark);
        Dataset<Row> query =
                spark.sql(
                        ("SELECT trendflex.trendflex(%s) OVER (%s) AS trend FROM"
                                        + " (SELECT 'S' AS symbol, * FROM VALUES %s AS bars(time, price))")
                                .formatted(arguments, window, values(List.of(1.0, 2.0, 3.0))));
        return rootCause(assertThrows(Exception.class, query::collectAsList, arguments));
    }

    /// Returns rows with a time for each price, from 1 on.
    private static String values(List<Double> prices) {
        List<String> values = new ArrayList<>();
        for (double price : prices) {
            values.add("(%s, double('%s'))".formatted(values.size() + 1, Double.toString(price)));
        }
        return String.join(", ", values);
    }

    private static List<Bar> bars(Random random) {
        List<Bar> bars = new ArrayList<>();
        int[] lengths = {1, 5, 6, 21, 22, 300, 500};
        for (int s = 0; s < lengths.length; s++) {
            String symbol = s == 5 ? null : "S" + s;
            for (Double price : Expected.prices(random, lengths[s])) {
                // There are few times, so that many are equal.
                Long time = random.nextInt(50) == 0 ? null : (Long) (long) random.nextInt(200);
                bars.add(new Bar(bars.size(), symbol, time, price));
            }
        }
        return bars;
    }

    private static Dataset<Row> frame(List<Bar> bars) {
        List<Row> rows =
                bars.stream()
                        .map(b -> RowFactory.create(b.id, b.symbol, b.time, b.price))
                        .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(rows, new Random(7));
        return table(
                spark,
                rows,
                nullable("id", IntegerType),
                nullable("symbol", StringType),
                nullable("time", LongType),
                nullable("price", DoubleType));
    }

    private static Map<Integer, Double> expected(
            List<Bar> bars, TrendFlex calculator, NanPolicy nanPolicy, Definition definition) {
        Map<Integer, Double> expected = new HashMap<>();
        Map<@Nullable String, List<Bar>> groups = new HashMap<>();
        for (Bar bar : bars) {
            groups.computeIfAbsent(bar.symbol, _ -> new ArrayList<>()).add(bar);
        }
        for (List<Bar> group : groups.values()) {
            group.sort(ORDER);
            double[] outputs =
                    Expected.outputs(
                            calculator.withNanPolicy(nanPolicy).withDefinition(definition),
                            Arrays.asList(group.stream().map(Bar::price).toArray(Double[]::new)));
            for (int i = 0; i < outputs.length; i++) {
                expected.put(group.get(i).id, outputs[i]);
            }
        }
        return expected;
    }
}
