package io.github.trendflex.flink;

import java.time.Duration;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.jspecify.annotations.Nullable;

/// Lets the state of keys expire.
final class Ttl {
    private Ttl() {}

    static Duration check(Duration ttl) {
        if (!ttl.isPositive()) {
            throw new IllegalArgumentException("ttl = %s: it must be above 0".formatted(ttl));
        }
        return ttl;
    }

    static void enable(StateDescriptor<?, ?> descriptor, @Nullable Duration ttl) {
        if (ttl != null) {
            descriptor.enableTimeToLive(StateTtlConfig.newBuilder(ttl).build());
        }
    }
}
