package io.github.trendflex;

import io.github.trendflex.internal.ffi.TrendflexFunctions;
import io.github.trendflex.internal.ffi.TrendflexH;
import io.github.trendflex.internal.load.LoadFailure;
import io.github.trendflex.internal.load.NativeLibrary;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Loads the native library, and tells about it.
final class NativeBinding {
    private static volatile boolean loaded;

    private NativeBinding() {}

    /// Loads the library unless it is loaded already, and makes sure that it belongs to this code.
    ///
    /// @throws TrendFlexLibraryException if it cannot be loaded, has another ABI version or lacks a
    ///   function
    static void load() {
        if (loaded) {
            return;
        }
        Path path;
        SymbolLookup library;
        try {
            path = NativeLibrary.path();
            library = NativeLibrary.lookup();
        } catch (LoadFailure e) {
            throw asLibraryException(e);
        }
        if (library.find("trendflex_abi_version").isEmpty()) {
            throw new TrendFlexLibraryException(
                    "%s is no TrendFlex library: use the one in the jar of this release"
                            .formatted(path));
        }
        int expected = TrendflexH.TRENDFLEX_ABI_VERSION();
        int found = TrendflexH.trendflex_abi_version();
        if (found != expected) {
            throw new TrendFlexLibraryException(
                    "%s has ABI version %s and not %s: use the one in the jar of this release"
                            .formatted(path, found, expected));
        }
        List<String> missing = missingFunctions(library);
        if (!missing.isEmpty()) {
            throw new TrendFlexLibraryException(
                    "%s lacks %s: use the one in the jar of this release"
                            .formatted(path, String.join(", ", missing)));
        }
        loaded = true;
    }

    /// Loads the library, and returns null; or why it cannot be had here.
    ///
    /// @throws TrendFlexLibraryException if there is one, but not one that can be used
    static @Nullable TrendFlexLibraryException loadIfAvailable() {
        try {
            NativeLibrary.path();
        } catch (LoadFailure e) {
            TrendFlexLibraryException reason = asLibraryException(e);
            if (e.isUnavailable()) {
                return reason;
            }
            throw reason;
        }
        load();
        return null;
    }

    /// Turns the failure into the exception that users know.
    private static TrendFlexLibraryException asLibraryException(LoadFailure failure) {
        String message = String.valueOf(failure.getMessage());
        Throwable cause = failure.getCause();
        TrendFlexLibraryException exception =
                cause == null
                        ? new TrendFlexLibraryException(message)
                        : new TrendFlexLibraryException(message, cause);
        exception.setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            exception.addSuppressed(suppressed);
        }
        return exception;
    }

    /// Returns the functions that the bindings call and the library lacks. An older library of the
    /// same ABI version may lack some, because an addition does not change that version.
    private static List<String> missingFunctions(SymbolLookup library) {
        List<String> missing = new ArrayList<>();
        for (String function : TrendflexFunctions.NAMES) {
            if (library.find(function).isEmpty()) {
                missing.add(function);
            }
        }
        return missing;
    }

    static Path path() {
        load();
        return NativeLibrary.path();
    }

    static String version() {
        load();
        return string(TrendflexH.trendflex_version());
    }

    static int abiVersion() {
        load();
        return TrendflexH.trendflex_abi_version();
    }

    /// Reads the text at an address.
    static String string(MemorySegment address) {
        return address.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
