package io.github.trendflex;

import java.io.Serial;

/// Says that the native library could not be loaded, does not fit this release, or failed inside.
/// The message says what was looked for, where, and what to do.
public final class TrendFlexLibraryException extends IllegalStateException {
    @Serial private static final long serialVersionUID = 1;

    /// Creates an exception with the given message.
    ///
    /// @param message what was looked for, where, and what to do
    public TrendFlexLibraryException(String message) {
        super(message);
    }

    /// Creates an exception with the given message and cause.
    ///
    /// @param message what was looked for, where, and what to do
    /// @param cause what made it fail
    public TrendFlexLibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}
