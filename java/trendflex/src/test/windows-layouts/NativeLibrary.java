package io.github.trendflex.internal.load;

import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/// Replaces the library's loader, because its library has the layouts of this system.
public final class NativeLibrary {
    private NativeLibrary() {}

    public static SymbolLookup lookup() {
        return name -> Optional.empty();
    }
}
