package io.github.trendflex.internal.load;

import java.io.Serial;

/// Says that the native library cannot be opened. The message says what was looked for, where, and
/// what to do.
public final class LoadFailure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    /// Says what kind of failure it is.
    enum Kind {
        /// There is no library for this system, no place for it, or no leave to call it.
        UNAVAILABLE,

        /// There is a file that was named, or one in the jar, and it cannot be used.
        WRONG
    }

    private final Kind kind;

    LoadFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    LoadFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// {@return whether the library cannot be had here, which is not the fault of a file}
    public boolean isUnavailable() {
        return kind == Kind.UNAVAILABLE;
    }
}
