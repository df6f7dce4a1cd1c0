package io.github.trendflex;

import io.github.trendflex.internal.ffi.TrendflexH;
import java.util.function.ToIntFunction;

/// Translates between the options and the ids that the native library has for them.
final class NativeIds {
    private NativeIds() {}

    static int id(Definition definition) {
        return switch (definition) {
            case VECTOR_TA -> TrendflexH.TRENDFLEX_DEFINITION_VECTOR_TA();
            case EHLERS -> TrendflexH.TRENDFLEX_DEFINITION_EHLERS();
        };
    }

    static int id(NanPolicy policy) {
        return switch (policy) {
            case PROPAGATE -> TrendflexH.TRENDFLEX_NAN_POLICY_PROPAGATE();
            case SKIP -> TrendflexH.TRENDFLEX_NAN_POLICY_SKIP();
            case REJECT -> TrendflexH.TRENDFLEX_NAN_POLICY_REJECT();
        };
    }

    static int id(SeriesLayout layout) {
        return switch (layout) {
            case SERIES_MAJOR -> TrendflexH.TRENDFLEX_LAYOUT_SERIES_MAJOR();
            case TIME_MAJOR -> TrendflexH.TRENDFLEX_LAYOUT_TIME_MAJOR();
        };
    }

    static int id(Kernel kernel) {
        return switch (kernel) {
            case AUTO -> TrendflexH.TRENDFLEX_KERNEL_AUTO();
            case SCALAR -> TrendflexH.TRENDFLEX_KERNEL_SCALAR();
            case AVX2 -> TrendflexH.TRENDFLEX_KERNEL_AVX2();
            case AVX512 -> TrendflexH.TRENDFLEX_KERNEL_AVX512();
            case NEON -> TrendflexH.TRENDFLEX_KERNEL_NEON();
        };
    }

    static Definition definition(int id) {
        return constant(Definition.values(), NativeIds::id, id);
    }

    static NanPolicy nanPolicy(int id) {
        return constant(NanPolicy.values(), NativeIds::id, id);
    }

    static Kernel kernel(int id) {
        return constant(Kernel.values(), NativeIds::id, id);
    }

    private static <T> T constant(T[] constants, ToIntFunction<T> id, int wanted) {
        for (T constant : constants) {
            if (id.applyAsInt(constant) == wanted) {
                return constant;
            }
        }
        throw new TrendFlexLibraryException("The native library speaks of an unknown id " + wanted);
    }
}
