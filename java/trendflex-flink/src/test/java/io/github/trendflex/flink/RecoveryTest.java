package io.github.trendflex.flink;

import static io.github.trendflex.Definition.VECTOR_TA;
import static io.github.trendflex.NanPolicy.SKIP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.flink.Run.Fate;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The source gives several elements for each checkpoint. So there are checkpoints before the
/// element where something happens, and elements after the last checkpoint.
class RecoveryTest {
    private static final TypeInformation<Tick> TICKS = TypeInformation.of(Tick.class);
    private static final int ELEMENTS = 1400;
    private static final int ELEMENTS_PER_CHECKPOINT = 150;
    private static final int INDEX = 600;
    private static final int LATER_INDEX = 1100;
    private static final int PERIOD = 20;

    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

    private static MiniCluster cluster;

    @TempDir private Path checkpoints;

    @BeforeAll
    static void start() throws Exception {
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setNumTaskManagers(2)
                                .setNumSlotsPerTaskManager(2)
                                .withRandomPorts()
                                .setConfiguration(METRICS.addToConfiguration(new Configuration()))
                                .build());
        cluster.start();
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"VECTOR_TA, SKIP", "EHLERS, SKIP", "VECTOR_TA, PROPAGATE"})
    void elementsGetTheBitsOfTheLibrary(Definition definition, NanPolicy nanPolicy)
            throws Exception {
        Run run = run(Fate.NONE);
        cluster.executeJobBlocking(
                job(
                        run,
                        new TrendFlexFunction<>(TICKS, Tick::price, 21, definition, nanPolicy),
                        2));
        assertEquals(expected(0, 21, definition, nanPolicy), run.outputs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void aFailureChangesNoBit(String stateBackend) throws Exception {
        Run run = run(Fate.FAILS_ONCE);
        cluster.executeJobBlocking(job(run, function(PERIOD), 2, stateBackend));
        assertEquals(expected(0, PERIOD, VECTOR_TA, SKIP), run.outputs());
    }

    @Test
    void aTaskManagerThatIsKilledChangesNoBit() throws Exception {
        Run run = run(Fate.WAITS_ONCE);
        JobGraph job = job(run, function(PERIOD), 4);
        cluster.submitJob(job).get();
        run.waits().get();
        cluster.terminateTaskManager(0).get();
        cluster.startTaskManager();
        cluster.requestJobResult(job.getJobID())
                .get()
                .toJobExecutionResult(getClass().getClassLoader());
        assertEquals(expected(0, PERIOD, VECTOR_TA, SKIP), run.outputs());
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "3, 1"})
    void anotherParallelismFromARetainedCheckpointChangesNoBit(int before, int after)
            throws Exception {
        Run failed = run(Fate.FAILS_ALWAYS);
        Run resumed = run(Fate.NONE);
        resume(failed, function(PERIOD), before, resumed, function(PERIOD), after);
        Map<Integer, Set<Long>> expected = expected(0, PERIOD, VECTOR_TA, SKIP);
        assertEquals(from(first(resumed), expected), resumed.outputs());
        assertTrue(expected.entrySet().containsAll(failed.outputs().entrySet()));
    }

    @ParameterizedTest
    @CsvSource({"21, VECTOR_TA, SKIP", "20, EHLERS, SKIP", "20, VECTOR_TA, PROPAGATE"})
    void otherParametersBeginAnewAndSoDoThoseOfBefore(
            int period, Definition definition, NanPolicy nanPolicy) throws Exception {
        TrendFlexFunction<String, Tick> other =
                new TrendFlexFunction<>(TICKS, Tick::price, period, definition, nanPolicy);
        JobGraph before = job(run(Fate.FAILS_ALWAYS), function(PERIOD), 2);
        assertThrows(JobExecutionException.class, () -> cluster.executeJobBlocking(before));

        Run there = new Run(UUID.randomUUID().toString(), Fate.FAILS_ALWAYS, LATER_INDEX);
        JobGraph between = job(there, other, 2);
        goOn(before, between);
        assertThrows(JobExecutionException.class, () -> cluster.executeJobBlocking(between));
        assertTrue(
                expected(first(there), period, definition, nanPolicy)
                        .entrySet()
                        .containsAll(there.outputs().entrySet()));

        assertEquals(0, restarted(before));
        assertEquals(Tick.SYMBOLS, restarted(between));

        Run back = run(Fate.NONE);
        JobGraph after = job(back, function(PERIOD), 2);
        goOn(between, after);
        cluster.executeJobBlocking(after);
        assertTrue(first(there) < first(back), "back at " + first(back));
        assertEquals(expected(first(back), PERIOD, VECTOR_TA, SKIP), back.outputs());
    }

    private static long restarted(JobGraph job) {
        return METRICS.getMetricsByGroup().entrySet().stream()
                .filter(group -> group.getValue().containsKey("restarted"))
                .filter(group -> group.getKey().getAllVariables().containsValue(id(job)))
                .mapToLong(group -> ((Counter) group.getValue().get("restarted")).getCount())
                .sum();
    }

    private static String id(JobGraph job) {
        return job.getJobID().toString();
    }

    @Test
    void theChecksFindStateThatIsLost() throws Exception {
        Map<Integer, Set<Long>> expected = expected(0, PERIOD, VECTOR_TA, SKIP);
        Run undisturbed = run(Fate.NONE);
        cluster.executeJobBlocking(job(undisturbed, new Forgetful(), 2));
        assertEquals(expected, undisturbed.outputs());

        Run failed = run(Fate.FAILS_ONCE);
        cluster.executeJobBlocking(job(failed, new Forgetful(), 2));
        assertNotEquals(expected, failed.outputs());

        Run resumed = run(Fate.NONE);
        resume(run(Fate.FAILS_ALWAYS), new Forgetful(), 2, resumed, new Forgetful(), 3);
        assertNotEquals(from(first(resumed), expected), resumed.outputs());
    }

    /// Keeps its streams where no checkpoint saves them.
    private static final class Forgetful
            extends KeyedProcessFunction<String, Tick, Tuple2<Tick, Double>> {
        @Serial private static final long serialVersionUID = 1;

        private transient Map<String, TrendFlexStream> streams;

        @Override
        public void open(OpenContext context) {
            streams = new HashMap<>();
        }

        @Override
        public void processElement(
                Tick tick, Context context, Collector<Tuple2<Tick, Double>> out) {
            TrendFlexStream stream =
                    streams.computeIfAbsent(tick.symbol(), _ -> TrendFlexStream.of(PERIOD));
            Double price = tick.price();
            out.collect(Tuple2.of(tick, stream.update(price == null ? Double.NaN : price)));
        }
    }

    private static Run run(Fate fate) {
        return new Run(UUID.randomUUID().toString(), fate, INDEX);
    }

    private static TrendFlexFunction<String, Tick> function(int period) {
        return new TrendFlexFunction<>(TICKS, Tick::price, period);
    }

    /// Runs one job until it fails, and another from its last checkpoint to the end.
    private void resume(
            Run failed,
            KeyedProcessFunction<String, Tick, Tuple2<Tick, Double>> before,
            int parallelismBefore,
            Run resumed,
            KeyedProcessFunction<String, Tick, Tuple2<Tick, Double>> after,
            int parallelismAfter)
            throws Exception {
        JobGraph first = job(failed, before, parallelismBefore);
        assertThrows(JobExecutionException.class, () -> cluster.executeJobBlocking(first));
        JobGraph second = job(resumed, after, parallelismAfter);
        goOn(first, second);
        cluster.executeJobBlocking(second);
        int from = first(resumed);
        assertTrue(0 < from && from <= INDEX, "resumed at " + from);
    }

    /// Makes a job start from the last checkpoint of another.
    private void goOn(JobGraph before, JobGraph after) throws IOException {
        after.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(
                        lastCheckpoint(before.getJobID()).toUri().toString()));
    }

    private Path lastCheckpoint(JobID job) throws IOException {
        try (Stream<Path> paths = Files.list(checkpoints.resolve(job.toString()))) {
            return paths.filter(path -> Files.exists(path.resolve("_metadata")))
                    .max(Comparator.comparingInt(RecoveryTest::number))
                    .orElseThrow();
        }
    }

    private static int number(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    private JobGraph job(
            Run run,
            KeyedProcessFunction<String, Tick, Tuple2<Tick, Double>> function,
            int parallelism) {
        return job(run, function, parallelism, "hashmap");
    }

    private JobGraph job(
            Run run,
            KeyedProcessFunction<String, Tick, Tuple2<Tick, Double>> function,
            int parallelism,
            String stateBackend) {
        boolean goesOn = run.fate() != Fate.FAILS_ALWAYS;
        Configuration configuration =
                Configuration.fromMap(
                        Map.of(
                                "state.backend.type", stateBackend,
                                "execution.checkpointing.interval", "10 ms",
                                "execution.checkpointing.dir", checkpoints.toUri().toString(),
                                "execution.checkpointing.externalized-checkpoint-retention",
                                        "RETAIN_ON_CANCELLATION",
                                "restart-strategy.type", goesOn ? "fixed-delay" : "none",
                                "restart-strategy.fixed-delay.attempts", "3",
                                "restart-strategy.fixed-delay.delay", "0 ms"));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment
                .fromSource(
                        new DataGeneratorSource<>(
                                Tick::at,
                                ELEMENTS,
                                RateLimiterStrategy.perCheckpoint(ELEMENTS_PER_CHECKPOINT),
                                TICKS),
                        WatermarkStrategy.noWatermarks(),
                        "ticks")
                .uid("ticks")
                .setParallelism(1)
                .keyBy(Tick::symbol)
                .process(function)
                .uid("trendflex")
                .setParallelism(parallelism)
                .map(run)
                .uid("run")
                .setParallelism(parallelism)
                .sinkTo(new DiscardingSink<>())
                .uid("end")
                .setParallelism(parallelism);
        return environment.getStreamGraph().getJobGraph();
    }

    private static int first(Run run) {
        return Collections.min(run.outputs().keySet());
    }

    private static Map<Integer, Set<Long>> from(int index, Map<Integer, Set<Long>> outputs) {
        return new TreeMap<>(outputs).tailMap(index);
    }

    private static Map<Integer, Set<Long>> expected(
            int from, int period, Definition definition, NanPolicy nanPolicy) {
        return Tick.expected(from, ELEMENTS, period, definition, nanPolicy).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, bits -> Set.of(bits.getValue())));
    }
}
