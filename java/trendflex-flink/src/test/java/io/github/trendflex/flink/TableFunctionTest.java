package io.github.trendflex.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexStream;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.ProcessTableFunction;
import org.apache.flink.table.functions.TableSemantics;
import org.apache.flink.types.ColumnList;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.RowUtils;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // that closing the rows may be interrupted
class TableFunctionTest {
    private static final int DELAY = 20_000;
    private static final TypeInformation<Row> BARS =
            Types.ROW_NAMED(
                    new String[] {"symbol", "time", "price"},
                    Types.STRING,
                    Types.LONG,
                    Types.DOUBLE);

    /// With one reader, which does not mix the rows.
    private final StreamExecutionEnvironment environment =
            StreamExecutionEnvironment.createLocalEnvironment(1);

    private final StreamTableEnvironment tables = tables(environment);

    static StreamTableEnvironment tables(StreamExecutionEnvironment environment) {
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        tables.executeSql(
                "CREATE FUNCTION TREND_FLEX AS '%s'"
                        .formatted(TrendFlexTableFunction.class.getName()));
        return tables;
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOUBLE", "FLOAT", "DECIMAL(10, 2)", "BIGINT"})
    void numbersOfAnyTypeArePrices(String type) throws Exception {
        Double[] prices = new Double[60];
        for (int i = 0; i < prices.length; i++) {
            double noise = new Random(i).nextInt(-20, 20);
            prices[i] = i % 10 == 5 ? null : 100 + (type.equals("BIGINT") ? noise : noise / 4);
        }
        createView(type, prices);
        List<Row> rows =
                rows(
                        "SELECT * FROM TREND_FLEX(TABLE bars PARTITION BY symbol, DESCRIPTOR(price), 5)");
        assertEquals(expected(TrendFlex.of(5).withNanPolicy(NanPolicy.SKIP), prices), trends(rows));
        assertEquals(LongStream.range(0, 60).boxed().toList(), column(rows, "id"));
    }

    @Test
    void optionsMayBeSpelledAsOnTheCommandLine() throws Exception {
        Double[] prices = new Double[60];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = i == 3 || i == 40 ? Double.NaN : 100 + new Random(i).nextGaussian();
        }
        createView("DOUBLE", prices);
        TrendFlex calculator = TrendFlex.of(5);
        assertEquals(
                expected(
                        calculator
                                .withDefinition(Definition.EHLERS)
                                .withNanPolicy(NanPolicy.PROPAGATE),
                        prices),
                trends(
                        rows(
                                """
                                SELECT * FROM TREND_FLEX(
                                    TABLE bars PARTITION BY symbol, DESCRIPTOR(price), 5,
                                    'propagate', 'Ehlers')
                                """)));
        assertEquals(
                expected(calculator.withNanPolicy(NanPolicy.SKIP), prices),
                trends(
                        rows(
                                """
                                SELECT * FROM TREND_FLEX(
                                    input => TABLE bars PARTITION BY symbol,
                                    price => DESCRIPTOR(price),
                                    `period` => 5,
                                    definition => 'vector-ta')
                                """)));
    }

    private void createView(String type, Double... prices) {
        Row[] rows = new Row[prices.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Row.of("S", (long) i, prices[i]);
        }
        tables.createTemporaryView("doubles", environment.fromData(BARS, rows));
        tables.executeSql(
                """
                CREATE TEMPORARY VIEW bars AS
                SELECT symbol, `time` AS id, CAST(price AS %s) AS price FROM doubles
                """
                        .formatted(type));
    }

