package io.github.trendflex;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses the engine at the first use of one.
final class EngineChoice {
    private static final String PROPERTY = "trendflex.engine";
    private static final String AUTO = "auto";
    private static final String NATIVE = "native";
    private static final String JAVA = "java";

    // The native engine takes a price sooner. It gets the state as a snapshot and gives one back,
    // which is worth it from about these prices on and those for each bar of the period.
    private static final int LEAST_PRICES = 500;
    private static final int PRICES_FOR_A_BAR = 8;

    /// The longest period whose state goes that way: it takes memory several times over, and beyond
    /// the caches it is never worth it.
    private static final int LONGEST_PERIOD = 100_000;

    /// The prices that Java takes while the native library is loaded.
    private static final int PRICES_FOR_LOADING = 10_000_000;

    private static final Engine NATIVE_ENGINE = new NativeEngine();
    private static final Engine JAVA_ENGINE = new JavaEngine();

    private static volatile @Nullable Engine chosen;

    private EngineChoice() {}

    static Engine current() {
        Engine engine = chosen;
        return engine != null ? engine : choose();
    }

    private static synchronized Engine choose() {
        Engine engine = chosen;
        if (engine == null) {
            engine =
                    switch (demanded()) {
                        case NATIVE -> loadedNative();
                        case JAVA -> JAVA_ENGINE;
                        default -> nativeIfAvailable();
                    };
            chosen = engine;
        }
        return engine;
    }

    private static String demanded() {
        String name = System.getProperty(PROPERTY, AUTO);
        if (!List.of(AUTO, NATIVE, JAVA).contains(name)) {
            throw new TrendFlexLibraryException(
                    "-D%s=%s names no engine: there are %s, %s and %s"
                            .formatted(PROPERTY, name, AUTO, NATIVE, JAVA));
        }
        return name;
    }

    private static Engine loadedNative() {
        NativeBinding.load();
        return NATIVE_ENGINE;
    }

    private static Engine nativeIfAvailable() {
        TrendFlexLibraryException reason = NativeBinding.loadIfAvailable();
        if (reason == null) {
            return NATIVE_ENGINE;
        }
        System.getLogger("io.github.trendflex")
                .log(
                        System.Logger.Level.WARNING,
                        """
                        TrendFlex computes in Java, because its native library cannot be had. The \
                        results are the same; whole series take several times as long, and batches \
                        use one core.
                        %s
                        Either that makes the library available, or -D%s=%s says that Java is \
                        meant: both silence this warning.\
                        """
                                .formatted(reason.getMessage(), PROPERTY, JAVA));
        return JAVA_ENGINE;
    }

    /// Returns the engine that takes so many prices soonest, from a state in Java.
    static Engine forPrices(long prices, int period) {
        boolean isWorthTheWay =
                prices >= LEAST_PRICES + (long) PRICES_FOR_A_BAR * period
                        && period <= LONGEST_PERIOD;
        boolean isReady = chosen != null || prices >= PRICES_FOR_LOADING;
        return isWorthTheWay && isReady ? current() : JAVA_ENGINE;
    }

    /// Returns the bytes of a state in memory of the caller's.
    static long stateSize(int period) {
        requireNative();
        return NativeStream.size(period);
    }

    /// Begins a stream in memory of the caller's, of [#stateSize(int)] bytes.
    static StreamState begin(
            MemorySegment state, int period, Definition definition, NanPolicy nanPolicy) {
        requireNative();
        return NativeStream.begin(state, period, definition, nanPolicy);
    }

    /// Goes on with a stream in memory of the caller's.
    static StreamState open(MemorySegment state) {
        requireNative();
        return NativeStream.open(state);
    }

    private static void requireNative() {
        if (demanded().equals(JAVA)) {
            throw new TrendFlexLibraryException(
                    "-D%s=%s excludes streams in memory of the caller's: they need the native engine"
                            .formatted(PROPERTY, JAVA));
        }
        NativeBinding.load();
    }
}
