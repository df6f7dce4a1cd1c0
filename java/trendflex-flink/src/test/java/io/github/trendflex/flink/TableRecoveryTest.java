package io.github.trendflex.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.flink.Run.Fate;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// As [RecoveryTest], in SQL.
class TableRecoveryTest {
    private static final int ELEMENTS = 1400;
    private static final TypeInformation<Row> ROWS =
            Types.ROW_NAMED(
                    new String[] {"index", "symbol", "price"},
                    Types.INT,
                    Types.STRING,
                    Types.DOUBLE);

    @TempDir private Path checkpoints;

    @ParameterizedTest
    @CsvSource({"hashmap, ORDER BY ts", "rocksdb, ''"})
    void aFailureChangesNoBit(String stateBackend, String order) throws Exception {
        Run run = new Run(UUID.randomUUID().toString(), Fate.FAILS_ONCE, 600);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(
                        2,
                        Configuration.fromMap(
                                Map.of(
                                        "state.backend.type", stateBackend,
                                        "execution.checkpointing.interval", "10 ms",
                                        "execution.checkpointing.dir",
                                                checkpoints.toUri().toString(),
                                        "pipeline.auto-watermark-interval", "10 ms",
                                        "restart-strategy.type", "fixed-delay",
                                        "restart-strategy.fixed-delay.attempts", "1",
                                        "restart-strategy.fixed-delay.delay", "0 ms")));
        StreamTableEnvironment tables = TableFunctionTest.tables(environment);
        DataStream<Row> ticks =
                environment
                        .fromSource(
                                new DataGeneratorSource<>(
                                        index -> row(Tick.at(index)),
                                        ELEMENTS,
                                        RateLimiterStrategy.perCheckpoint(150),
                                        ROWS),
                                WatermarkStrategy.noWatermarks(),
                                "ticks")
                        .setParallelism(1);
        tables.createTemporaryView(
                "ticks",
                ticks,
                Schema.newBuilder()
                        .column("index", "INT")
                        .column("symbol", "STRING")
                        .column("price", "DOUBLE")
                        .columnByExpression("ts", "TO_TIMESTAMP_LTZ(`index` * 1000, 3)")
                        .watermark("ts", "ts - INTERVAL '5' SECOND")
                        .build());
        tables.toDataStream(
                        tables.sqlQuery(
                                """
                                SELECT `index`, trendflex_20 FROM TREND_FLEX(
                                    TABLE ticks PARTITION BY symbol %s, DESCRIPTOR(price), 20)
                                """
                                        .formatted(order)))
                .map(
                        row -> {
                            Double trend = row.getFieldAs(1);
                            return Tuple2.of(
                                    Tick.at(row.<Integer>getFieldAs(0)),
                                    trend == null ? Double.NaN : trend);
                        },
                        Types.TUPLE(TypeInformation.of(Tick.class), Types.DOUBLE))
                .map(run)
                .sinkTo(new DiscardingSink<>());
        environment.execute();

        Map<Integer, Set<Long>> expected =
                Tick.expected(0, ELEMENTS, 20, Definition.VECTOR_TA, NanPolicy.SKIP)
                        .entrySet()
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, bits -> Set.of(bits.getValue())));
        assertEquals(expected, run.outputs());
    }

    private static Row row(Tick tick) {
        return Row.of(tick.index(), tick.symbol(), tick.price());
    }
}
