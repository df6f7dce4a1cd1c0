package io.github.trendflex;

import io.github.trendflex.internal.ffi.TrendflexH;

/// Knows what a status of the native library means.
final class NativeStatus {
    private NativeStatus() {}

    static void requireOk(int status) {
        if (status == TrendflexH.TRENDFLEX_STATUS_OK()) {
            return;
        }
        if (status == TrendflexH.TRENDFLEX_STATUS_CORRUPT_STATE()) {
            throw Checks.corruptState();
        }
        String message = NativeBinding.string(TrendflexH.trendflex_status_message(status));
        if (status == TrendflexH.TRENDFLEX_STATUS_OUT_OF_MEMORY()) {
            throw new OutOfMemoryError(message);
        }
        throw new TrendFlexLibraryException(
                "The native library failed with status %s (%s): please report this defect"
                        .formatted(status, message));
    }

    static boolean isNoSnapshot(int status) {
        return status == TrendflexH.TRENDFLEX_STATUS_CORRUPT_SNAPSHOT()
                || status == TrendflexH.TRENDFLEX_STATUS_SNAPSHOT_VERSION();
    }
}
