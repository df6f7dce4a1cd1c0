package io.github.trendflex;

import java.io.Serial;
import java.util.Objects;

/// An argument or the data was refused. The message states the values, [#error()] the reason;
/// nothing has been written.
public final class TrendFlexException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1;

    private final TrendFlexError error;

    /// An exception with the given reason and message.
    public TrendFlexException(TrendFlexError error, String message) {
        super(message);
        this.error = Objects.requireNonNull(error, "error");
    }

    /// {@return the reason}
    public TrendFlexError error() {
        return error;
    }
}
