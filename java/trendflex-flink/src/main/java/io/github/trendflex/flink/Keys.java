package io.github.trendflex.flink;

import io.github.trendflex.TrendFlexStream;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes up the streams of the keys of a subtask, and counts those that begin anew.
final class Keys {
    private static final Logger LOG = LoggerFactory.getLogger(Keys.class);

    private final Counter restarted;
    private final Consumer<String> warning;

    private boolean warned;

    Keys(MetricGroup metrics) {
        this(metrics, LOG::warn);
    }

    Keys(MetricGroup metrics, Consumer<String> warning) {
        this.restarted = metrics.counter("restarted");
        this.warning = warning;
    }

    /// Returns the stream of a snapshot, or one that begins: for a key without a snapshot, and for
    /// one whose snapshot has other options.
    TrendFlexStream stream(byte @Nullable [] snapshot, Options options) {
        if (snapshot == null) {
            return options.stream();
        }
        TrendFlexStream stream = TrendFlexStream.restore(snapshot);
        Options before = Options.of(stream);
        if (before.equals(options)) {
            return stream;
        }
        restarted.inc();
        if (!warned) {
            warned = true;
            warning.accept(
                    """
                    The state of a key has %s, and the job now %s. So this key and all others like \
                    it forget their earlier prices and begin anew; the metric 'restarted' counts \
                    them.\
                    """
                            .formatted(before, options));
        }
        return options.stream();
    }
}
