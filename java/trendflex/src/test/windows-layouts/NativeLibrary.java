package io.github.trendflex.internal.load;

import java.lang.foreign.SymbolLookup;
import java.util.Optional;

/// Takes the place of the library's loader, whose library is for the layouts of this system.
public final class NativeLibrary {
    private NativeLibrary() {}

    public static SymbolLookup lookup() {
        return name -> Optional.empty();
    }
}
