package io.github.trendflex.flink;

import java.io.Serial;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.jspecify.annotations.Nullable;

/// Collects what comes out of a job in this JVM, and lets something happen to the job at one of its
/// elements.
final class Run implements MapFunction<Tuple2<Tick, Double>, Tuple2<Tick, Double>> {
    @Serial private static final long serialVersionUID = 1;

    enum Fate {
        NONE,
        FAILS_ONCE,
        FAILS_ALWAYS,
        WAITS_ONCE
    }

    /// What the copies of a run, which Flink makes, share with the one in the test.
    private static final Map<String, Shared> RUNS = new ConcurrentHashMap<>();

    private final String name;
    private final Fate fate;
    private final int index;

    Run(String name, Fate fate, int index) {
        this.name = name;
        this.fate = fate;
        this.index = index;
        RUNS.put(name, new Shared());
    }

    @Override
    public Tuple2<Tick, Double> map(Tuple2<Tick, Double> trend) throws InterruptedException {
        Shared shared = shared();
        shared.outputs
                .computeIfAbsent(trend.f0.index(), _ -> ConcurrentHashMap.newKeySet())
                .add(Double.doubleToRawLongBits(trend.f1));
        if (trend.f0.index() >= index) {
            switch (fate) {
                case NONE -> {}
                case FAILS_ONCE -> {
                    if (!shared.happened.getAndSet(true)) {
                        throw new IllegalStateException("injected");
                    }
                }
                case FAILS_ALWAYS -> throw new IllegalStateException("injected");
                case WAITS_ONCE -> {
                    if (!shared.happened.getAndSet(true)) {
                        shared.waits.complete(null);
                        new CountDownLatch(1).await(); // until the task is cancelled
                    }
                }
            }
        }
        return trend;
    }

    Fate fate() {
        return fate;
    }

    /// Returns a future that is done when an element waits.
    CompletableFuture<@Nullable Void> waits() {
        return shared().waits;
    }

    /// Returns the bits of each element's outputs: several if it was computed several times with
    /// different results.
    Map<Integer, Set<Long>> outputs() {
        return new TreeMap<>(shared().outputs);
    }

    private Shared shared() {
        return RUNS.get(name);
    }

    private static final class Shared {
        final Map<Integer, Set<Long>> outputs = new ConcurrentHashMap<>();
        final AtomicBoolean happened = new AtomicBoolean();
        final CompletableFuture<@Nullable Void> waits = new CompletableFuture<>();
    }
}
