package io.github.trendflex.flink;

import io.github.trendflex.TrendFlexStream;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the prices of the keys of a subtask, and counts the keys that begin anew.
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

    /// What follows from a price: its output, and the state of its key.
    static final class Step {
        private final double output;
        private final byte[] state;

        private Step(double output, byte[] state) {
            this.output = output;
            this.state = state;
        }

        double output() {
            return output;
        }

        byte[] state() {
            return state;
        }
    }

    /// Takes the next price of a key. A key without a state begins, and one whose state has other
    /// options begins anew.
    Step take(byte @Nullable [] state, Options options, double price) {
        boolean history = state != null && History.isOne(state);
        TrendFlexStream stream =
                state == null
                        ? null
                        : history ? History.stream(state) : TrendFlexStream.restore(state);
        if (stream != null && !Options.of(stream).equals(options)) {
            restart(Options.of(stream), options);
            stream = null;
        }
        byte[] prices = history ? state : null;
        if (stream == null) {
            stream = options.stream();
            prices = History.isFor(options) ? History.empty(options) : null;
        }
        double output = stream.update(price);
        return new Step(
                output,
                prices != null && History.hasRoom(prices)
                        ? History.with(prices, price)
                        : stream.snapshot());
    }

    private void restart(Options before, Options options) {
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
    }
}
