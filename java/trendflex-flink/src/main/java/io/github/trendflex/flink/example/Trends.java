package io.github.trendflex.flink.example;

import io.github.trendflex.flink.TrendFlexFunction;
import java.util.Random;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/// Computes TrendFlex of a stream of bars, and writes each output once whatever fails:
///
/// ```
/// Trends --out DIRECTORY [--bars 20000] [--rate 5000] [--symbols 10] [--period 20]
/// ```
///
/// There are `rate` bars a second. Each line of the files has a symbol, a time, a price and an
/// output. Every run writes the same lines, in any order.
public final class Trends {
    private Trends() {}

    /// Runs the job on the cluster that it was sent to, or in this JVM.
    ///
    /// @param arguments as above
    /// @throws Exception if Flink cannot run it
    public static void main(String[] arguments) throws Exception {
        ParameterTool parameters = ParameterTool.fromArgs(arguments);
        int symbols = parameters.getInt("symbols", 10);
        DataGeneratorSource<Bar> bars =
                new DataGeneratorSource<>(
                        index -> bar(index, symbols),
                        parameters.getLong("bars", 20_000),
                        RateLimiterStrategy.perSecond(parameters.getDouble("rate", 5000)),
                        TypeInformation.of(Bar.class));
        FileSink<String> files =
                FileSink.forRowFormat(
                                new Path(parameters.getRequired("out")),
                                new SimpleStringEncoder<String>())
                        .build();

        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.enableCheckpointing(500);
        environment
                // One reader, because two would mix the bars of a symbol.
                .fromSource(bars, WatermarkStrategy.noWatermarks(), "bars")
                .setParallelism(1)
                .keyBy(Bar::symbol)
                .process(
                        new TrendFlexFunction<>(
                                TypeInformation.of(Bar.class),
                                Bar::close,
                                parameters.getInt("period", 20)))
                .uid("trendflex")
                .map(trend ->
                        "%s,%d,%s,%s"
                                .formatted(
                                        trend.f0.symbol(),
                                        trend.f0.time(),
                                        trend.f0.close(),
                                        trend.f1))
                .returns(Types.STRING)
                .sinkTo(files);
        environment.execute("TrendFlex");
    }

    private static Bar bar(long index, int symbols) {
        long minute = index / symbols;
        double noise = new Random(index).nextGaussian();
        return new Bar(
                "S" + index % symbols, 60_000 * minute, 100 + 10 * Math.sin(minute / 50.0) + noise);
    }
}
