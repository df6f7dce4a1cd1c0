package io.github.trendflex.internal.ffi;

import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandles;

/// Initialises the generated classes under the layouts that `-Djdk.internal.foreign.CABI=WIN_64`
/// gives on any system. It links no function, because a JVM crashes when it is asked for the calls
/// of another processor.
public final class InitialiseBindings {
    private InitialiseBindings() {}

    public static void main(String[] args) throws IllegalAccessException {
        long bytes = Linker.nativeLinker().canonicalLayouts().get("long").byteSize();
        if (bytes != 4) {
            throw new IllegalStateException(
                    "C's long has 4 bytes on Windows, but " + bytes + " here");
        }
        MethodHandles.lookup().ensureInitialized(TrendflexH.class);
    }
}