    private List<Row> rows(String sql) throws Exception {
        TableResult result = tables.executeSql(sql);
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> each = result.collect()) {
            each.forEachRemaining(rows::add);
        }
        return rows;
    }

    private static List<Object> trends(List<Row> rows) {
        return column(rows, "trendflex_5");
    }

    private static List<Object> column(List<Row> rows, String name) {
        List<Object> values = new ArrayList<>();
        rows.forEach(row -> values.add(row.getField(name)));
        return values;
    }

    private static List<Object> expected(TrendFlex calculator, Double... prices) {
        TrendFlexStream stream = calculator.stream();
        List<Object> outputs = new ArrayList<>();
        for (Double price : prices) {
            outputs.add(output(stream, price));
        }
        return outputs;
    }

    private static @Nullable Double output(TrendFlexStream stream, @Nullable Double price) {
        double output = stream.update(price == null ? Double.NaN : price);
        return Double.isNaN(output) ? null : (Double) output;
    }

    @Test
    void rowsComeInTheOrderOfTheirTimesAndLateOnesAreLeftOut() throws Exception {
        Random random = new Random(1);
        List<Row> bars = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            long time = 1000L * (i / 3 + random.nextInt(i % 50 == 49 ? 80 : 20));
            bars.add(Row.of("S" + random.nextInt(2), time, 100 + random.nextGaussian()));
        }
        List<Row> inTime = new ArrayList<>();
        long watermark = Long.MIN_VALUE;
        for (Row bar : bars) {
            if (time(bar) > watermark) {
                inTime.add(bar);
            }
            watermark = Math.max(watermark, time(bar) - DELAY);
        }
        assertTrue(inTime.size() < bars.size());
        inTime.sort(Comparator.comparingLong(TableFunctionTest::time)); // stable
        Map<String, TrendFlexStream> streams = new HashMap<>();
        List<List<Object>> expected = new ArrayList<>();
        for (Row bar : inTime) {
            TrendFlexStream stream =
                    streams.computeIfAbsent(bar.getFieldAs(0), _ -> TrendFlexStream.of(5));
            List<Object> row = new ArrayList<>();
            row.add(bar.getField(0));
            row.add(Instant.ofEpochMilli(time(bar)));
            row.add(bar.getField(2));
            row.add(output(stream, bar.getFieldAs(2)));
            expected.add(row);
        }

        DataStream<Row> stream =
                environment
                        .fromData(BARS, bars.toArray(Row[]::new))
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<Row>forGenerator(
                                                _ -> new EventTimeOrderTest.AtEveryEvent<>(DELAY))
                                        .withTimestampAssigner((bar, _) -> time(bar)));
        tables.createTemporaryView(
                "bars",
                stream,
                Schema.newBuilder()
                        .column("symbol", "STRING")
                        .columnByMetadata("ts", DataTypes.TIMESTAMP_LTZ(3), "rowtime")
                        .column("price", "DOUBLE")
                        .watermark("ts", "SOURCE_WATERMARK()")
                        .build());
        List<List<Object>> actual = new ArrayList<>();
        for (Row row :
                rows(
                        """
                        SELECT * FROM TREND_FLEX(
                            TABLE bars PARTITION BY symbol ORDER BY ts, DESCRIPTOR(price), 5)
                        """)) {
            List<Object> values = new ArrayList<>();
            for (String name : List.of("symbol", "ts", "price", "trendflex_5")) {
                values.add(row.getField(name));
            }
            actual.add(values);
        }
        Comparator<List<Object>> bySymbol = Comparator.comparing(row -> (String) row.getFirst());
        expected.sort(bySymbol); // stable
        actual.sort(bySymbol);
        assertIterableEquals(expected, actual);
    }

    /// Flink's checkpoints do not hold the watermark, so that a late row may come through.
    @Test
    void afterAFailureNothingComesOutBeforeWhatDid() throws Exception {
        List<Row> out = new ArrayList<>();
        TrendFlexTableFunction function = new TrendFlexTableFunction();
        function.open(new FunctionContext(null));
        function.setCollector(new ListCollector<>(out));
        TableSemantics ordered =
                stub(TableSemantics.class, Map.of("orderByColumns", new int[] {0}));
        ProcessTableFunction.Context context =
                stub(ProcessTableFunction.Context.class, Map.of("tableSemanticsFor", ordered));
        TrendFlexTableFunction.State state = new TrendFlexTableFunction.State();
        TrendFlexStream stream = TrendFlexStream.of(1);
        List<Row> expected = new ArrayList<>();
        for (int second : new int[] {10, 20, 20, 15, 19, 30}) {
            Row row =
                    RowUtils.createRowWithNamedPositions(
                            RowKind.INSERT,
                            new Object[] {Instant.ofEpochSecond(second), 100.0 + second},
                            new LinkedHashMap<>(Map.of("ts", 0, "price", 1)));
            function.eval(context, state, row, ColumnList.of("price"), 1, null, null);
            if (second != 15 && second != 19) {
                expected.add(Row.of(output(stream, 100.0 + second)));
            }
        }
        assertEquals(expected, out);
    }

    /// Returns an object whose methods of these names return these values, and others fail.
    private static <I> I stub(Class<I> type, Map<String, Object> values) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, _) -> Objects.requireNonNull(values.get(method.getName()))));
    }

    private static long time(Row bar) {
        return bar.<Long>getFieldAs(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DESCRIPTOR(high), 5 | the table has no column 'high', but [symbol, id, price]",
                "DESCRIPTOR(symbol), 5 | the column 'symbol' is of STRING: prices must be numbers",
                "DESCRIPTOR(id, price), 5 | price = [id, price]: it must be one column",
                "DESCRIPTOR(price), 0 | period = 0: a period is at least 1",
                "DESCRIPTOR(price), CAST(RAND() AS INT) | period must be a literal",
                "DESCRIPTOR(price), 5, 'REJECT' | nanPolicy = REJECT: a stream cannot look ahead; it can SKIP or PROPAGATE",
                "DESCRIPTOR(price), 5, 'none' | nan_policy = 'none': it must be one of [PROPAGATE, SKIP, REJECT]",
                "DESCRIPTOR(price), 5, 'SKIP', 'talib' | definition = 'talib': it must be one of [VECTOR_TA, EHLERS]",
            })
    void whatCannotBeIsRefusedBeforeItRuns(String arguments, String message) {
        createView("DOUBLE", 1.0, 2.0);
        assertRefused(
                "SELECT * FROM TREND_FLEX(TABLE bars PARTITION BY symbol, %s)".formatted(arguments),
                message);
    }

    @Test
    void aColumnThatIsThereAlreadyIsRefused() {
        createView("DOUBLE", 1.0, 2.0);
        tables.executeSql(
                "CREATE TEMPORARY VIEW wider AS SELECT *, price AS trendflex_5 FROM bars");
        assertRefused(
                "SELECT * FROM TREND_FLEX(TABLE wider PARTITION BY symbol, DESCRIPTOR(price), 5)",
                "the table has a column 'trendflex_5' already");
    }

    private void assertRefused(String sql, String message) {
        Throwable cause = assertThrows(ValidationException.class, () -> tables.explainSql(sql));
        while (cause.getCause() instanceof ValidationException inner) {
            cause = inner;
        }
        assertEquals(message, cause.getMessage());
    }
}
