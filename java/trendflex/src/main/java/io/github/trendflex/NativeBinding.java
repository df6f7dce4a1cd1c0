package io.github.trendflex;

import io.github.trendflex.internal.ffi.TrendflexH;
import io.github.trendflex.internal.load.LoadFailure;
import io.github.trendflex.internal.load.NativeLibrary;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Has the native library loaded, and tells about it.
final class NativeBinding {
    /// What the bindings call, in the order of the alphabet. Reflection would find it too, but more
    /// slowly.
    static final String[] FUNCTIONS = {
        "trendflex_abi_version",
        "trendflex_bank_info",
        "trendflex_bank_init",
        "trendflex_bank_load",
        "trendflex_bank_load_size",
        "trendflex_bank_reset",
        "trendflex_bank_save",
        "trendflex_bank_save_size",
        "trendflex_bank_size",
        "trendflex_bank_stream",
        "trendflex_bank_update",
        "trendflex_batch_inner_into",
        "trendflex_batch_periods_into",
        "trendflex_batch_rows",
        "trendflex_into",
        "trendflex_kernel_best",
        "trendflex_kernel_supported",
        "trendflex_many_series_into",
        "trendflex_panel_into",
        "trendflex_scan",
        "trendflex_status_message",
        "trendflex_stream_info",
        "trendflex_stream_init",
        "trendflex_stream_load",
        "trendflex_stream_load_size",
        "trendflex_stream_peek",
        "trendflex_stream_save",
        "trendflex_stream_save_size",
        "trendflex_stream_size",
        "trendflex_stream_update",
        "trendflex_stream_update_into",
        "trendflex_version",
    };

    private static volatile boolean loaded;

    private NativeBinding() {}

    /// Loads the library, if that has not happened yet, and makes sure that it is the one that
    /// belongs to this code.
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

    /// The failure as users know it.
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

    /// The functions that the bindings call and the library lacks, as an older one may although its
    /// ABI version is the same: what is added does not change that.
    private static List<String> missingFunctions(SymbolLookup library) {
        List<String> missing = new ArrayList<>();
        for (String function : FUNCTIONS) {
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

    /// The text at an address.
    static String string(MemorySegment address) {
        return address.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
