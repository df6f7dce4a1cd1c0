package io.github.trendflex.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.flink.example.Bar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The file that Flink reads has a line of headers, which are the numbers of the columns, the time
/// in its first column and the close in its third.
@EnabledIfSystemProperty(
        named = "trendflex.realData",
        matches = ".+",
        disabledReason = "-Dtrendflex.realData names no file of real prices")
@SuppressWarnings("try") // that closing the outputs may be interrupted
class RealDataTest {
    private static final Path FILE = Path.of(System.getProperty("trendflex.realData", ""));
    private static final String HEADERS = "0,";
    private static final TypeInformation<Bar> BARS = TypeInformation.of(Bar.class);

    @ParameterizedTest
    @ValueSource(ints = {20, 200})
    void realPricesGiveTheBitsOfTheLibrary(int period) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(2);
        List<Double> outputs = new ArrayList<>();
        try (CloseableIterator<Tuple2<Bar, Double>> trends =
                environment
                        .fromSource(
                                FileSource.forRecordStreamFormat(
                                                new TextLineInputFormat(),
                                                new org.apache.flink.core.fs.Path(FILE.toUri()))
                                        .build(),
                                WatermarkStrategy.noWatermarks(),
                                "lines")
                        .setParallelism(1)
                        .filter(line -> !line.startsWith(HEADERS))
                        .setParallelism(1)
                        .map(RealDataTest::bar, BARS)
                        .setParallelism(1)
                        .keyBy(Bar::symbol)
                        .process(new TrendFlexFunction<>(BARS, Bar::close, period))
                        .executeAndCollect()) {
            trends.forEachRemaining(trend -> outputs.add(trend.f1));
        }
        assertEquals(bits(TrendFlex.of(period).compute(closes())), bits(outputs));
    }

    private static Bar bar(String line) {
        String[] fields = line.split(",", -1);
        return new Bar("BTC", Long.parseLong(fields[0]), Double.parseDouble(fields[2]));
    }

    private static double[] closes() throws IOException {
        try (Stream<String> lines = Files.lines(FILE)) {
            return lines.skip(1).mapToDouble(line -> bar(line).close()).toArray();
        }
    }

    private static List<Long> bits(double[] values) {
        return bits(Arrays.stream(values).boxed().toList());
    }

    private static List<Long> bits(List<Double> values) {
        return values.stream().map(Double::doubleToRawLongBits).collect(Collectors.toList());
    }
}
