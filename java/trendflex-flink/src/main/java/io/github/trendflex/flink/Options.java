package io.github.trendflex.flink;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexStream;

/// What a stream is to compute, and what its snapshot says that it computed.
record Options(int period, Definition definition, NanPolicy nanPolicy) {
    /// Refuses what no stream can be. This does not load the native library, which is needed only
    /// where the job runs.
    Options {
        period = TrendFlex.of(period).period();
        if (nanPolicy == NanPolicy.REJECT) {
            throw new TrendFlexException(
                    Refusal.REJECT_IN_STREAM,
                    "nanPolicy = REJECT: a stream cannot look ahead; it can SKIP or PROPAGATE");
        }
    }

    static Options of(TrendFlexStream stream) {
        return new Options(stream.period(), stream.definition(), stream.nanPolicy());
    }

    TrendFlexStream stream() {
        return TrendFlex.of(period).withDefinition(definition).withNanPolicy(nanPolicy).stream();
    }
}
