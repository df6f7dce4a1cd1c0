package io.github.trendflex.internal.load;

import java.io.Serial;

/// Says that the native library cannot be opened. The message says what was looked for, where, and
/// what to do.
public final class LoadFailure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    LoadFailure(String message) {
        super(message);
    }

    LoadFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
